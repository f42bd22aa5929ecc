import { is } from "valibot";
import type { VFile } from "vfile";
import { decode } from "../decode.ts";
import { hasErrors, reportError } from "../messages/messages.ts";
import { quote } from "../messages/quote.ts";
import { key } from "../schema/shapes.ts";
import { type StoryData, storyShape } from "../schema/story-schema.ts";
import { validate } from "../schema/validate.ts";
import type { Yaml } from "../yaml/yaml.ts";
import { parseFrontMatter } from "./front-matter.ts";

/** A story's file, read as far as that goes without knowing of other files. */
export interface ParsedStory {
  /** Carries the messages. */
  readonly file: VFile;
  /** Below content/. */
  readonly path: string;
  /** Last part of its address; from the file's name unless front matter states another. */
  readonly slug: string;
  /** Absent where the front matter can't be read at all. */
  readonly yaml?: Yaml;
  /** The keys of the front matter that are as they should be. */
  readonly data: Partial<StoryData>;
  /** All of them, if none is missing or wrong. */
  readonly whole?: StoryData;
  /** The file with its front matter blanked; empty where it could not be decoded. */
  readonly body: string;
}

/** The slug that a file's name gives: `world/embassy.md` is `embassy`. */
const slugOfPath = (path: string): string => path.replace(/^.*\//s, "").replace(/\.md$/i, "").normalize("NFC");

const reportFileName = (file: VFile, slug: string): void => {
  if (is(key, slug)) return;
  const what = slug === "" ? "no slug" : `the slug ${quote(slug)}, which can't stand in a URL`;
  reportError(file, "slug", `The file name gives ${what}. Rename it with letters, digits and -, or add \`slug\`.`);
};

/** Reads a story's file: decodes it, splits it and checks its front matter by itself. */
export const parseStory = (path: string, source: Uint8Array | string): ParsedStory => {
  const file = decode(path, source);
  const fromName = slugOfPath(path);
  if (hasErrors(file) && String(file) === "") return { file, path, slug: fromName, data: {}, body: "" };
  const { yaml, body } = parseFrontMatter(file);
  const { part, whole } = yaml ? validate(file, yaml, storyShape) : { part: {}, whole: undefined };
  const data: Partial<StoryData> = part;
  // A slug that is stated but wrong, or front matter that can't be read, says nothing about the file's name.
  const isFromName = yaml !== undefined && !Object.hasOwn(yaml.data, "slug");
  if (isFromName) reportFileName(file, fromName);
  return { file, path, slug: data.slug ?? fromName, ...(yaml && { yaml }), data, ...(whole && { whole }), body };
};
