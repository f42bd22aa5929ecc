import type { Item } from "./item.ts";

/**
 * Which stories a public feed is about: all of them, those of a tag, author or section, one article, or what the selection
 * of a feed in site.yaml chooses.
 */
export type Scope =
  | { readonly kind: "all" }
  | { readonly kind: "tag" | "author" | "section" | "article" | "feed"; readonly key: string };

/** The stories that partners' contracts select. No public feed has them. */
export interface SelectionScope {
  readonly kind: "selection";
  /** What it selects, as `selectionName` writes it. */
  readonly name: string;
}

/** The stories that no feed selects by itself, as they name the feeds that alone have them: pages show them all the same. */
export interface PagesOnlyScope {
  readonly kind: "pages";
}

/** A list of stories that stores keep in order. */
export type StoryList = Scope | SelectionScope | PagesOnlyScope;

/**
 * The unique name of a list, by which stores index stories: that of the scope, `selection/` and the selection's, or the one of those
 * that are on pages only.
 */
export const listName = (list: StoryList): string => {
  if (list.kind === "pages") return "pages/all";
  return list.kind === "selection" ? `selection/${list.name}` : scopeName(list);
};

/** The unique name of a scope, by which stores index stories: `all` or `tag/iraq`. */
export const scopeName = (scope: Scope): string => (scope.kind === "all" ? "all" : `${scope.kind}/${scope.key}`);

/** The scopes that a story belongs to by itself: all but the named feeds. */
export const scopesOf = (item: Item): readonly Scope[] => [
  { kind: "all" },
  { kind: "article", key: item.slug },
  ...item.tags.map(({ key }): Scope => ({ kind: "tag", key })),
  ...item.authors.map(({ key }): Scope => ({ kind: "author", key })),
  ...(item.section === undefined ? [] : [{ kind: "section", key: item.section.key } satisfies Scope]),
];

/** Of those, the scopes whose feeds have it: none, if it states the feeds that alone have it. */
export const feedScopesOf = (item: Item): readonly Scope[] => (item.feeds === undefined ? scopesOf(item) : []);
