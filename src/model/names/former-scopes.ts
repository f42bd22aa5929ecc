import type { Category, Item } from "../item.ts";
import type { Scope } from "../scope.ts";
import { keyOfName } from "./name-key.ts";
import { slugify } from "./slugify.ts";

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
