import type { Element, Root } from "hast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { problem } from "./report.ts";
import { type Base, type Reference, resolve } from "./resolve.ts";
import { LINK_PROTOCOLS, MEDIA_PROTOCOLS } from "./sanitise.ts";

/** The attributes that hold one URL, each with what it may begin with. */
const URL_PROPERTIES = {
  href: LINK_PROTOCOLS,
  src: MEDIA_PROTOCOLS,
  poster: MEDIA_PROTOCOLS,
  cite: MEDIA_PROTOCOLS,
  longDesc: MEDIA_PROTOCOLS,
};

// One candidate of a srcset: a URL that does not end in a comma, then perhaps a width or density.
const CANDIDATE = /\s*([^\s,]\S*[^\s,]|[^\s,])(\s+[^\s,]+)?\s*(?:,|$)/g;

const measure = (element: Element, { media }: Reference): void => {
  if (element.tagName !== "img" || media?.file.width === undefined || media.file.height === undefined) return;
  if (element.properties.width !== undefined || element.properties.height !== undefined) return;
  element.properties.width = media.file.width;
  element.properties.height = media.file.height;
};

/**
 * Makes every URL of the tree absolute, in place, notes each that can't be, and gives pictures of ours their
 * size. Returns the paths of the media files used.
 */
export const absolutise = (file: VFile, tree: Root, base: Base): readonly string[] => {
  const used = new Set<string>();
  const absolute = (value: string, protocols: readonly string[], element: Element): Reference | undefined => {
    const reference = resolve(value, base, protocols);
    if (typeof reference === "string") {
      problem(file, "link", reference, element.position);
      return undefined;
    }
    if (reference.media !== undefined) used.add(reference.media.path);
    return reference;
  };
  visit(tree, "element", (element) => {
    for (const [property, protocols] of Object.entries(URL_PROPERTIES)) {
      const value = element.properties[property];
      if (typeof value !== "string") continue;
      const reference = absolute(value, protocols, element);
      if (reference === undefined) continue;
      element.properties[property] = reference.url;
      if (property === "src") measure(element, reference);
    }
    const { srcSet } = element.properties;
    if (typeof srcSet === "string") {
      const candidates = Array.from(srcSet.matchAll(CANDIDATE), ([, url = "", size = ""]) => {
        const reference = absolute(url, MEDIA_PROTOCOLS, element);
        return `${reference?.url ?? ""}${size}`;
      });
      element.properties.srcSet = candidates.join(", ");
    }
  });
  return [...used];
};
