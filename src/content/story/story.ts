import { is } from "valibot";
import type { VFile } from "vfile";
import { decode } from "../decode.ts";
import { hasErrors, quote, reportError } from "../messages/messages.ts";
import { type StoryData, storySchema } from "../schema/story-schema.ts";
import { validateMapping } from "../schema/validate.ts";
import { key } from "../schema/values.ts";
import type { YamlMapping } from "../yaml/yaml.ts";
import { parseFrontMatter } from "./front-matter.ts";
import { reportJoinedLines } from "./joined-lines.ts";

/** A story's file, parsed and checked as far as that is possible without knowing other files. */
export interface ParsedStory {
  /** Carries the messages. */
  readonly file: VFile;
  /** Below content/. */
  readonly path: string;
  /** Last part of the story's address: the key `slug`, otherwise taken from the file's name. */
  readonly slug: string;
  /** Absent if the front matter can't be parsed at all. */
  readonly yaml?: YamlMapping;
  /** The keys of the front matter that are valid. */
  readonly data: Partial<StoryData>;
  /** All keys of the front matter; absent if one is missing, unknown or invalid. */
  readonly completeData?: StoryData;
  /** The file with its front matter blanked, so that places stay true; empty if it could not be decoded. */
  readonly markdown: string;
}

/** The slug that a file's name gives: `world/embassy.md` is `embassy`. */
const slugFromPath = (path: string): string => path.replace(/^.*\//s, "").replace(/\.md$/i, "").normalize("NFC");

const reportFileName = (file: VFile, slug: string): void => {
  if (is(key, slug)) return;
  const what = slug === "" ? "no slug" : `the slug ${quote(slug)}, which can't stand in a URL`;
  reportError(file, "slug", `The file name gives ${what}. Rename it with letters, digits and -, or add \`slug\`.`);
};

/**
 * Parses a story's file: decodes it, splits off the front matter and checks its keys and values.
 * `path` is below content/; `source` is the file's bytes, or text that is known to be Unicode.
 */
export const parseStory = (path: string, source: Uint8Array | string): ParsedStory => {
  const file = decode(path, source);
  const fileSlug = slugFromPath(path);
  if (hasErrors(file) && String(file) === "") return { file, path, slug: fileSlug, data: {}, markdown: "" };
  const { yaml, markdown } = parseFrontMatter(file);
  if (yaml === undefined) return { file, path, slug: fileSlug, data: {}, markdown };
  const { partial, complete } = validateMapping(file, yaml, storySchema);
  const data: Partial<StoryData> = partial;
  reportJoinedLines(file, yaml);
  // A slug that is stated but invalid says nothing about the file's name.
  if (!Object.hasOwn(yaml.data, "slug")) reportFileName(file, fileSlug);
  return {
    ...{ file, path, slug: data.slug ?? fileSlug, yaml, data, markdown },
    ...(complete && { completeData: complete }),
  };
};
