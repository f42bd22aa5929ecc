import type { VFile } from "vfile";
import { compile } from "../../content/compile.ts";
import type { CompileContext, SiteContext } from "../../content/compile-context.ts";
import { decodePercentEncoding, resolveContentPath } from "../../content/references/content-path.ts";
import { PLACEHOLDER_ORIGIN } from "../../model/address.ts";
import type { Item } from "../../model/item.ts";
import type { MediaFile } from "../../model/media.ts";
import type { Newsroom } from "../newsroom.ts";

/** A message of the compiler about a story, as the API serves it. `npm run check` prints the same. */
export interface StoryMessage {
  /** Path of the story's file, such as `content/world/embassy.md`. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  readonly severity: "error" | "warning";
  readonly rule: string;
  readonly reason: string;
}

/** A story and what the compiler says of it. `item` is absent if a message is an error. */
export interface CompiledStory {
  readonly item?: Item;
  readonly messages: readonly StoryMessage[];
}

/** How many different references of a story are looked up. */
const MAX_REFERENCES = 2000;

/** How many places in a text are considered: more than any story has, and found quickly. */
const MAX_MATCHES = 20_000;

const MAX_REFERENCE_LENGTH = 300;

/**
 * Everything in a story's text that may be a reference ending in `.md`. It is found from its end, backwards: searching
 * from every possible beginning would take quadratic time.
 */
const storyReferences = (text: string): readonly string[] =>
  text
    .matchAll(/\.md(?![\p{L}\p{N}])/giu)
    .take(MAX_MATCHES)
    .map(({ index }) => {
      const before = text.slice(Math.max(0, index - MAX_REFERENCE_LENGTH), index);
      return `${before.replace(/^.*[\s"'()<>[\]|]/s, "")}.md`;
    })
    .toArray();

// A name may contain spaces: in front matter and in HTML it ends with its line or a quotation mark.
const MEDIA_REFERENCE = /media\/[^\n"'()<>[\]|{},]{1,300}/gu;

/** Everything in a story's text that may be a reference to a media file. */
const mediaReferences = (text: string): readonly string[] =>
  text
    .matchAll(MEDIA_REFERENCE)
    .take(MAX_MATCHES)
    .map(([reference]) => reference)
    .toArray();

/**
 * The paths below content/ that references in the file `from` may mean, in every spelling: rather too many than too
 * few.
 */
const pathsOf = (references: Iterable<string>, from: string): readonly string[] => {
  const paths = new Set<string>();
  for (const reference of [...new Set(references)].slice(0, MAX_REFERENCES)) {
    for (const spelling of [
      reference,
      decodePercentEncoding(reference),
      reference.normalize("NFC"),
      reference.normalize("NFD"),
    ]) {
      const path = resolveContentPath(spelling, from)?.path;
      if (path !== undefined) paths.add(path);
    }
  }
  return [...paths];
};

/**
 * Paths, and what is left of them without what may follow a name in Markdown: a fragment, a query, or text after a
 * space.
 */
const withPrefixes = (paths: readonly string[]): readonly string[] =>
  paths.flatMap((path) => [path, path.trim(), path.replace(/[\s#?].*$/s, "")]);

const toMessages = (path: string, { messages }: VFile): readonly StoryMessage[] =>
  messages.map(({ line, column, ruleId, reason, fatal }) => ({
    file: `content/${path}`,
    line: line ?? 1,
    column: column ?? 1,
    severity: fatal === true ? "error" : "warning",
    rule: ruleId ?? "",
    reason,
  }));

/** What of site.yaml stories are compiled with. */
export const readSiteContext = async ({
  channel,
  findSiteMedia,
}: Pick<Newsroom, "channel" | "findSiteMedia">): Promise<SiteContext> => {
  const media: Record<string, MediaFile> = {};
  for (const name of channel.media) {
    const file = await findSiteMedia(name);
    if (file !== undefined) media[name] = file;
  }
  return { channel: { ...channel, url: PLACEHOLDER_ORIGIN }, media };
};

/**
 * Finds what a story is compiled with: `site`, and the stories and media files of the database that its source refers
 * to. `path` is its path below content/. `linked` are slugs of stories that will be sent later, by path.
 */
export const findReferences = async (
  path: string,
  source: Uint8Array,
  { repository, now }: Pick<Newsroom, "now" | "repository">,
  site: SiteContext,
  linked: Readonly<Record<string, string>> = {},
): Promise<CompileContext> => {
  const text = new TextDecoder("utf-8", { fatal: false, ignoreBOM: false }).decode(source);
  const slugs = { ...linked, ...(await repository.findSlugs(pathsOf(storyReferences(text), path))) };
  const media = await repository.findMediaFiles([...new Set(withPrefixes(pathsOf(mediaReferences(text), path)))]);
  return { channel: site.channel, media: { ...media, ...site.media }, slugs, now: now() };
};

/** Compiles a story as the build would. `path` is its path below content/. */
export const compileStory = (path: string, source: Uint8Array, context: CompileContext): CompiledStory => {
  const { item, file } = compile(path, source, context);
  return { ...(item && { item }), messages: toMessages(path, file) };
};
