import type { Scope, View } from "./view.ts";

/**
 * Stands for the site's origin in compiled content, until the store that serves it puts the real
 * one in its place. `.invalid` can never be a real host (RFC 2606).
 */
export const PLACEHOLDER_ORIGIN = "https://feedwright.invalid";

const FOLDERS = { tag: "tags", author: "authors", section: "sections", article: "articles" } as const;

const scopePath = (scope: Scope): string =>
  scope.kind === "all" ? "" : `/${FOLDERS[scope.kind]}/${encodeURIComponent(scope.key)}`;

/** Path of a story's page: `/articles/{slug}`. */
export const articlePath = (slug: string): string => `/articles/${encodeURIComponent(slug)}`;

/** The path that all feeds of one kind of category stand below, which is also the categories' scheme: `/tags/`. */
export const folderPath = (kind: keyof typeof FOLDERS): string => `/${FOLDERS[kind]}/`;

/** What stands before a feed's file name: empty for the main feed, `/summaries/tags/iraq` for a scoped one. */
export const viewPath = ({ scope, text }: View): string =>
  `${text === "summary" ? "/summaries" : ""}${scopePath(scope)}`;
