import type { Element, Nodes } from "hast";
import { visit } from "unist-util-visit";
import { decodePercentEncoding } from "../references/content-path.ts";
import { idPrefix, type Reference, type ReferenceContext, storyUrl, trimReference } from "../references/references.ts";

/** Every id in a tree, `<a name>` included, as it stands there. */
export const idsIn = (tree: Nodes): ReadonlySet<string> => {
  const ids = new Set<string>();
  visit(tree, "element", ({ tagName, properties }: Element) => {
    for (const id of [properties.id, tagName === "a" ? properties.name : undefined]) {
      if (typeof id === "string") ids.add(id);
    }
  });
  return ids;
};

/** Where a link within the story leads, and whether that place exists. */
export interface Fragment extends Reference {
  readonly exists: boolean;
}

/**
 * Reads a reference such as `#note`. Browsers look for an id as it is written and then for the decoded one,
 * and so does this; `#` and `#top` are the page itself. Gives nothing for any other reference.
 */
export const resolveFragment = (
  reference: string,
  base: ReferenceContext,
  ids: ReadonlySet<string>,
): Fragment | undefined => {
  const written = trimReference(reference);
  if (!written.startsWith("#")) return undefined;
  const candidates = [written.slice(1), decodePercentEncoding(written.slice(1))];
  const prefix = idPrefix(base.slug);
  const found = candidates.find((id) => ids.has(prefix + id));
  const id = found ?? candidates[1] ?? "";
  const isTop = found === undefined && (id === "" || id.toLowerCase() === "top");
  return { url: storyUrl(base, base.slug, isTop ? "" : id), exists: isTop || found !== undefined };
};
