import type { Html, PhrasingContent, Root } from "mdast";
import { visit } from "unist-util-visit";

const MEDIA_TAG = /^<(\/?)(audio|object|video)(?=[\s/>])/i;

/** Tags at which HTML ends a paragraph that is open (HTML, "parsing-main-inbody"), and all that stands in it. */
const BLOCK_TAG =
  /^<\/?(?:address|article|aside|blockquote|center|details|dialog|dir|div|dl|fieldset|figcaption|figure|footer|form|h[1-6]|header|hgroup|main|menu|nav|ol|p|pre|search|section|summary|table|ul)(?=[\s/>])/i;

const isHtml = (node: PhrasingContent): node is Html => node.type === "html";

/**
 * Removes the tags of blocks from what films and sounds show where they can't play, if that stands in a paragraph: an HTML parser
 * would end the film there, and the rest would be text of the story. In place.
 */
export const inlineMediaFallback = (tree: Root): void =>
  visit(tree, "paragraph", (paragraph) => {
    let depth = 0;
    const children = paragraph.children.map((child): PhrasingContent => {
      if (!isHtml(child)) return child;
      const [, slash, name] = MEDIA_TAG.exec(child.value) ?? [];
      if (name !== undefined) depth = Math.max(0, depth + (slash === "" ? 1 : -1));
      return depth > 0 && BLOCK_TAG.test(child.value) ? { ...child, type: "text", value: " " } : child;
    });
    if (depth === 0) paragraph.children = children;
  });
