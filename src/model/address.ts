import type { Scope } from "./scope.ts";
import type { View } from "./view.ts";

/**
 * Placeholder for the site's origin in compiled content, until `readPublication` replaces it. `.invalid` can never be a
 * real host (RFC 2606 §2).
 */
export const PLACEHOLDER_ORIGIN = "https://feedwright.invalid";

/** Whether a site may lie below a path: one that nobody can spell otherwise. */
export const isBasePath = (path: string): boolean => /^(?:\/[a-z\d_-][a-z\d._~-]*)*\/?$/i.test(path);

/** The address of a site: its origin and the path below which it lies, without a slash at its end. */
export const siteAddress = ({ origin, pathname }: URL): string => origin + pathname.replace(/\/+$/, "");

/**
 * The path below which a site lies, such as `/news` of `https://company.example/news`; empty if it lies at the root of its origin.
 * The site's address has no slash at its end.
 */
export const basePathOf = (siteUrl: string): string => new URL(siteUrl).pathname.replace(/\/$/, "");

/**
 * An absolute URL without the path below which the site lies: of `https://any.example/news/rss.xml?a`, `https://any.example/rss.xml?a`.
 * Undefined if it is not below that path.
 */
export const withoutBasePath = (url: string, basePath: string): string | undefined => {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const end = start + basePath.length;
  return url.startsWith(`${basePath}/`, start) ? url.slice(0, start) + url.slice(end) : undefined;
};

/** The absolute URL of a path of a site, or of an absolute URL. */
export const absoluteUrl = (target: string, siteUrl: string): string =>
  new URL(target.startsWith("/") ? siteUrl + target : target).href;

/** The path of a site that a path of it or an absolute URL leads to, whatever the scheme; undefined if that is elsewhere. */
export const pathOnSite = (target: string, siteUrl: string): string | undefined => {
  const { host, pathname } = new URL(absoluteUrl(target, siteUrl));
  const basePath = basePathOf(siteUrl);
  const isOwn = host === new URL(siteUrl).host && pathname.startsWith(`${basePath}/`);
  return isOwn ? pathname.slice(basePath.length) : undefined;
};

/** Path of the built-in WebSub hub. */
export const HUB_PATH = "/hub";

/** URL of the built-in WebSub hub. */
export const hubUrl = (siteUrl: string): string => siteUrl + HUB_PATH;

/** Path at which clients subscribe by rssCloud. */
export const CLOUD_PATH = "/rsscloud/pleaseNotify";

/** Path of the document that says what machines may do with the stories. */
export const LICENSE_PATH = "/license.xml";

/** Path at which others ask what to show of a story. */
export const OEMBED_PATH = "/oembed";

/** Path of the index of the sitemaps. */
export const SITEMAP_PATH = "/sitemap.xml";

/** First path segment of the addresses of a scope; the second is its key. */
export const FOLDERS = {
  tag: "tags",
  author: "authors",
  section: "sections",
  article: "articles",
  feed: "feeds",
} as const;

const scopePath = (scope: Scope): string =>
  scope.kind === "all" ? "" : `/${FOLDERS[scope.kind]}/${encodeURIComponent(scope.key)}`;

/** Path of a story's page: `/articles/{slug}`. */
export const articlePath = (slug: string): string => `/${FOLDERS.article}/${encodeURIComponent(slug)}`;

/** Path of a story as Markdown. */
export const markdownPath = (slug: string): string => `${articlePath(slug)}.md`;

/** Path of the page with a story's HTML for others to publish. */
export const republishPath = (slug: string): string => `${articlePath(slug)}/republish`;

/** Path above all scopes of a kind: `/tags/`. As a URL it is the scheme of the tags or sections in feeds. */
export const folderPath = (kind: keyof typeof FOLDERS): string => `/${FOLDERS[kind]}/`;

/** Path of a view, without a file name: empty for the main feed, else such as `/summaries/tags/iraq/archive/2`. */
export const viewPath = ({ scope, text, page }: View): string =>
  `${text === "summary" ? "/summaries" : ""}${scopePath(scope)}${page === undefined ? "" : `/archive/${page}`}`;

/** Percent-encodes a path such as `media/x y.jpg`, segment by segment. */
export const encodePath = (path: string): string => path.toWellFormed().split("/").map(encodeURIComponent).join("/");

/** The URL of a media file. `path` is below content/, such as `media/x.jpg`. */
export const mediaUrl = ({ url }: { readonly url: string }, path: string): string => `${url}/${encodePath(path)}`;

/**
 * Normalizes percent-encoding (RFC 3986 §6.2.2): upper-case digits, and nothing encoded that encodeURIComponent leaves
 * as it is.
 */
export const normalizePercentEncoding = (path: string): string =>
  path.replace(/%[0-9a-f]{2}/gi, (triplet) => {
    const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
    return /[\w.~!'()*-]/.test(character) ? character : triplet.toUpperCase();
  });

/** The one spelling of a path that is answered: normalized percent-encoding, single slashes, no trailing slash. */
export const normalizePath = (path: string): string =>
  /%|\/\/|.\/$/.test(path)
    ? normalizePercentEncoding(path)
        .replace(/\/{2,}/g, "/")
        .replace(/(?<=.)\/$/, "")
    : path;
