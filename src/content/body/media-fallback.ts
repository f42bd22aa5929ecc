import type { Html, Paragraph, PhrasingContent, Root } from "mdast";
import { visit } from "unist-util-visit";

const FALLBACK_TAG = /^<(\/?)(audio|canvas|noscript|object|video)(?=[\s/>])/i;

const FALLBACK_TAG_ANYWHERE = /<(?:audio|canvas|noscript|object|video)(?=[\s/>])/i;

/** Tags at which HTML ends a paragraph that is open (HTML, "parsing-main-inbody"), and all that stands in it. */
const BLOCK_TAG =
  /^<\/?(?:address|article|aside|blockquote|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hgroup|hr|li|listing|main|menu|nav|ol|p|plaintext|pre|search|section|summary|table|ul|xmp)(?=[\s/>])/i;

const TAG = /<(\/?)([a-z][a-z\d]*)(?=[\s/>])(?:[^<>"']|"[^"]*"|'[^']*')*>/gi;

const isHtml = (node: PhrasingContent): node is Html => node.type === "html";

const inlineInParagraph = (paragraph: Paragraph): void => {
  let depth = 0;
  const children = paragraph.children.map((child): PhrasingContent => {
    if (!isHtml(child)) return child;
    const [, slash, name] = FALLBACK_TAG.exec(child.value) ?? [];
    if (name !== undefined) depth = Math.max(0, depth + (slash === "" ? 1 : -1));
    return depth > 0 && BLOCK_TAG.test(child.value) ? { ...child, type: "text", value: " " } : child;
  });
  if (depth === 0) paragraph.children = children;
};

/** The same for a paragraph of raw HTML. Elsewhere, as in a `<figure>`, a film may hold blocks. */
const inlineInHtml = (html: Html): void => {
  let depth = 0;
  let isInParagraph = false;
  html.value = html.value.replace(TAG, (tag: string, slash: string, name: string) => {
    const isBlock = BLOCK_TAG.test(tag);
    if (FALLBACK_TAG.test(tag)) depth = Math.max(0, depth + (slash === "" ? 1 : -1));
    else if (depth > 0) return isInParagraph && isBlock ? " " : tag;
    else if (isBlock) isInParagraph = slash === "" && name.toLowerCase() === "p";
    return tag;
  });
};

/**
 * Removes the tags of blocks from what films, sounds and scripts show where they don't run, if that stands in a paragraph: an HTML
 * parser would end the film there, and the rest would be text of the story. In place.
 */
export const inlineMediaFallback = (tree: Root): void =>
  visit(tree, (node) => {
    if (node.type === "paragraph") inlineInParagraph(node);
    else if (node.type === "html" && FALLBACK_TAG_ANYWHERE.test(node.value)) inlineInHtml(node);
  });
