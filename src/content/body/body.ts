import type { Nodes, Root } from "hast";
import { raw } from "hast-util-raw";
import { toString as textOf } from "hast-util-to-string";
import type { Root as Markdown } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { type Options as HastOptions, toHast } from "mdast-util-to-hast";
import { gfm } from "micromark-extension-gfm";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { location } from "vfile-location";
import { fill } from "../../model/words/template.ts";
import type { Words } from "../../model/words/words.ts";
import { reportError } from "../messages/messages.ts";
import type { ReferenceContext } from "../references/references.ts";
import { reportIllegalCharacterReferences } from "./checks/character-references.ts";
import { reportMissingAltInHtml, reportMissingAltInMarkdown } from "./checks/missing-alt.ts";
import { reportPlaceholderOrigin } from "./checks/placeholder-origin.ts";
import { reportUnclosedHtml } from "./checks/unclosed-html.ts";
import { ComplexityBudget, NESTED_TOO_DEEPLY, TooComplexError } from "./complexity/complexity-budget.ts";
import { chargeForText, markdownCostExtension } from "./complexity/markdown-cost.ts";

import { chargeForHtmlTree, chargeForMarkdownTree } from "./complexity/tree-cost.ts";
import { firstParagraph } from "./first-paragraph.ts";
import { resolveUrls } from "./resolve-urls.ts";
import { sanitizeHtml } from "./sanitize-html.ts";
import { writeHtml } from "./write-html.ts";

/** A story's body, ready for every format. */
export interface Body {
  /** Sanitised, with absolute URLs. */
  readonly html: string;
  /** The text of the first paragraph that has any, on one line; empty if none has. */
  readonly firstParagraph: string;
  /** Whether there is nothing to read, see or hear. */
  readonly isEmpty: boolean;
  /** Paths below content/ of the media files it uses. */
  readonly media: readonly string[];
}

/** What mdast-util-to-hast would say in English. */
const footnoteWords = ({ footnotes, backToReference }: Words): HastOptions => ({
  footnoteLabel: footnotes,
  // Both count from where they are: footnotes from 0, the references to one from 1.
  footnoteBackLabel: (footnote, reference) => {
    const number = reference > 1 ? `${footnote + 1}-${reference}` : footnote + 1;
    return fill(backToReference, { number });
  },
});

/** Parses Markdown, and the HTML in it, into a tree of HTML elements that is not safe yet. */
const parseMarkdown = (file: VFile, markdown: string, words: Words): Root => {
  const budget = new ComplexityBudget();
  chargeForText(markdown, budget);
  const markdownTree: Markdown = fromMarkdown(markdown, {
    extensions: [gfm(), markdownCostExtension(markdown, budget)],
    mdastExtensions: [gfmFromMarkdown()],
  });
  chargeForMarkdownTree(markdownTree, budget);
  reportUnclosedHtml(file, markdownTree);
  reportMissingAltInMarkdown(file, markdownTree);
  const htmlTree = toHast(markdownTree, { ...footnoteWords(words), allowDangerousHtml: true, clobberPrefix: "" });
  chargeForHtmlTree(htmlTree, budget);
  const tree = raw(htmlTree, { file });
  return tree.type === "root" ? tree : { type: "root", children: [] };
};

/** Gives nodes that are not in the source, such as the links made of bare addresses, the place of their parent. */
const inheritPositions = (tree: Nodes): void =>
  visit(tree, (node, _index, parent) => {
    if (node.position === undefined && parent?.position !== undefined) node.position = parent.position;
  });

const isEmpty = (tree: Nodes): boolean => {
  if (textOf(tree).trim() !== "") return false;
  let hasMedia = false;
  visit(tree, "element", ({ tagName }) => {
    hasMedia ||= ["audio", "img", "video"].includes(tagName);
  });
  return !hasMedia;
};

/**
 * Turns the body of a story (GitHub Flavored Markdown, raw HTML allowed) into safe HTML with absolute URLs.
 * `markdown` is the whole file with its front matter blanked, so that places stay true; `words` are those of the
 * story's language. Returns undefined, and reports an error, for a text that would take too long to parse or is nested
 * too deeply.
 */
export const renderBody = (
  file: VFile,
  markdown: string,
  context: ReferenceContext,
  words: Words,
): Body | undefined => {
  try {
    const tree = sanitizeHtml(file, parseMarkdown(file, markdown, words), context.slug);
    inheritPositions(tree);
    reportIllegalCharacterReferences(file, tree);
    reportMissingAltInHtml(file, tree);
    reportPlaceholderOrigin(file, tree);
    const media = resolveUrls(file, tree, context);
    const html = writeHtml(tree).trim();
    return { html, firstParagraph: firstParagraph(tree), isEmpty: isEmpty(tree), media };
  } catch (error) {
    if (error instanceof TooComplexError) {
      reportError(file, "too-tangled", error.message, location(file).toPoint(error.offset));
    } else if (error instanceof RangeError) {
      // Nested deeper than the stack is.
      reportError(file, "too-tangled", NESTED_TOO_DEEPLY);
    } else throw error;
    return undefined;
  }
};
