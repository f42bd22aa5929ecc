import { VFile } from "vfile";
import type { Channel } from "../model/channel.ts";
import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { MediaFile } from "../model/media.ts";
import type { Publication } from "../model/publication.ts";
import { compileStory } from "./compile.ts";
import type { CompileContext } from "./compile-context.ts";
import { readMedia, UNREADABLE_MEDIA } from "./media/media.ts";
import { hasErrors, reportError, reportWarning } from "./messages/messages.ts";
import { type CompiledSite, compileSite, EMPTY_CHANNEL } from "./site.ts";
import { reportDuplicates } from "./story/duplicates.ts";
import { parseStory } from "./story/story.ts";

/** The files of content/, by path below it. */
export type ContentFiles = ReadonlyMap<string, Uint8Array>;

/** All of content/, compiled: `publication` is present unless a file has an error. */
export interface CompiledPublication {
  /** The files with their messages: every text file, and every other file that has a message. */
  readonly files: readonly VFile[];
  readonly publication?: Publication;
}

/** Whether a path below content/ is a media file. */
export const isMedia = (path: string): boolean => path.startsWith("media/");

/** Whether a path below content/ is a story. */
export const isStory = (path: string): boolean => /\.md$/i.test(path) && !isMedia(path);

/** A file without text that carries one message, which has no place in it. */
const fileWithMessage = (report: typeof reportError, path: string, rule: string, reason: string): VFile => {
  const file = new VFile({ path, value: "" });
  report(file, rule, reason);
  return file;
};

const unusedMedia = (channel: Channel, items: readonly Item[], media: readonly string[]): readonly VFile[] => {
  const used = new Set([...channel.media, ...items.flatMap((item) => item.media)]);
  const reason = "No story uses this file, so it is not served. Name it in a story, or delete it.";
  return media.filter((path) => !used.has(path)).map((path) => fileWithMessage(reportWarning, path, "unused", reason));
};

const unreadFiles = (paths: readonly string[]): readonly VFile[] => {
  const reason = "This file is not read: stories end in .md, media files stand in content/media. Move or delete it.";
  return paths
    .filter((path) => !isStory(path) && !isMedia(path) && path !== "site.yaml")
    .map((path) => fileWithMessage(reportWarning, path, "stranger", reason));
};

const readAllMedia = async (
  files: ContentFiles,
): Promise<{ media: Record<string, MediaFile>; unreadable: readonly VFile[] }> => {
  const media: Record<string, MediaFile> = {};
  const unreadable: VFile[] = [];
  for (const [path, bytes] of files) {
    if (!isMedia(path)) continue;
    const result = await readMedia(path, bytes);
    media[path] = typeof result === "string" ? UNREADABLE_MEDIA : result;
    if (typeof result === "string") unreadable.push(fileWithMessage(reportError, path, "media", result));
  }
  return { media, unreadable };
};

const compileSiteIfPresent = (
  source: Uint8Array | undefined,
  media: Readonly<Record<string, MediaFile>>,
): CompiledSite => {
  if (source !== undefined) return compileSite(source, media);
  const reason = "There is no content/site.yaml. Add it: it names the publication.";
  return { file: fileWithMessage(reportError, "site.yaml", "missing", reason), known: {} };
};

const dropMessages = (file: VFile, rule: string): void => {
  file.messages = file.messages.filter(({ ruleId }) => ruleId !== rule);
};

/**
 * Compiles all of content/: finds every problem of every file in one pass, and gives the publication if none is an
 * error. `now` (milliseconds) serves only to warn of changes dated after it.
 */
export const compilePublication = async (unsorted: ContentFiles, now?: Instant): Promise<CompiledPublication> => {
  const files = new Map([...unsorted].sort(([a], [b]) => (a < b ? -1 : 1)));
  const { media, unreadable } = await readAllMedia(files);
  const site = compileSiteIfPresent(files.get("site.yaml"), media);
  const stories = [...files].filter(([path]) => isStory(path)).map(([path, source]) => parseStory(path, source));
  reportDuplicates(stories);
  const slugs = Object.fromEntries(stories.map(({ path, slug }) => [path, slug]));
  const channel = site.channel ?? { ...EMPTY_CHANNEL, ...site.known };
  const context: CompileContext = { channel, media, slugs, ...(now !== undefined && { now }) };
  const compiled = stories.map((story) => compileStory(story, context));
  // Nobody can say whether an author or a section exists while that part of site.yaml can't be read.
  for (const { file } of compiled) {
    if (site.known.authors === undefined) dropMessages(file, "unknown-author");
    if (site.known.sections === undefined) dropMessages(file, "unknown-section");
  }
  const items = compiled.flatMap(({ item }) => item ?? []);
  const isComplete = site.channel !== undefined && items.length === stories.length;
  const reports = [
    site.file,
    ...compiled.map(({ file }) => file),
    ...unreadable,
    ...(isComplete ? unusedMedia(site.channel, items, Object.keys(media)) : []),
    ...unreadFiles([...files.keys()]),
  ];
  return site.channel === undefined || site.url === undefined || reports.some(hasErrors)
    ? { files: reports }
    : { files: reports, publication: { url: site.url, channel: site.channel, items, media } };
};
