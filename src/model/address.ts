import type { Scope } from "./scope.ts";
import type { View } from "./view.ts";

/**
 * Stands for the site's origin in compiled content, until the store that serves it puts the real
 * one in its place. `.invalid` can never be a real host (RFC 2606).
 */
export const PLACEHOLDER_ORIGIN = "https://feedwright.invalid";

/** Where subscribers find the hub of the site itself. */
export const HUB_PATH = "/hub";

/** The address of the hub of the site itself. */
export const hubUrl = (siteUrl: string): string => siteUrl + HUB_PATH;

/** Where readers that speak rssCloud ask to be told of changes. */
export const CLOUD_PATH = "/rsscloud/pleaseNotify";

/** What stands before the key in the address of a scope. */
export const FOLDERS = { tag: "tags", author: "authors", section: "sections", article: "articles" } as const;

const scopePath = (scope: Scope): string =>
  scope.kind === "all" ? "" : `/${FOLDERS[scope.kind]}/${encodeURIComponent(scope.key)}`;

/** Path of a story's page: `/articles/{slug}`. */
export const articlePath = (slug: string): string => `/${FOLDERS.article}/${encodeURIComponent(slug)}`;

/** The path that all feeds of one kind of category stand below, which is also the categories' scheme: `/tags/`. */
export const folderPath = (kind: keyof typeof FOLDERS): string => `/${FOLDERS[kind]}/`;

/** What stands before a feed's file name: empty for the main feed, `/summaries/tags/iraq/archive/2` for a page of a scoped one. */
export const viewPath = ({ scope, text, page }: View): string =>
  `${text === "summary" ? "/summaries" : ""}${scopePath(scope)}${page === undefined ? "" : `/archive/${page}`}`;

/** A path below content/ as it stands in a URL. */
export const encodePath = (path: string): string => path.toWellFormed().split("/").map(encodeURIComponent).join("/");

/** Percent-encoding in its normal form (RFC 3986 §6.2.2): capital digits, and none where encodeURIComponent needs none. */
export const normalizePercentEncoding = (path: string): string =>
  path.replace(/%[0-9a-f]{2}/gi, (triplet) => {
    const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
    return /[\w.~!'()*-]/.test(character) ? character : triplet.toUpperCase();
  });

/** The one spelling of a path that may answer: normal percent-encoding, and slashes only between its parts. */
export const normalizePath = (path: string): string =>
  /%|\/\/|.\/$/.test(path)
    ? normalizePercentEncoding(path)
        .replace(/\/{2,}/g, "/")
        .replace(/(?<=.)\/$/, "")
    : path;
