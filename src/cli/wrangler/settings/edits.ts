import { isRecord } from "../../../lib/is-record.ts";
import { parseSettings, type Settings } from "./parse-settings.ts";

/** Lines for a file of a publication's folder, and where they belong. */
export interface Edit {
  /** Such as `Add at the end of wrangler.toml:`. */
  readonly where: string;
  readonly lines: string;
}

/** A part of a wrangler.toml: its top level, whose path is empty, or `env.newsroom`. */
export interface Section {
  readonly path: string;
  readonly settings: Settings;
}

const AT_END = "Add at the end of wrangler.toml:";

const pathIn = ({ path }: Section, key: string): string => (path === "" ? key : `${path}.${key}`);

const inlineToml = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(inlineToml).join(", ")}]`;
  return isRecord(value)
    ? `{ ${Object.entries(value)
        .map(([key, one]) => `${key} = ${inlineToml(one)}`)
        .join(", ")} }`
    : JSON.stringify(value);
};

const keyLines = (values: Settings): string =>
  Object.entries(values)
    .map(([key, value]) => `${key} = ${inlineToml(value)}`)
    .join("\n");

/** TOML has a list either in brackets, which nothing after it can add to, or as tables with headers, to which it can. */
const canFollow = (text: string, block: string): boolean => "settings" in parseSettings(`${text}\n${block}\n`);

/** Adds an entry to the list at a path such as `queues.producers`. `comment` stands above it. `text` is the whole wrangler.toml. */
export const addToList = (text: string, section: Section, key: string, entry: Settings, comment = ""): Edit => {
  const path = pathIn(section, key);
  const block = `${comment}[[${path}]]\n${keyLines(entry)}`;
  if (canFollow(text, block)) return { where: AT_END, lines: block };
  const [name = "", ...above] = path.split(".").reverse();
  const place = above.length === 0 ? "at the top of wrangler.toml" : `under [${above.reverse().join(".")}]`;
  return { where: `Add to the end of the list \`${name}\` ${place}:`, lines: `${comment}${inlineToml(entry)},` };
};

/** Sets keys of the table at a path such as `assets`. */
export const setInTable = (text: string, section: Section, key: string, values: Settings): Edit => {
  const path = pathIn(section, key);
  const block = `[${path}]\n${keyLines(values)}`;
  return canFollow(text, block)
    ? { where: AT_END, lines: block }
    : { where: `Set in \`${path}\` of wrangler.toml:`, lines: keyLines(values) };
};

/** Sets keys that belong to no table, but directly to the section. */
export const setKeys = ({ path }: Section, values: Settings): Edit => ({
  where: path === "" ? "Set at the top of wrangler.toml:" : `Set under [${path}] in wrangler.toml:`,
  lines: keyLines(values),
});

/** Joins the edits of one place. */
export const joinEdits = (edits: readonly Edit[]): readonly Edit[] => {
  const byPlace = new Map<string, string[]>();
  for (const { where, lines } of edits) byPlace.set(where, [...(byPlace.get(where) ?? []), lines]);
  return Array.from(byPlace, ([where, lines]) => ({ where, lines: lines.join(where === AT_END ? "\n\n" : "\n") }));
};
