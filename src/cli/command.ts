import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { CommandError } from "./command-error.ts";

/** The arguments of a command; a Complaint with its usage where they are wrong. */
export const readArguments = <Options extends ParseArgsOptionsConfig>(options: Options, usage: string) => {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
};

/** Runs a command to its end. It fails with 1 where it gives false or complains. */
export const runCommand = async (command: () => Promise<boolean>): Promise<void> => {
  try {
    if (!(await command())) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
};
