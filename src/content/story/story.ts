import { is } from "valibot";
import type { VFile } from "vfile";
import { decode } from "../decode.ts";
import { hasErrors, quote, reportError, reportWarning } from "../messages/messages.ts";
import { idProblems } from "../schema/id-syntax.ts";
import { draftSchema, type StoryData, storySchema } from "../schema/story-schema.ts";
import { validateMapping } from "../schema/validate.ts";
import { key } from "../schema/values.ts";
import type { YamlMapping } from "../yaml/yaml.ts";
import { parseFrontMatter, saysDraft } from "./front-matter.ts";
import { reportJoinedLines } from "./joined-lines.ts";

/** A story's file, parsed and checked as far as that is possible without knowing other files. */
export interface ParsedStory {
  /** Carries the messages. */
  readonly file: VFile;
  /** Below content/. */
  readonly path: string;
  /** Last part of the story's address: the key `slug`, otherwise taken from the file's name. */
  readonly slug: string;
  /** Whether its front matter says so, as far as that can be read. */
  readonly isDraft: boolean;
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

/** An address that ends so is that of a story as Markdown. */
const isMarkdownPath = (slug: string): boolean => /\.md$/i.test(slug);

const ENDS_IN_MD = "which ends as the address of a story as Markdown does";

const reportFileName = (file: VFile, slug: string): void => {
  if (is(key, slug) && !isMarkdownPath(slug)) return;
  const why = is(key, slug) ? ENDS_IN_MD : "which can't stand in a URL";
  const what = slug === "" ? "no slug" : `the slug ${quote(slug)}, ${why}`;
  reportError(file, "slug", `The file name gives ${what}. Rename it with letters, digits and -, or add \`slug\`.`);
};

/** What a story's front matter must have. The advice on a missing date names the command that writes it. */
const schemaOf = (path: string): typeof storySchema => {
  const { hints } = storySchema;
  const command = quote(`npm run release -- content/${path}`);
  return { ...storySchema, hints: { ...hints, published: `${hints.published} ${command} writes it.` } };
};

/**
 * Parses a story's file: decodes it, splits off the front matter and checks its keys and values.
 * `path` is below content/; `source` is the file's bytes, or text that is known to be Unicode.
 */
export const parseStory = (path: string, source: Uint8Array | string): ParsedStory => {
  const file = decode(path, source);
  const fileSlug = slugFromPath(path);
  const unreadable = { file, path, slug: fileSlug, data: {} };
  if (hasErrors(file) && String(file) === "") return { ...unreadable, isDraft: false, markdown: "" };
  const frontMatter = parseFrontMatter(file);
  const { yaml, markdown } = frontMatter;
  const isDraft = saysDraft(frontMatter);
  if (yaml === undefined) return { ...unreadable, isDraft, markdown };
  const { partial, complete } = isDraft
    ? validateMapping(file, yaml, draftSchema)
    : validateMapping(file, yaml, schemaOf(path));
  const data: Partial<StoryData> = partial;
  reportJoinedLines(file, yaml);
  for (const problem of idProblems(data.id ?? "")) reportWarning(file, "id", problem, yaml.placeOf(["id"]));
  // A slug that is stated but invalid says nothing about the file's name.
  if (!Object.hasOwn(yaml.data, "slug")) reportFileName(file, fileSlug);
  else if (data.slug !== undefined && isMarkdownPath(data.slug)) {
    reportError(file, "slug", `\`slug\` is ${quote(data.slug)}, ${ENDS_IN_MD}. Write another.`, yaml.placeOf(["slug"]));
  }
  return {
    ...{ file, path, slug: data.slug ?? fileSlug, isDraft, yaml, data, markdown },
    ...(complete && { completeData: complete }),
  };
};
