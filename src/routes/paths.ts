import type { Format } from "../formats/format.ts";
import { formats } from "../formats/formats.ts";
import {
  CLOUD_PATH,
  encodePath,
  FOLDERS,
  HUB_PATH,
  normalizePath,
  normalizePercentEncoding,
  viewPath,
} from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { Scope } from "../model/scope.ts";
import type { View } from "../model/view.ts";
import { keyParameter, type RequestContext } from "./request-context.ts";

// Patterns are itty-router's: `:name` is one part of the path, `(?<name>…)` a group.

const FILE = `(?<file>${formats.map(({ fileName }) => fileName).join("|")})`;
const TEXT = "(?<text>/summaries)?";
const PAGE = "(/archive/(?<page>[1-9][0-9]{0,8}))?";

/** Every URL that something answers at. */
export const patterns = {
  home: "/",
  article: "/articles/:slug",
  feed: `${TEXT}${PAGE}/${FILE}`,
  scopedFeed: `${TEXT}/(?<folder>${Object.values(FOLDERS).join("|")})/:key${PAGE}/${FILE}`,
  negotiated: "/feed",
  media: "/media/:path+",
  style: "/style.css",
  hub: HUB_PATH,
  pleaseNotify: CLOUD_PATH,
  preview: "/preview/:slug/:until/:signature",
  previewMedia: "/preview/:slug/:until/:signature/media/:path+",
  items: "/api/items",
  item: "/api/items/:slug",
  mediaFiles: "/api/media",
  mediaFile: "/api/media/:path+",
  log: "/api/log",
  subscriptions: "/api/subscriptions",
  editors: "/api/editors",
  editor: "/api/editors/:name",
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

/** Where addresses of other software and of an older site are answered now: by path, in normal encoding. */
export const redirectsOf = ({ url, redirects }: Pick<Channel, "url" | "redirects">): ReadonlyMap<string, string> =>
  new Map([
    ...legacyPaths,
    ...Object.entries(redirects).map(
      ([path, to]) => [normalizePercentEncoding(new URL(url + path).pathname), to] as const,
    ),
  ]);

/**
 * The address to ask instead of a path: its tidy spelling where `isAnswered` says that something answers there,
 * else where a redirect from it leads. Gives nothing where the path is tidy and has not moved.
 */
export const targetOf = (
  redirects: ReadonlyMap<string, string>,
  path: string,
  isAnswered: boolean,
): string | undefined => {
  const spelled = normalizePercentEncoding(path);
  const normalized = normalizePath(path);
  const special = spelled === normalized ? undefined : redirects.get(spelled);
  return special ?? (isAnswered && path !== normalized ? normalized : redirects.get(normalized));
};

/** Where a media file is: `media/x.jpg` below content/. */
export const mediaPath = (path: string): string => `/${encodePath(path)}`;

/** Where a feed is: the view's path and the format's file name. */
export const feedPath = (view: View, { fileName }: Pick<Format, "fileName">): string => `${viewPath(view)}/${fileName}`;

const KINDS = ["tag", "author", "section", "article"] as const satisfies readonly Scope["kind"][];

/** The view that a feed's address names; nothing where its key is not readable. */
export const viewOf = (context: RequestContext): View | undefined => {
  const { folder, text, page } = context.params;
  const kind = KINDS.find((one) => FOLDERS[one] === folder);
  const name = kind && keyParameter(context, "key");
  if (kind !== undefined && name === undefined) return undefined;
  return {
    scope: kind === undefined || name === undefined ? { kind: "all" } : { kind, key: name },
    text: text === undefined ? "full" : "summary",
    ...(page !== undefined && { page: Number(page) }),
  };
};
