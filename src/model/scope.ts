import type { Item } from "./item.ts";
import type { Scope } from "./view.ts";

/** One name for every scope: `all`, `tag/iraq`. */
export const scopeName = (scope: Scope): string => (scope.kind === "all" ? "all" : `${scope.kind}/${scope.key}`);

/** The scopes that a story belongs to. */
export const scopesOf = (item: Item): readonly Scope[] => [
  { kind: "all" },
  { kind: "article", key: item.slug },
  ...item.tags.map(({ key }): Scope => ({ kind: "tag", key })),
  ...item.authors.map(({ key }): Scope => ({ kind: "author", key })),
  ...(item.section === undefined ? [] : [{ kind: "section", key: item.section.key } satisfies Scope]),
];
