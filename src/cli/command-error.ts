/** A mistake of whoever runs a command: told as it is, without a stack. */
export class CommandError extends Error {
  override readonly name = "Complaint";
}
