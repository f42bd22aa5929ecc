import { type ParseArgsConfig, parseArgs } from "node:util";

/**
 * A command. Takes the words that follow its name on the command line, prints for people, and resolves to whether it
 * succeeded. Throws CommandError, whose message its caller prints, if it can't begin or go on.
 */
export type Command = (args: readonly string[]) => Promise<boolean>;

/** A mistake of whoever runs a command, or a fault of the system that they can do something about: printed without a stack trace. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** Parses the arguments of a command. Throws CommandError with its usage if they are wrong. */
export const readArguments = <Config extends ParseArgsConfig>(config: Config, usage: string) => {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
};

/** A command that says how it is used if one of its arguments is `--help`, or the first is `-h`, and does nothing else then. */
export const defineCommand =
  (usage: string, command: Command): Command =>
  async (args) => {
    if (!args.includes("--help") && args[0] !== "-h") return command(args);
    console.log(usage);
    return true;
  };

/** Runs a command with the arguments of this process, whose exit code becomes 1 if the command fails. */
export const runCommand = async (command: Command): Promise<void> => {
  try {
    if (!(await command(process.argv.slice(2)))) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
};
