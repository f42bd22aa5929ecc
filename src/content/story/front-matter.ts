import type { VFile } from "vfile";
import { location } from "vfile-location";
import { reportError } from "../messages/messages.ts";
import { readYaml, type Yaml } from "../yaml/yaml.ts";

/** Characters: a front matter this long is a text whose end line is missing. */
const MAX_FRONT_MATTER_LENGTH = 65_536;

/** A story's file taken apart. */
export interface FrontMatter {
  readonly yaml: Yaml | undefined;
  /** The file with the front matter blanked, so that lines, columns and offsets of the body stay true. */
  readonly body: string;
}

const OPENING = /^---[ \t]*(?:\n|$)/;
// Not ^ and $ with the m flag: to those, U+2028 ends a line too, and YAML lets it stand in a text.
const CLOSING = /(?<![^\n])---[ \t]*(?![^\n])/;
const BLANK_LINE = /(?<![^\n])[ \t]*(?![^\n])/;

const blank = (text: string): string => text.replace(/[^\n]/g, " ");

/** The text with everything before `end` blanked. */
const bodyFrom = (source: string, end: number): string => blank(source.slice(0, end)) + source.slice(end);

/** Splits a file at its `---` lines. Notes a missing beginning or end, and every mistake of YAML. */
export const parseFrontMatter = (file: VFile): FrontMatter => {
  const source = String(file);
  const opening = OPENING.exec(source)?.[0];
  if (opening === undefined) {
    const isLate = OPENING.test(source.trimStart());
    const reason = isLate
      ? "The front matter must begin in the first line. Delete what stands before the line `---`."
      : "There is no front matter. Begin the file with a line `---`, the keys, and another `---`.";
    reportError(file, "front-matter", reason);
    return { yaml: undefined, body: isLate ? "" : source };
  }
  const rest = source.slice(opening.length);
  const closing = CLOSING.exec(rest);
  if (closing === null) {
    reportError(file, "front-matter", "The front matter has no end. Put a line `---` behind its last key.");
    // Where it was meant to end is unknown; the first blank line is the best guess.
    const guess = BLANK_LINE.exec(rest)?.index ?? rest.length;
    return { yaml: undefined, body: bodyFrom(source, opening.length + guess) };
  }
  const body = bodyFrom(source, opening.length + closing.index + closing[0].length);
  if (closing.index > MAX_FRONT_MATTER_LENGTH) {
    const reason = `The front matter has ${closing.index} characters; ${MAX_FRONT_MATTER_LENGTH} are the most. Is its end, the line \`---\`, missing?`;
    reportError(file, "too-large", reason, location(file).toPoint(opening.length + closing.index));
    return { yaml: undefined, body };
  }
  return { yaml: readYaml(file, rest.slice(0, closing.index), opening.length), body };
};
