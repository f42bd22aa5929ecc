/** What was asked for is still being made: the same request succeeds later, and nothing older may be the answer. */
export class NotReadyError extends Error {
  override readonly name = "NotReadyError";
}
