import type { Element, Nodes } from "hast";
import { visit } from "unist-util-visit";
import { decodePercentEncoding } from "../references/content-path.ts";
import { idPrefix, ownUrl, type Reference, type ReferenceContext, trimReference } from "../references/references.ts";

/** Every id in a tree, `<a name>` included, with the prefix that it has there. */
export const collectIds = (tree: Nodes): ReadonlySet<string> => {
  const ids = new Set<string>();
  visit(tree, "element", ({ tagName, properties }: Element) => {
    for (const id of [properties.id, tagName === "a" ? properties.name : undefined]) {
      if (typeof id === "string") ids.add(id);
    }
  });
  return ids;
};

/** A resolved link to a place in the same story. */
export interface FragmentLink extends Reference {
  /** Whether the story has that place. */
  readonly exists: boolean;
}

/**
 * Resolves a reference that is a fragment only, such as `#note`; returns undefined for any other. `ids` are those of the
 * story. Like browsers (HTML, "find a potential indicated element"), looks for an id as it is written and then for the
 * decoded one; `#` and `#top` are the page itself.
 */
export const resolveFragmentLink = (
  reference: string,
  context: ReferenceContext,
  ids: ReadonlySet<string>,
): FragmentLink | undefined => {
  const trimmed = trimReference(reference);
  if (!trimmed.startsWith("#")) return undefined;
  const written = trimmed.slice(1);
  const decoded = decodePercentEncoding(written);
  const prefix = idPrefix(context.slug);
  const found = [written, decoded].find((id) => ids.has(prefix + id));
  const id = found ?? decoded;
  const isTop = found === undefined && (id === "" || id.toLowerCase() === "top");
  return { url: ownUrl(context, isTop ? "" : id), exists: isTop || found !== undefined };
};
