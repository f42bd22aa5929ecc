import type { Format } from "../formats/format.ts";
import { formats } from "../formats/formats.ts";
import { viewPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { Scope, View } from "../model/view.ts";
import { type Ask, key } from "./ask.ts";

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
const legacyPaths: readonly (readonly [string, string])[] = [
  ["/feed/", "/rss.xml"],
  ["/feed/rss", "/rss.xml"],
  ["/feed.xml", "/rss.xml"],
  ["/index.xml", "/rss.xml"],
  ["/rss", "/rss.xml"],
  ["/atom", "/atom.xml"],
  ["/feed/atom", "/atom.xml"],
  ["/feed/json", "/feed.json"],
];

/** Percent-encoding in its normal form (RFC 3986 §6.2.2): capital digits, and none where encodeURIComponent needs none. */
const normalEncoding = (path: string): string =>
  path.replace(/%[0-9a-f]{2}/gi, (triplet) => {
    const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
    return /[\w.~!'()*-]/.test(character) ? character : triplet.toUpperCase();
  });

/** The one spelling of a path that may answer: normal percent-encoding, and slashes only between its parts. */
export const tidyPath = (path: string): string =>
  /%|\/\/|.\/$/.test(path)
    ? normalEncoding(path)
        .replace(/\/{2,}/g, "/")
        .replace(/(?<=.)\/$/, "")
    : path;

/** What is always answered here: a redirect from there would be a feed that nobody can reach. */
const ownPaths: ReadonlySet<string> = new Set([
  ...[patterns.home, patterns.negotiated, patterns.style],
  ...formats.flatMap(({ fileName }) => [`/${fileName}`, `/summaries/${fileName}`]),
]);

/**
 * Where addresses of other software and of an older site are answered now: by path, in normal encoding.
 * A publisher's redirect from a path that the site itself answers is left out.
 */
export const redirectsOf = ({ url, redirects }: Pick<Channel, "url" | "redirects">): ReadonlyMap<string, string> =>
  new Map([
    ...legacyPaths,
    ...Object.entries(redirects)
      .map(([path, to]) => [normalEncoding(new URL(url + path).pathname), to] as const)
      .filter(([path]) => !ownPaths.has(path)),
  ]);

/** The address that answers at a path of another spelling, or at one that has moved. */
export const redirectOf = (redirects: ReadonlyMap<string, string>, path: string): string | undefined =>
  redirects.get(normalEncoding(path)) ?? redirects.get(tidyPath(path));

/** Where a media file is: `media/x.jpg` below content/. */
export const mediaPath = (path: string): string => `/${path.split("/").map(encodeURIComponent).join("/")}`;

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
  const name = key(ask, "key");
  return name === undefined ? undefined : { scope: { kind, key: name }, text };
};
