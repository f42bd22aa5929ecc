/** What is stored was written by a newer version of the worker: this one must not go on with it. */
export class NewerDataError extends Error {
  override readonly name = "NewerDataError";
}
