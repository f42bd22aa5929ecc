import type { Nodes, Root } from "hast";
import { raw } from "hast-util-raw";
import { toHtml } from "hast-util-to-html";
import { toString as textOf } from "hast-util-to-string";
import type { Root as Markdown } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toHast } from "mdast-util-to-hast";
import { gfm } from "micromark-extension-gfm";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { location } from "vfile-location";
import { reportError } from "../messages/messages.ts";
import type { ReferenceContext } from "../references/references.ts";
import { absolutise } from "./absolute-urls.ts";
import { reportIllegalText } from "./checks/illegal-text.ts";
import { reportMissingAlt, reportMissingAlternatives } from "./checks/missing-alt.ts";
import { reportPlaceholder } from "./checks/placeholder.ts";
import { reportUnclosed } from "./checks/unclosed.ts";
import { Effort, TOO_DEEP, TooComplexError } from "./effort/effort.ts";
import { countEffort } from "./effort/markdown-effort.ts";
import { spendOnText } from "./effort/text-effort.ts";
import { spendOnHtml, spendOnMarkdown } from "./effort/tree-effort.ts";
import { firstParagraph } from "./first-paragraph.ts";
import { sanitise } from "./sanitise.ts";

/** A story's body, ready for every format. */
export interface Body {
  readonly html: string;
  /** The text of the first paragraph that has any, on one line; empty where there is none. */
  readonly firstParagraph: string;
  /** Whether there is nothing to read, see or hear. */
  readonly isEmpty: boolean;
  /** Paths of the local media files it uses. */
  readonly media: readonly string[];
}

/** Reads Markdown into a tree of HTML elements that is not safe yet. */
const toTree = (file: VFile, text: string): Root => {
  const effort = new Effort();
  spendOnText(text, effort);
  const markdown: Markdown = fromMarkdown(text, {
    extensions: [gfm(), countEffort(text, effort)],
    mdastExtensions: [gfmFromMarkdown()],
  });
  spendOnMarkdown(markdown, effort);
  reportUnclosed(file, markdown);
  reportMissingAlternatives(file, markdown);
  const html = toHast(markdown, { allowDangerousHtml: true, clobberPrefix: "" });
  spendOnHtml(html, effort);
  const tree = raw(html, { file });
  return tree.type === "root" ? tree : { type: "root", children: [] };
};

/** Gives what was made up on the way, such as links out of bare addresses, the place of what it stands in. */
const inheritPlaces = (tree: Nodes): void =>
  visit(tree, (node, _index, parent) => {
    if (node.position === undefined && parent?.position !== undefined) node.position = parent.position;
  });

/** Whether a tree shows nothing: no text, and nothing to see or hear. */
const isEmpty = (tree: Nodes): boolean => {
  if (textOf(tree).trim() !== "") return false;
  let found = false;
  visit(tree, "element", ({ tagName }) => {
    found ||= ["audio", "img", "video"].includes(tagName);
  });
  return !found;
};

/**
 * Turns the body of a story (GitHub Flavored Markdown, raw HTML allowed) into safe HTML with absolute
 * URLs. `text` is the whole file with its front matter blanked, so that places stay true. Gives nothing
 * for a text that is too tangled to read.
 */
export const renderBody = (file: VFile, text: string, base: ReferenceContext): Body | undefined => {
  try {
    const safe = sanitise(file, toTree(file, text), base.slug);
    inheritPlaces(safe);
    reportIllegalText(file, safe);
    reportMissingAlt(file, safe);
    reportPlaceholder(file, safe);
    const media = absolutise(file, safe, base);
    // A carriage return can only come from &#13;, and whoever reads HTML makes it a line feed (§13.2.3.5).
    const html = toHtml(safe).replace(/\r\n?/g, "\n").trim();
    return { html, firstParagraph: firstParagraph(safe), isEmpty: isEmpty(safe), media };
  } catch (error) {
    if (error instanceof TooComplexError) {
      reportError(file, "too-tangled", error.message, location(file).toPoint(error.offset));
    } else if (error instanceof RangeError) reportError(file, "too-tangled", TOO_DEEP);
    else throw error;
    return undefined;
  }
};
