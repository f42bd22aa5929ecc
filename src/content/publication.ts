import type { VFile } from "vfile";
import type { Channel } from "../model/channel.ts";
import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { MediaFile } from "../model/media.ts";
import type { Publication } from "../model/publication.ts";
import { compileStory } from "./compile.ts";
import type { CompileContext } from "./compile-context.ts";
import { readMedia, UNREADABLE_MEDIA } from "./media/media.ts";
import { hasErrors, reportError, reportOn, reportWarning } from "./messages/messages.ts";
import { type CompiledSite, compileSite, NO_CHANNEL } from "./site.ts";
import { reportDuplicates } from "./story/duplicates.ts";
import { parseStory } from "./story/story.ts";

/** The files of content/, by path below it. */
export type ContentFiles = ReadonlyMap<string, Uint8Array>;

/** All of content/ as read: `publication` is there unless a file has a problem. */
export interface CompiledPublication {
  /** One per text file, and one per other file that has a message. */
  readonly files: readonly VFile[];
  readonly publication?: Publication;
}

/** Whether a path below content/ is a media file. */
export const isMedia = (path: string): boolean => path.startsWith("media/");

/** Whether a path below content/ is a story. */
export const isStory = (path: string): boolean => /\.md$/i.test(path) && !isMedia(path);

/** A file of which there is one thing to say, and nothing to point at. */
const remark = (note: typeof reportError, path: string, rule: string, reason: string): VFile => {
  const file = reportOn(path, "");
  note(file, rule, reason);
  return file;
};

const unusedMedia = (channel: Channel, items: readonly Item[], media: readonly string[]): readonly VFile[] => {
  const used = new Set([...channel.media, ...items.flatMap((item) => item.media)]);
  const reason = "No story uses this file, so it is not served. Name it in a story, or delete it.";
  return media.filter((path) => !used.has(path)).map((path) => remark(reportWarning, path, "unused", reason));
};

const unreadFiles = (paths: readonly string[]): readonly VFile[] => {
  const reason = "This file is not read: stories end in .md, media files stand in content/media. Move or delete it.";
  return paths
    .filter((path) => !isStory(path) && !isMedia(path) && path !== "site.yaml")
    .map((path) => remark(reportWarning, path, "stranger", reason));
};

const readAllMedia = async (files: ContentFiles): Promise<{ media: Record<string, MediaFile>; broken: VFile[] }> => {
  const media: Record<string, MediaFile> = {};
  const broken: VFile[] = [];
  for (const [path, bytes] of files) {
    if (!isMedia(path)) continue;
    const facts = await readMedia(bytes);
    media[path] = typeof facts === "string" ? UNREADABLE_MEDIA : facts;
    if (typeof facts === "string") broken.push(remark(reportError, path, "media", facts));
  }
  return { media, broken };
};

const readSite = (source: Uint8Array | undefined, media: Readonly<Record<string, MediaFile>>): CompiledSite =>
  source === undefined
    ? {
        file: remark(
          reportError,
          "site.yaml",
          "missing",
          "There is no content/site.yaml. Add it: it names the publication.",
        ),
        known: {},
      }
    : compileSite(source, media);

/** Drops what can't be judged of a story while site.yaml can't be read. */
const forget = (file: VFile, rule: string): void => {
  file.messages = file.messages.filter(({ ruleId }) => ruleId !== rule);
};

/**
 * Compiles all of content/: every problem of every file in one pass, and the publication if there is none.
 * `now` only serves to warn of changes dated ahead of it.
 */
export const compilePublication = async (unsorted: ContentFiles, now?: Instant): Promise<CompiledPublication> => {
  const files = new Map([...unsorted].sort(([a], [b]) => (a < b ? -1 : 1)));
  const { media, broken } = await readAllMedia(files);
  const site = readSite(files.get("site.yaml"), media);
  const stories = [...files].filter(([path]) => isStory(path)).map(([path, source]) => parseStory(path, source));
  reportDuplicates(stories);
  const slugs = Object.fromEntries(stories.map(({ path, slug }) => [path, slug]));
  const channel = site.channel ?? { ...NO_CHANNEL, ...site.known };
  const context: CompileContext = { channel, media, slugs, ...(now !== undefined && { now }) };
  const compiled = stories.map((story) => compileStory(story, context));
  for (const { file } of compiled) {
    if (site.known.authors === undefined) forget(file, "unknown-author");
    if (site.known.sections === undefined) forget(file, "unknown-section");
  }
  const items = compiled.flatMap(({ item }) => item ?? []);
  const isComplete = site.channel !== undefined && items.length === stories.length;
  const unused = isComplete ? unusedMedia(site.channel, items, Object.keys(media)) : [];
  const reports = [
    site.file,
    ...compiled.map(({ file }) => file),
    ...broken,
    ...unused,
    ...unreadFiles([...files.keys()]),
  ];
  return site.channel === undefined || site.url === undefined || reports.some(hasErrors)
    ? { files: reports }
    : { files: reports, publication: { url: site.url, channel: site.channel, items, media } };
};
