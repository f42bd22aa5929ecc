/** What a source has given can't be published: the message says why, and what to do. */
export class SourceError extends Error {
  override readonly name = "SourceError";
}
