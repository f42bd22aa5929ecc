import type { Format } from "../formats/format.ts";
import { formats } from "../formats/formats.ts";
import { viewPath } from "../model/address.ts";
import type { Scope, View } from "../model/view.ts";
import { type Ask, parameter } from "./ask.ts";

// Patterns are itty-router's: `:name` is one part of the path, `(?<name>…)` a group.

const FILE = `(?<file>${formats.map(({ fileName }) => fileName).join("|")})`;
const TEXT = "(?<text>/summaries)?";

/** Every URL that something answers at. */
export const patterns = {
  home: "/",
  article: "/articles/:slug",
  feed: `${TEXT}/${FILE}`,
  scopedFeed: `${TEXT}/(?<folder>tags|authors|sections|articles)/:key/${FILE}`,
  negotiated: "/feed",
  media: "/media/:path+",
  style: "/style.css",
} as const;

/** Addresses that other software gives its feeds, each with the one that answers here. */
export const legacyPaths: ReadonlyMap<string, string> = new Map([
  ...["/feed.xml", "/rss", "/index.xml", "/feed/", "/feed/rss", "/feed/rss/"].map(
    (path) => [path, "/rss.xml"] as const,
  ),
  ...["/atom", "/feed/atom", "/feed/atom/"].map((path) => [path, "/atom.xml"] as const),
  ...["/feed/json", "/feed/json/"].map((path) => [path, "/feed.json"] as const),
]);

/** Where a feed is: the view's path and the format's file name. */
export const feedPath = (view: View, { fileName }: Pick<Format, "fileName">): string => `${viewPath(view)}/${fileName}`;

const KINDS: Readonly<Record<string, Exclude<Scope["kind"], "all">>> = {
  tags: "tag",
  authors: "author",
  sections: "section",
  articles: "article",
};

/** The view that a feed's address names; nothing where its key is not readable. */
export const viewOf = (ask: Ask): View | undefined => {
  const text = ask.params.text === undefined ? "full" : "summary";
  const kind = KINDS[ask.params.folder ?? ""];
  if (kind === undefined) return { scope: { kind: "all" }, text };
  const key = parameter(ask, "key");
  return key === undefined ? undefined : { scope: { kind, key }, text };
};
