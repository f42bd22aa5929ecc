import type { Format } from "../formats/format.ts";
import { formats } from "../formats/formats.ts";
import {
  CLOUD_PATH,
  encodePath,
  FOLDERS,
  HUB_PATH,
  LICENSE_PATH,
  OEMBED_PATH,
  SITEMAP_PATH,
  viewPath,
} from "../model/address.ts";
import { ARCHIVE_PATH, type OwnPage, ownPagePath } from "../model/pages/own-page.ts";
import type { Scope } from "../model/scope.ts";
import type { View } from "../model/view.ts";
import { keyParameter, type RequestContext } from "./request-context.ts";

// The syntax of itty-router: `:name` is a path segment, `:name+` one or more, the rest a regular expression.

const FILE = `(?<file>${formats.map(({ fileName }) => fileName).join("|")})`;
const TEXT = "(?<text>/summaries)?";
const SCOPE = "(?<folder>tags|authors|sections)/:key";
const NUMBER = "/page/(?<page>[1-9][0-9]{0,8})";
const FOLDER = `(?<folder>${Object.values(FOLDERS).join("|")})`;
const PAGE = "(/archive/(?<page>[1-9][0-9]{0,8}))?";

/** The patterns of all paths that a route answers. */
export const patterns = {
  home: "/",
  laterPage: NUMBER,
  scope: `/${SCOPE}`,
  laterScopePage: `/${SCOPE}${NUMBER}`,
  archive: ARCHIVE_PATH,
  month: `${ARCHIVE_PATH}/(?<year>[0-9]{4})/(?<month>0[1-9]|1[0-2])`,
  article: "/articles/:slug",
  markdown: "/articles/:slug.md",
  republish: "/articles/:slug/republish",
  feed: `${TEXT}${PAGE}/${FILE}`,
  scopedFeed: `${TEXT}/${FOLDER}/:key${PAGE}/${FILE}`,
  negotiated: "/feed",
  source: `/source${TEXT}${PAGE}/${FILE}`,
  scopedSource: `/source${TEXT}/${FOLDER}/:key${PAGE}/${FILE}`,
  subscribe: "/subscribe",
  opml: "/opml.xml",
  script: "/feedwright.js",
  media: "/media/:path+",
  style: "/style.css",
  robots: "/robots.txt",
  newsSitemap: "/news-sitemap.xml",
  sitemapIndex: SITEMAP_PATH,
  sitemap: "/sitemaps/(?<pages>pages-)?(?<number>[1-9][0-9]{0,8}).xml",
  oembed: OEMBED_PATH,
  favicon: "/favicon.ico",
  license: LICENSE_PATH,
  tdmReservation: "/.well-known/tdmrep.json",
  hub: HUB_PATH,
  pleaseNotify: CLOUD_PATH,
  preview: "/preview/:slug/:until/:signature",
  previewMedia: "/preview/:slug/:until/:signature/media/:path+",
  partner: "/partners/:partner",
  partnerFile: "/partners/:partner/:file",
  openapi: "/api/openapi.json",
  items: "/api/items",
  item: "/api/items/:slug",
  mediaFiles: "/api/media",
  mediaFile: "/api/media/:path+",
  log: "/api/log",
  subscriptions: "/api/subscriptions",
  partners: "/api/partners",
  contract: "/api/partners/:name",
  usage: "/api/partners/:name/usage",
  previews: "/api/previews",
  editors: "/api/editors",
  editor: "/api/editors/:name",
} as const;

/** The pattern of the publisher's own pages, whose names may be anything that is not reserved; undefined if there are none. */
export const ownPagesPattern = (pages: readonly OwnPage[]): string | undefined =>
  pages.length === 0 ? undefined : `/(?<name>${pages.map(({ name }) => ownPagePath(name).slice(1)).join("|")})`;
const FEED_ADDRESS = new RegExp(
  `^(?:${patterns.negotiated}|${TEXT}(?:/${FOLDER}/[^/]+)?${PAGE}/${FILE.replaceAll(".", "\\.")})$`,
);

/** Whether a path has the form of a public feed's. */
export const isFeedPath = (path: string): boolean => FEED_ADDRESS.test(path);

/** The path at which a media file is served. `path` is the one below content/, such as `media/x.jpg`. */
export const mediaPath = (path: string): string => `/${encodePath(path)}`;

/** The path at which the feed of a view is served in a format. */
export const feedPath = (view: View, { fileName }: Pick<Format, "fileName">): string => `${viewPath(view)}/${fileName}`;

/** The path at which a feed is served as plain text. */
export const sourcePath = (view: View, format: Pick<Format, "fileName">): string => `/source${feedPath(view, format)}`;

const KINDS = ["tag", "author", "section", "article", "feed"] as const satisfies readonly Scope["kind"][];

/** The scope that the path of a page or feed names; undefined if its key is not percent-encoded UTF-8. */
export const scopeOf = (context: RequestContext): Scope | undefined => {
  const kind = KINDS.find((one) => FOLDERS[one] === context.params.folder);
  if (kind === undefined) return { kind: "all" };
  const key = keyParameter(context, "key");
  return key === undefined ? undefined : { kind, key };
};

/**
 * The view that the path of a feed names, by the parameters of its route; undefined if its key is not percent-encoded
 * UTF-8.
 */
export const viewOf = (context: RequestContext): View | undefined => {
  const { text, page } = context.params;
  const scope = scopeOf(context);
  return (
    scope && { scope, text: text === undefined ? "full" : "summary", ...(page !== undefined && { page: Number(page) }) }
  );
};
