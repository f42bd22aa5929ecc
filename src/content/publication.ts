import type { VFile } from "vfile";
import { location } from "vfile-location";
import { PLACEHOLDER_ORIGIN } from "../model/address.ts";
import { type Channel, englishWords } from "../model/channel.ts";
import type { Item } from "../model/item.ts";
import type { MediaFile } from "../model/media.ts";
import type { Publication } from "../model/publication.ts";
import { type Compiled, compile, slugOfPath } from "./compile.ts";
import type { Context } from "./context.ts";
import { readMedia } from "./media.ts";
import { isBroken, problem, reportOn, warning } from "./report.ts";
import { compileSite } from "./site.ts";

/** The files of content/, by path below it. */
export type ContentFiles = ReadonlyMap<string, Uint8Array>;

/** All of content/ as read: `publication` is there unless a file has a problem. */
export interface CompiledPublication {
  /** One per text file, and one per media file that has a message. */
  readonly files: readonly VFile[];
  readonly publication?: Publication;
}

const isStory = (path: string): boolean => /\.md$/i.test(path) && !path.startsWith("media/");

/** A line of a front matter that sets the story's slug by hand; `compile` checks the value. */
const statedSlug = (source: Uint8Array): string | undefined =>
  /^---[ \t]*\r?\n(?:(?!---).*\r?\n)*?slug:[ \t]*["']?([^\s"'#]+)/.exec(
    new TextDecoder().decode(source.subarray(0, 65_536)),
  )?.[1];

const placeOfKey = (file: VFile, key: string) => {
  const index = String(file).search(new RegExp(`^${key}:`, "m"));
  return index < 0 ? undefined : location(file).toPoint(index);
};

/** Notes ids and slugs that two stories share: readers would take them for one. */
const reportDuplicates = (compiled: readonly Compiled[]): void => {
  const ids = new Map<string, string>();
  const slugs = new Map<string, string>();
  const claim = (table: Map<string, string>, name: string, key: string, file: VFile): void => {
    const first = table.get(key);
    if (first === undefined) {
      table.set(key, file.path);
      return;
    }
    const whose = first === file.path ? "twice in this story" : `by content/${first}`;
    problem(
      file,
      `duplicate-${name}`,
      `The ${name} \`${key}\` is used ${whose} already. Give this one its own.`,
      placeOfKey(file, name === "id" ? "id" : name),
    );
  };
  const items = compiled.filter((one): one is { file: VFile; item: Item } => one.item !== undefined);
  for (const { file, item } of items) {
    claim(ids, "id", item.id, file);
    claim(slugs, "slug", item.slug, file);
  }
  for (const { file, item } of items) for (const alias of item.aliases) claim(slugs, "aliases", alias, file);
};

const reportUnusedMedia = (channel: Channel, items: readonly Item[], media: readonly string[]): readonly VFile[] => {
  const used = new Set([...channel.media, ...items.flatMap((item) => item.media)]);
  return media
    .filter((path) => !used.has(path))
    .map((path) => {
      const file = reportOn(path, "");
      warning(file, "unused", "No story uses this file, so it is not served. Name it in a story, or delete it.");
      return file;
    });
};

const reportStrangers = (paths: readonly string[]): readonly VFile[] =>
  paths.map((path) => {
    const file = reportOn(path, "");
    warning(file, "stranger", "This file is not read: stories end in .md, media files stand in content/media.");
    return file;
  });

const readAllMedia = async (files: ContentFiles): Promise<{ media: Record<string, MediaFile>; broken: VFile[] }> => {
  const media: Record<string, MediaFile> = {};
  const broken: VFile[] = [];
  for (const [path, bytes] of files) {
    if (!path.startsWith("media/")) continue;
    const facts = await readMedia(bytes);
    if (typeof facts !== "string") {
      media[path] = facts;
      continue;
    }
    const file = reportOn(path, "");
    problem(file, "media", facts);
    broken.push(file);
  }
  return { media, broken };
};

/** Stands in for a broken site.yaml, so that the stories' own problems are found in the same pass. */
const NO_CHANNEL: Channel = {
  id: "tag:feedwright.invalid,2026:none",
  url: PLACEHOLDER_ORIGIN,
  title: "",
  description: "",
  language: "en",
  authors: [],
  sections: [],
  hubs: [],
  redirects: {},
  feedLength: 1,
  noticeDays: 0,
  freshness: { maxAge: 0, staleWhileRevalidate: 0, staleIfError: 0 },
  words: englishWords,
  media: [],
};

/** Drops what can't be judged while site.yaml is broken. */
const forgetReferences = (file: VFile): void => {
  file.messages = file.messages.filter(({ ruleId }) => ruleId !== "author" && ruleId !== "section");
};

/** Compiles all of content/: every problem of every file in one pass, and the publication if there is none. */
export const compilePublication = async (unsorted: ContentFiles): Promise<CompiledPublication> => {
  const files = new Map([...unsorted].sort(([a], [b]) => (a < b ? -1 : 1)));
  const { media, broken } = await readAllMedia(files);
  const source = files.get("site.yaml");
  if (source === undefined) {
    const file = reportOn("site.yaml", "");
    problem(file, "missing", "There is no content/site.yaml. It names the publication: see the README.");
    return { files: [file, ...broken] };
  }
  const site = compileSite(source, media);
  const paths = [...files.keys()];
  const stories = paths.filter(isStory);
  const strangers = paths.filter((path) => !isStory(path) && !path.startsWith("media/") && path !== "site.yaml");
  const slugs = Object.fromEntries(
    stories.map((path) => [path, statedSlug(files.get(path) ?? new Uint8Array()) ?? slugOfPath(path)]),
  );
  const context: Context = { channel: site.channel ?? NO_CHANNEL, media, slugs };
  const compiled = stories.map((path) => compile(path, files.get(path) ?? new Uint8Array(), context));
  if (site.channel === undefined) for (const { file } of compiled) forgetReferences(file);
  reportDuplicates(compiled);
  const items = compiled.flatMap(({ item }) => item ?? []);
  const isComplete = items.length === stories.length;
  const unused = site.channel && isComplete ? reportUnusedMedia(site.channel, items, Object.keys(media)) : [];
  const reports = [site.file, ...compiled.map(({ file }) => file), ...broken, ...unused, ...reportStrangers(strangers)];
  return site.channel === undefined || site.url === undefined || reports.some(isBroken)
    ? { files: reports }
    : { files: reports, publication: { url: site.url, channel: site.channel, items, media } };
};
