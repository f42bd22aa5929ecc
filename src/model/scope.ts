import type { Category, Item } from "./item.ts";
import { keyOfName } from "./name-key.ts";
import { slugify } from "./slugify.ts";

/** Which stories a public feed is about: all of them, those of a tag, author or section, or one article. */
export type Scope =
  | { readonly kind: "all" }
  | { readonly kind: "tag" | "author" | "section" | "article"; readonly key: string };

/** The unique name of a scope, by which stores index stories: `all` or `tag/iraq`. */
export const scopeName = (scope: Scope): string => (scope.kind === "all" ? "all" : `${scope.kind}/${scope.key}`);

/** Every scope that a story belongs to. */
export const scopesOf = (item: Item): readonly Scope[] => [
  { kind: "all" },
  { kind: "article", key: item.slug },
  ...item.tags.map(({ key }): Scope => ({ kind: "tag", key })),
  ...item.authors.map(({ key }): Scope => ({ kind: "author", key })),
  ...(item.section === undefined ? [] : [{ kind: "section", key: item.section.key } satisfies Scope]),
];

/** The scope of a name whose key was another one until 0.2: several names could share that. */
export interface FormerScope {
  readonly former: Scope;
  readonly scope: Scope;
}

const formerScope = (kind: "author" | "tag", { key, name }: Category): readonly FormerScope[] => {
  const former = slugify(name);
  // Not of a key that site.yaml states, nor of one that an older compiler made.
  const isOfName = key === keyOfName(name);
  return isOfName && former !== key && former !== "" ? [{ former: { kind, key: former }, scope: { kind, key } }] : [];
};

/** Those scopes of a story whose key was another one until 0.2. */
export const formerScopesOf = ({ tags, authors }: Item): readonly FormerScope[] => [
  ...tags.flatMap((tag) => formerScope("tag", tag)),
  ...authors.flatMap((author) => formerScope("author", author)),
];
