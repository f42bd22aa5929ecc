import type { Item } from "../item.ts";
import { scopeName, scopesOf } from "../scope.ts";
import { formerScopesOf } from "./former-scopes.ts";

/**
 * The names under which readers may ask for a story and what comes with it: those of its scopes (but `all`), which they had
 * until 0.2, too, its former slugs as if they were its slug, and the paths of its media files. What has none of these names
 * is missing.
 */
export const namesOf = (item: Item): ReadonlySet<string> =>
  new Set([
    ...scopesOf(item).flatMap((scope) => (scope.kind === "all" ? [] : [scopeName(scope)])),
    ...formerScopesOf(item).map(({ former }) => scopeName(former)),
    ...item.aliases.map((alias) => scopeName({ kind: "article", key: alias })),
    ...item.media,
  ]);
