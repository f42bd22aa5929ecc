import type { VFile } from "vfile";
import { compile } from "../../content/compile.ts";
import type { CompileContext, SiteContext } from "../../content/compile-context.ts";
import { decodePercentEncoding, resolveContentPath } from "../../content/references/content-path.ts";
import type { PlacedFinding } from "../../content/result.ts";
import { mediaUrl, PLACEHOLDER_ORIGIN } from "../../model/address.ts";
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
  /** What the rules of partners' dialects say of it. */
  readonly findings: readonly PlacedFinding[];
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

/** Everything in a story's source that may be a reference. */
const referencesOf = (source: Uint8Array) => {
  const text = new TextDecoder("utf-8", { fatal: false, ignoreBOM: false }).decode(source);
  return { toStories: new Set(storyReferences(text)), toMedia: new Set(mediaReferences(text)) };
};

/**
 * The paths below content/ that references in the file `from` may mean, in every spelling: rather too many than too
 * few.
 */
const pathsOf = (references: ReadonlySet<string>, from: string): readonly string[] => {
  const paths = new Set<string>();
  for (const reference of [...references].slice(0, MAX_REFERENCES)) {
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

/** Explains errors about stories or files that were not looked for, as there are too many. */
const tooManyReferences = (path: string): StoryMessage => ({
  file: `content/${path}`,
  line: 1,
  column: 1,
  severity: "error",
  rule: "too-many-references",
  reason: `The story refers to more than ${MAX_REFERENCES} different stories, or media files. Split it.`,
});

/** What of site.yaml stories are compiled with. */
export const readSiteContext = async ({
  channel,
  siteUrl,
  findSiteMedia,
}: Pick<Newsroom, "channel" | "findSiteMedia" | "siteUrl">): Promise<SiteContext> => {
  const media: Record<string, MediaFile> = {};
  for (const name of channel.media) {
    const file = await findSiteMedia(name);
    if (file !== undefined) media[name] = file;
  }
  return { channel: { ...channel, url: PLACEHOLDER_ORIGIN }, siteUrl, media };
};

/** What a story of the newsroom is compiled with. */
export interface StoryContext extends CompileContext {
  /** Paths of the media files that other stories mark as not distributable. */
  readonly knownMarks: readonly string[];
}

/**
 * Finds what a story is compiled with: `site`, and the stories and media files of the database that its source refers
 * to. `path` is its path below content/. `linked` are slugs of stories that will be sent later, by path. The current
 * time is not among it.
 */
export const findReferences = async (
  path: string,
  source: Uint8Array,
  { repository }: Pick<Newsroom, "repository">,
  site: SiteContext,
  linked: Readonly<Record<string, string>> = {},
): Promise<StoryContext> => {
  const { toStories, toMedia } = referencesOf(source);
  const slugs = { ...linked, ...(await repository.findSlugs(pathsOf(toStories, path))) };
  const uploaded = await repository.findMediaFiles([...new Set(withPrefixes(pathsOf(toMedia, path)))]);
  const media = { ...uploaded, ...site.media };
  const knownMarks = await repository.findMarked(Object.keys(media), path);
  const undistributable = new Set(knownMarks.map((marked) => mediaUrl(site.channel, marked)));
  return { ...site, media, slugs, undistributable, knownMarks };
};

/** Compiles a story as the build would. `path` is its path below content/. */
export const compileStory = (path: string, source: Uint8Array, context: CompileContext): CompiledStory => {
  const { item, file, findings } = compile(path, source, context);
  const messages = toMessages(path, file);
  if (item !== undefined) return { item, messages, findings };
  const { toStories, toMedia } = referencesOf(source);
  const isTruncated = Math.max(toStories.size, toMedia.size) > MAX_REFERENCES;
  return { messages: isTruncated ? [tooManyReferences(path), ...messages] : messages, findings };
};
