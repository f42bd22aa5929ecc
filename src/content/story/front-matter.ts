import type { VFile } from "vfile";
import { location } from "vfile-location";
import { reportError } from "../messages/messages.ts";
import { parseYamlMapping, type YamlMapping } from "../yaml/yaml.ts";

/** Characters: front matter longer than this is text whose closing line is missing. */
const MAX_FRONT_MATTER_LENGTH = 65_536;

/** A story's file, split. */
export interface FrontMatter {
  /** Absent if the front matter is missing or can't be parsed. */
  readonly yaml: YamlMapping | undefined;
  /** What stands between the lines, or probably should. */
  readonly text: string;
  /** The file with the front matter blanked, so that lines, columns and offsets of the Markdown stay true. */
  readonly markdown: string;
}

const OPENING_LINE = /^---[ \t]*(?:\n|$)/;
// Not ^ and $ with the m flag: to those, U+2028 ends a line too, and YAML lets it stand in a text.
const CLOSING_LINE = /(?<![^\n])---[ \t]*(?![^\n])/;
/** Front matter of other kinds, by how the file begins. */
const OTHER_KINDS: readonly (readonly [start: RegExp, name: string])[] = [
  [/^\+\+\+/, "TOML"],
  [/^(?:;;;|\{\s*"|---json)/, "JSON"],
  [/^---toml/, "TOML"],
];

const BLANK_LINE = /(?<![^\n])[ \t]*(?![^\n])/;

/** Whether front matter says that its file is a draft; if it can't be parsed, by the line that would say so. */
export const saysDraft = ({ yaml, text }: FrontMatter): boolean =>
  yaml === undefined ? /^draft[ \t]*:[ \t]*true[ \t]*(?:#.*)?$/im.test(text) : yaml.data.draft === true;

/** The text with everything before `end` replaced by spaces; line feeds stay. */
const blankBefore = (source: string, end: number): string =>
  source.slice(0, end).replace(/[^\n]/g, " ") + source.slice(end);

/** Where front matter without an end was meant to end is unknown; the first blank line is the best guess. */
const firstPart = (text: string): string => text.slice(0, BLANK_LINE.exec(text)?.index);

/** Splits a file at its `---` lines and parses what is between them. Reports a missing line, and every error of YAML. */
export const parseFrontMatter = (file: VFile): FrontMatter => {
  const source = String(file);
  const opening = OPENING_LINE.exec(source)?.[0];
  if (opening === undefined) {
    const isLate = OPENING_LINE.test(source.trimStart());
    const kind = OTHER_KINDS.find(([start]) => start.test(source.trimStart()))?.[1];
    const reason = isLate
      ? "The front matter must begin in the first line. Delete what stands before the line `---`."
      : kind === undefined
        ? "There is no front matter. Begin the file with a line `---`, the keys, and another `---`."
        : `This front matter is ${kind}. Write its keys as YAML, between a line \`---\` and another.`;
    reportError(file, "front-matter", reason);
    return { yaml: undefined, text: isLate ? firstPart(source.trimStart()) : "", markdown: isLate ? "" : source };
  }
  const rest = source.slice(opening.length);
  const closing = CLOSING_LINE.exec(rest);
  if (closing === null) {
    reportError(file, "front-matter", "The front matter has no end. Put a line `---` behind its last key.");
    const text = firstPart(rest);
    return { yaml: undefined, text, markdown: blankBefore(source, opening.length + text.length) };
  }
  const text = rest.slice(0, closing.index);
  const markdown = blankBefore(source, opening.length + closing.index + closing[0].length);
  if (closing.index > MAX_FRONT_MATTER_LENGTH) {
    const reason = `The front matter has ${closing.index} characters; ${MAX_FRONT_MATTER_LENGTH} are the most. Is its end, the line \`---\`, missing?`;
    reportError(file, "too-large", reason, location(file).toPoint(opening.length + closing.index));
    return { yaml: undefined, text, markdown };
  }
  return { yaml: parseYamlMapping(file, text, opening.length), text, markdown };
};
