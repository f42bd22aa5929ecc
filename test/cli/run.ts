import { type Command, CommandError } from "../../src/cli/command.ts";

/** Whether a command succeeds. As for its caller, the message of a CommandError is printed. */
export const run = async (command: Command, args: readonly string[]): Promise<boolean> => {
  try {
    return await command(args);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(error.message);
    return false;
  }
};
