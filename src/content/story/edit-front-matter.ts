import { toYamlValue } from "../../lib/yaml-value.ts";
import { isUtf8 } from "../decode.ts";
import type { YamlMapping } from "../yaml/yaml.ts";
import { parseStory } from "./story.ts";

const LINES = /[^\r\n]*(?:\r\n|\r|\n|$)/g;

const MARK = /^\uFEFF?---[ \t]*(?:[\r\n]|$)/;

/** A story's source by lines, each with its end. */
export interface SourceLines {
  /** Of the front matter, with the first line `---`. */
  readonly keys: readonly string[];
  /** From the second line `---` on: empty if there is none. */
  readonly rest: readonly string[];
}

/** Splits a story's source before the line that ends its front matter. */
export const splitSource = (source: Uint8Array): SourceLines => {
  const text = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(source);
  const lines = Array.from(text.matchAll(LINES), ([line]) => line).filter((line) => line !== "");
  const end = lines.findIndex((line, index) => index > 0 && MARK.test(line));
  return end === -1 ? { keys: lines, rest: [] } : { keys: lines.slice(0, end), rest: lines.slice(end) };
};

/** The text below the front matter, of the lines that `splitSource` gives as `rest`: without the line feeds around it. */
export const textBelow = (rest: readonly string[]): string =>
  rest
    .slice(1)
    .join("")
    .replace(/^\r?\n/, "")
    .replace(/\r?\n$/, "");

/** The lines of front matter with these keys, one each. */
export const writeFrontMatter = (keys: Readonly<Record<string, unknown>>): string =>
  Object.entries(keys)
    .map(([key, value]) => `${toYamlValue(key)}: ${toYamlValue(value)}\n`)
    .join("");

const isSame = (a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean =>
  new Set([...Object.keys(a), ...Object.keys(b)])
    .values()
    .every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));

const pointsOf = (yaml: YamlMapping, key: string) => {
  const [name, value] = [yaml.placeOfKey([key]), yaml.placeOf([key])];
  return "start" in name && "start" in value ? { name, value } : undefined;
};

/** Replaces or deletes the lines of a key; undefined as the new value deletes it. */
const editKey = (lines: readonly string[], yaml: YamlMapping, key: string, value: unknown): readonly string[] => {
  const points = pointsOf(yaml, key);
  if (points === undefined) return lines;
  const { start, end } = points.value;
  const from = points.name.start.line - 1;
  const to = end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
  const hasValue = start.column !== points.name.start.column || start.line !== points.name.start.line;
  if (value !== undefined && hasValue && from === to - 1) {
    // What else stands in the line, such as a comment, stays.
    const line = lines[from] ?? "";
    const edited = line.slice(0, start.column - 1) + toYamlValue(value) + line.slice(end.column - 1);
    return lines.with(from, edited);
  }
  // Deleted lines stay as empty ones, so that the places of the other keys stay true.
  const replaced = value === undefined ? "" : writeFrontMatter({ [key]: value });
  return [...lines.slice(0, from), replaced, ...lines.slice(from + 1, to).map(() => ""), ...lines.slice(to)];
};

/**
 * Changes keys in the front matter of a story's source; a value that is undefined deletes its key. New keys are added at the end. All
 * other lines stay as they are, unless the front matter can't be edited line by line, such as `{ … }`: then it is written anew, one
 * key a line. Front matter that can't be read is not changed, nor a source that is not UTF-8: its bytes would be lost. `path` is the
 * story's path below content/.
 */
export const editFrontMatter = (
  path: string,
  source: Uint8Array,
  changes: Readonly<Record<string, unknown>>,
): Uint8Array => {
  const { yaml } = parseStory(path, source);
  if (yaml === undefined || !isUtf8(source)) return source;
  const { keys, rest } = splitSource(source);
  const all = { ...yaml.data, ...changes };
  const after = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  const isThere = (key: string): boolean => Object.hasOwn(yaml.data, key);
  const lines = Object.entries(changes)
    .filter(([key]) => isThere(key))
    .reduce((edited, [key, value]) => editKey(edited, yaml, key, value), keys);
  const added = Object.fromEntries(Object.entries(after).filter(([key]) => !isThere(key)));
  const edited = new TextEncoder().encode([...lines, writeFrontMatter(added), ...rest].join(""));
  const result = parseStory(path, edited).yaml;
  if (result !== undefined && isSame(result.data, after)) return edited;
  return new TextEncoder().encode(["---\n", writeFrontMatter(after), ...rest].join(""));
};
