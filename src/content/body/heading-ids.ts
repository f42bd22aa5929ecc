import type { Root } from "hast";
import { toString as textOf } from "hast-util-to-string";
import { visit } from "unist-util-visit";
import { collectIds } from "./fragment-links.ts";

const HEADING = /^h[1-6]$/;

/** The id that GitHub gives a heading with this text: lower case, hyphens for spaces, no other signs. */
const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{Nd}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");

/**
 * Gives every heading that has none an id made of its text, as GitHub does, with a number where another element has that id
 * already. (The package `github-slugger` does the same with a table of 8 kB in place of `\p{…}`.)
 */
export const addHeadingIds = (tree: Root): void => {
  const taken = new Set(collectIds(tree));
  const counts = new Map<string, number>();
  visit(tree, "element", (heading) => {
    if (!HEADING.test(heading.tagName) || heading.properties.id !== undefined) return;
    const slug = slugOf(textOf(heading).trim());
    if (slug === "") return;
    let count = counts.get(slug) ?? 0;
    let id = count === 0 ? slug : `${slug}-${count}`;
    while (taken.has(id)) id = `${slug}-${++count}`;
    counts.set(slug, count + 1);
    taken.add(id);
    heading.properties.id = id;
  });
};
