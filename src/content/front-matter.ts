import type { VFile } from "vfile";
import { problem } from "./report.ts";
import { readYaml, type Yaml } from "./yaml.ts";

/** A story's file taken apart. */
export interface FrontMatter {
  readonly yaml: Yaml | undefined;
  /** The file with the front matter blanked, so that lines and columns of the body stay true. */
  readonly body: string;
}

const OPENING = /^---[ \t]*\n/;
const CLOSING = /^---[ \t]*$/m;

/** Splits a file at its `---` lines. Notes a missing beginning or end, and every mistake of YAML. */
export const readFrontMatter = (file: VFile): FrontMatter => {
  const source = String(file);
  const opening = OPENING.exec(source)?.[0];
  if (opening === undefined) {
    problem(
      file,
      "front-matter",
      "There is no front matter. Begin the file with a line `---`, the keys, and another `---`.",
    );
    return { yaml: undefined, body: "" };
  }
  const rest = source.slice(opening.length);
  const closing = CLOSING.exec(rest);
  if (closing === null) {
    problem(file, "front-matter", "The front matter has no end. Put a line `---` behind its last key.");
    return { yaml: undefined, body: "" };
  }
  const text = rest.slice(0, closing.index);
  const end = opening.length + closing.index + closing[0].length;
  const body = source.slice(0, end).replace(/[^\n]/g, "") + source.slice(end);
  return { yaml: readYaml(file, text, opening.length), body };
};
