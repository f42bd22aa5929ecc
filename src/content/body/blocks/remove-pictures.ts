import type { Element, Nodes, Root, RootContent } from "hast";
import { toString as textOf } from "hast-util-to-string";
import { SKIP, visit } from "unist-util-visit";
import { withoutFragment } from "../../media/undistributable.ts";
import { isVisible } from "../../visible-text.ts";
import { parseSrcset, serializeSrcset } from "../srcset.ts";

const MEDIA = new Set(["audio", "embed", "img", "source", "track", "video"]);

/** What shows nothing without the media in it. */
const HOLDERS = new Set(["a", "audio", "center", "div", "figure", "p", "picture", "span", "video"]);

const hasMedia = (node: Nodes): boolean => {
  let found = false;
  visit(node, "element", ({ tagName }) => {
    found ||= tagName === "img" || tagName === "audio" || tagName === "video";
  });
  return found;
};

/** Takes addresses out of an element's `srcset` and `poster`. Returns whether its own address is one of them. */
const loseAddresses = ({ properties }: Element, urls: ReadonlySet<string>): boolean => {
  const { src, poster, srcSet } = properties;
  if (typeof poster === "string" && urls.has(withoutFragment(poster))) delete properties.poster;
  if (typeof srcSet === "string") {
    const candidates = parseSrcset(srcSet);
    const others = candidates.filter(({ url }) => !urls.has(withoutFragment(url)));
    if (others.length === 0) delete properties.srcSet;
    else if (others.length < candidates.length) properties.srcSet = serializeSrcset(others);
    // Of a <source> in a <picture> nothing is left.
    if (others.length === 0 && src === undefined) return true;
  }
  return typeof src === "string" && urls.has(withoutFragment(src));
};

/** Whether nothing is left in an element whose media were removed: a caption alone is none. */
const isEmpty = (element: Element): boolean => {
  if (hasMedia(element)) return element.tagName === "picture" && !element.children.some((child) => hasMedia(child));
  return element.tagName === "figure" || element.tagName === "picture" || !isVisible(textOf(element));
};

/** Removes media with some addresses below a node, and what shows nothing without them. Returns whether there were any. */
const removeBelow = (parent: Root | Element, urls: ReadonlySet<string>): boolean => {
  let isChanged = false;
  parent.children = parent.children.flatMap((child): readonly RootContent[] => {
    if (child.type !== "element") return [child];
    if (MEDIA.has(child.tagName) && loseAddresses(child, urls)) {
      isChanged = true;
      return [];
    }
    const hadPlayer = child.tagName === "audio" || child.tagName === "video";
    if (!removeBelow(child, urls)) return [child];
    isChanged = true;
    const isPlayerEmpty =
      hadPlayer &&
      child.properties.src === undefined &&
      !child.children.some((one) => one.type === "element" && one.tagName === "source");
    return isPlayerEmpty || (HOLDERS.has(child.tagName) && !hadPlayer && isEmpty(child)) ? [] : [child];
  }) as typeof parent.children;
  return isChanged;
};

/** Whether a node shows one of some addresses. */
const shows = (node: Nodes, urls: ReadonlySet<string>): boolean => {
  let found = false;
  visit(node, "element", ({ properties: { src, poster, srcSet } }) => {
    const addresses = [src, poster].filter((value) => typeof value === "string");
    const candidates = typeof srcSet === "string" ? parseSrcset(srcSet).map(({ url }) => url) : [];
    found ||= [...addresses, ...candidates].some((url) => urls.has(withoutFragment(url)));
    return found ? SKIP : undefined;
  });
  return found;
};

/**
 * A copy of a block without the pictures, films and sounds that have one of some addresses, and without what shows nothing without
 * them: a figure goes with its caption. The block itself, if it shows none of them.
 */
export const withoutMedia = (block: RootContent, urls: ReadonlySet<string>): Root => {
  if (urls.size === 0 || !shows(block, urls)) return { type: "root", children: [block] };
  const root: Root = { type: "root", children: [structuredClone(block)] };
  removeBelow(root, urls);
  return root;
};
