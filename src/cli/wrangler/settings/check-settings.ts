import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Channel } from "../../../model/channel.ts";
import { CommandError } from "../../command.ts";
import { PACKAGE_FOLDER } from "../../files/package-folder.ts";
import { readIfPresent } from "../../files/read-if-present.ts";
import { wranglerText } from "../../init/worker-files.ts";
import { compareSettings, type Gap, NEWSROOM } from "./compare-settings.ts";
import { parseSettings, type Settings, tableAt, textAt } from "./parse-settings.ts";

const FILE = "wrangler.toml";

/** What wrangler reads in place of wrangler.toml if it is there. */
const OTHER_FILES = ["wrangler.json", "wrangler.jsonc"];

/** The channel of a publication, as far as it decides which bindings are of use; undefined if site.yaml has an error. */
type Hubs = Pick<Channel, "hubs" | "url"> | undefined;

const parseFile = (text: string): Settings => {
  const parsed = parseSettings(text);
  if ("settings" in parsed) return parsed.settings;
  const { line, column, reason } = parsed.fault;
  throw new CommandError(`${FILE}:${line}:${column} ${reason}. Mend it first.`);
};

/** The wrangler.toml that `feedwright init` of this version would write for a worker of this name. */
const readWanted = async (name: string): Promise<Settings> => {
  const own = await readFile(join(PACKAGE_FOLDER, FILE), "utf8");
  return parseFile(wranglerText(own, name, true));
};

const readModules = async (names: readonly (string | undefined)[]): Promise<ReadonlyMap<string, string>> => {
  const modules = new Map<string, string>();
  for (const name of names) {
    const text = name !== undefined && existsSync(name) ? await readIfPresent(name) : undefined;
    if (name !== undefined && text !== undefined) modules.set(name, text);
  }
  return modules;
};

const formatGap = ({ sentence, edits }: Gap): string =>
  [sentence, ...edits.flatMap(({ where, lines }) => [where, lines])].join("\n");

const formatGaps = (gaps: readonly Gap[]): string => gaps.map(formatGap).join("\n\n");

/** Prints what is missing. Throws CommandError if a worker can't work without it. */
const report = (gaps: readonly Gap[]): void => {
  const isRequired = gaps.some((gap) => gap.isRequired);
  const others = gaps.filter((gap) => !gap.isRequired);
  if (others.length > 0) console.error(formatGaps(others));
  if (isRequired) throw new CommandError(formatGaps(gaps.filter((gap) => gap.isRequired)));
};

/** Compares this folder's settings; `environments` chooses some of those that they have. */
const compareFolder = async (
  text: string,
  channel: Hubs,
  environments: (settings: Settings) => readonly (typeof NEWSROOM | undefined)[],
): Promise<void> => {
  const settings = parseFile(text);
  const wanted = await readWanted(textAt(settings, "name") ?? basename(process.cwd()));
  const modules = await readModules([textAt(settings, "main"), textAt(settings, `env.${NEWSROOM}.main`)]);
  report(compareSettings({ text, settings, wanted, modules }, environments(settings), channel));
};

/** Says so if wrangler reads another file, which is not compared. */
const isOtherFile = (): boolean => {
  const other = OTHER_FILES.find((name) => existsSync(name));
  if (other !== undefined)
    console.error(
      `${other} is not compared with this version of Feedwright, which reads ${FILE} only. Compare it yourself: ${join(PACKAGE_FOLDER, FILE)}`,
    );
  return other !== undefined;
};

const hasNewsroom = (settings: Settings): boolean => tableAt(settings, `env.${NEWSROOM}`) !== undefined;

const readText = async (): Promise<string> => {
  const text = await readIfPresent(FILE);
  if (text !== undefined) return text;
  throw new CommandError(`There is no ${FILE} here. \`feedwright init\` makes a folder that has one.`);
};

/** The settings of this folder. Throws CommandError if it has no wrangler.toml, if wrangler reads another file, or it has an error. */
export const readSettings = async (): Promise<Settings> => {
  const other = OTHER_FILES.find((name) => existsSync(name));
  if (other !== undefined) throw new CommandError(`Drafts are shown by ${FILE} only, and here is ${other}.`);
  return parseFile(await readText());
};

/**
 * Compares the wrangler.toml of this folder with that of this version of Feedwright, before the worker of an environment runs;
 * undefined is the top level. Prints to standard error what the worker does not do for want of a setting, with the lines to add.
 * Throws CommandError if there is no wrangler.toml, if it can't be read, or if the worker can't work with it.
 */
export const checkSettings = async (channel: Hubs, environment?: typeof NEWSROOM): Promise<void> => {
  if (isOtherFile()) return;
  await compareFolder(await readText(), channel, (settings) => {
    if (environment !== undefined && !hasNewsroom(settings))
      throw new CommandError(
        `${FILE} has no [env.${NEWSROOM}]. \`feedwright init\` with --newsroom makes a folder that has one: copy it from there.`,
      );
    return [environment];
  });
};

/** The same for all environments of this folder that Feedwright knows. Says nothing if there is no wrangler.toml. */
export const checkAllSettings = async (channel: Hubs): Promise<void> => {
  if (isOtherFile()) return;
  const text = await readIfPresent(FILE);
  if (text === undefined) return;
  await compareFolder(text, channel, (settings) => (hasNewsroom(settings) ? [undefined, NEWSROOM] : [undefined]));
};
