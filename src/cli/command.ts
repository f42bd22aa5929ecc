import { type ParseArgsConfig, parseArgs } from "node:util";
import { quote } from "../content/messages/messages.ts";
import { suggest } from "../content/messages/suggest.ts";
import { errorCode } from "./files/error-code.ts";

/**
 * A command. Takes the words that follow its name on the command line, prints for people, and resolves to whether it
 * succeeded. Throws CommandError, whose message its caller prints, if it can't begin or go on.
 */
export type Command = (args: readonly string[]) => Promise<boolean>;

/** A mistake of whoever runs a command, or a fault of the system that they can do something about: printed without a stack trace. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** Says that a command has no such option, and which one may be meant. `option` has its hyphens, `names` have none. */
export const describeUnknownOption = (option: string, names: readonly string[]): string => {
  const options = names.map((name) => `--${name}`);
  return `There is no option ${quote(option)}.${suggest(option, options)}`;
};

/** What is wrong in arguments, in one line: parseArgs goes on about positional arguments, where an option is misspelt. */
const faultOf = (error: unknown, { options = {} }: ParseArgsConfig): string => {
  const message = error instanceof Error ? error.message : String(error);
  const [, name] = (errorCode(error) === "ERR_PARSE_ARGS_UNKNOWN_OPTION" && /'(-[^']*)'/.exec(message)) || [];
  if (name === undefined) return message.split("\n", 1).join();
  return describeUnknownOption(name, Object.keys(options));
};

/** Parses the arguments of a command. Throws CommandError with its usage if they are wrong. */
export const readArguments = <Config extends ParseArgsConfig>(config: Config, usage: string) => {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new CommandError(`${faultOf(error, config)}\n${usage}`);
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

/** Whether the system refused something: a file that can't be read or written, a full disk. */
const isOfSystem = (error: unknown): error is Error =>
  error instanceof Error && "syscall" in error && errorCode(error) !== undefined;

/**
 * Runs a command with the arguments of this process, whose exit code becomes 1 if the command fails. What is no mistake of whoever runs
 * it, and no fault of the system, is thrown.
 */
export const runCommand = async (command: Command): Promise<void> => {
  try {
    if (!(await command(process.argv.slice(2)))) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof CommandError || isOfSystem(error))) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
};
