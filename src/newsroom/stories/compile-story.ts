import { compileStory as compile } from "../../content/compile.ts";
import type { CompileContext, SiteContext } from "../../content/compile-context.ts";
import { decodePercentEncoding, resolveContentPath } from "../../content/references/content-path.ts";
import type { Message } from "../../content/result.ts";
import { parseStory } from "../../content/story/story.ts";
import { mediaUrl, PLACEHOLDER_ORIGIN } from "../../model/address.ts";
import type { Item } from "../../model/item.ts";
import type { MediaFile } from "../../model/media.ts";
import type { Newsroom } from "../newsroom.ts";
import { filePlaces, type MessagePlaces, type StoryMessage } from "./message-places.ts";

/** A story and what the compiler says of it. `item` is absent if a message is an error. */
export interface CompiledStory {
  readonly item?: Item;
  readonly messages: readonly StoryMessage[];
  /** What the rules of partners' dialects say of it, by name of the dialect. */
  readonly findings: readonly StoryFinding[];
}

/** What a rule of a dialect says of a story, with its place as whoever sent the story is told it. */
export interface StoryFinding {
  /** Name of the dialect. */
  readonly dialect: string;
  readonly finding: object;
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

/** Explains errors about stories or files that were not looked for, as there are too many. */
const TOO_MANY_REFERENCES: Message = {
  fatal: true,
  ruleId: "too-many-references",
  reason: `The story refers to more than ${MAX_REFERENCES} different stories, or media files. Split it.`,
};

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

/** Compiles a story as the build would. `path` is its path below content/; `places` say where in it something is. */
export const compileStory = (
  path: string,
  source: Uint8Array,
  context: CompileContext,
  places: MessagePlaces = filePlaces,
): CompiledStory => {
  const story = parseStory(path, source);
  const { item, file, findings } = compile(story, context);
  const messages = file.messages.map((message) => places.ofMessage(path, message, story.yaml));
  const compiled = {
    messages,
    findings: findings.map((finding) => ({
      dialect: finding.dialect,
      finding: places.ofFinding(finding, story.yaml),
    })),
  };
  if (item !== undefined) return { item, ...compiled };
  const { toStories, toMedia } = referencesOf(source);
  const isTruncated = Math.max(toStories.size, toMedia.size) > MAX_REFERENCES;
  return isTruncated
    ? { ...compiled, messages: [places.ofMessage(path, TOO_MANY_REFERENCES, undefined), ...messages] }
    : compiled;
};
