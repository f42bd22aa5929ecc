import type { Nodes, Root } from "hast";
import { raw } from "hast-util-raw";
import type { Root as Markdown } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { type Options as HastOptions, toHast } from "mdast-util-to-hast";
import { gfm } from "micromark-extension-gfm";
import { EXIT, SKIP, visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { location } from "vfile-location";
import { plainText } from "../../lib/plain-text.ts";
import { fill } from "../../model/words/template.ts";
import type { Words } from "../../model/words/words.ts";
import { reportError } from "../messages/messages.ts";
import type { ReferenceContext } from "../references/references.ts";
import { shorten } from "../story/shorten.ts";
import { isVisible } from "../visible-text.ts";
import { renderAlerts } from "./alerts.ts";
import { type WrittenBlocks, writeBlocks } from "./blocks/blocks.ts";
import { reportAccidentalMarkdown } from "./checks/accidental-markdown.ts";
import { reportUnsureAddressEnds } from "./checks/address-end.ts";
import { reportCharacterReferences } from "./checks/character-references.ts";
import { reportForeignSyntax } from "./checks/foreign-syntax.ts";
import { reportLostMarkdown } from "./checks/lost-markdown.ts";
import { reportMissingAddresses } from "./checks/missing-address.ts";
import { reportMissingAltInHtml, reportMissingAltInMarkdown } from "./checks/missing-alt.ts";
import { reportPlaceholderOrigin } from "./checks/placeholder-origin.ts";
import { reportOpenElements, reportUnclosedHtml } from "./checks/unclosed-html.ts";
import { cjkMarkdown } from "./cjk-markdown.ts";
import { replaceFrames } from "./frames.ts";
import { addHeadingIds } from "./heading-ids.ts";
import { removeHidden } from "./hidden.ts";
import { restoreLazyMedia } from "./lazy-media.ts";
import { markAsides } from "./lead/asides.ts";
import { findLead, type Lead } from "./lead/lead.ts";
import { BodyLimitError, NESTED_TOO_DEEPLY } from "./limits/body-limits.ts";
import { limitElements, limitHtmlDepth } from "./limits/html-limits.ts";
import { limitMarkdownTree, limitText, markdownLimits } from "./limits/markdown-limits.ts";
import { inlineMediaFallback } from "./media-fallback.ts";
import { repeatFirstLineFeeds, repeatFirstLineFeedsOfCode } from "./pre-lines.ts";
import { hasMedia, removeEmptyMedia } from "./remove-empty-media.ts";
import { resolveUrls } from "./resolve-urls.ts";
import { sanitizeHtml } from "./sanitize-html.ts";
import { writeMarkdown } from "./write-markdown.ts";

/** A story's body, ready for every format. */
export interface Body extends Lead, WrittenBlocks {
  /** How the text begins, as plain text of one line: `MAX_OPENING_LENGTH` UTF-16 units at most, with an ellipsis if it goes on. */
  readonly opening: string;
  /** The text as Markdown, where site.yaml wants it. */
  readonly markdown?: string;
  /** Whether there is nothing to read, see or hear. */
  readonly isEmpty: boolean;
  /** Paths below content/ of the media files it uses. */
  readonly media: readonly string[];
}

/** UTF-16 units: partners that want a longer description than a summary want 300. */
const MAX_OPENING_LENGTH = 400;

/** GitHub's, but for a single `~`, which is a sign as any other: ~50 is about fifty. */
const GITHUB_MARKDOWN = gfm({ singleTilde: false });

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
  limitText(markdown);
  const markdownTree: Markdown = fromMarkdown(markdown, {
    extensions: [GITHUB_MARKDOWN, cjkMarkdown(markdown, GITHUB_MARKDOWN), markdownLimits(markdown)],
    mdastExtensions: [gfmFromMarkdown()],
  });
  limitMarkdownTree(markdownTree);
  const isUnclosed = reportUnclosedHtml(file, markdownTree);
  reportMissingAltInMarkdown(file, markdownTree);
  reportForeignSyntax(file, markdownTree);
  reportAccidentalMarkdown(file, markdownTree);
  reportLostMarkdown(file, markdownTree);
  reportUnsureAddressEnds(file, markdownTree);
  inlineMediaFallback(markdownTree);
  const htmlTree = toHast(markdownTree, { ...footnoteWords(words), allowDangerousHtml: true, clobberPrefix: "" });
  if (htmlTree.type !== "root") return { type: "root", children: [] };
  repeatFirstLineFeedsOfCode(htmlTree);
  const tree = limitElements(htmlTree, () => raw(htmlTree, { file }));
  limitHtmlDepth(tree);
  if (!isUnclosed) reportOpenElements(file, markdownTree);
  return tree.type === "root" ? tree : { type: "root", children: [] };
};

/** Gives nodes that are not in the source, such as the links made of bare addresses, the place of their parent. */
const inheritPositions = (tree: Nodes): void =>
  visit(tree, (node, _index, parent) => {
    if (node.position === undefined && parent?.position !== undefined) node.position = parent.position;
  });

/** Whether readers see text: what films and sounds show where they can't play is none. */
const hasText = (tree: Nodes): boolean => {
  let found = false;
  visit(tree, (node) => {
    if (node.type === "element" && (node.tagName === "audio" || node.tagName === "video")) return SKIP;
    found ||= node.type === "text" && isVisible(node.value);
    return found ? EXIT : undefined;
  });
  return found;
};

/**
 * Turns the body of a story (GitHub Flavored Markdown, raw HTML allowed) into safe HTML with absolute URLs.
 * `markdown` is the whole file with its front matter blanked, so that places stay true; `language` is the story's, and `words`
 * are those of it. Returns undefined, and reports an error, for a text that would take too long to parse or is nested too
 * deeply.
 */
export const renderBody = (
  file: VFile,
  markdown: string,
  context: ReferenceContext,
  language: string,
  words: Words,
): Body | undefined => {
  try {
    const source = parseMarkdown(file, markdown, words);
    restoreLazyMedia(file, source);
    removeHidden(file, source);
    replaceFrames(file, source);
    markAsides(source);
    renderAlerts(source, markdown, words);
    addHeadingIds(source);
    const tree = sanitizeHtml(file, source, context.slug);
    inheritPositions(tree);
    reportCharacterReferences(file, tree);
    reportMissingAltInHtml(file, tree);
    reportMissingAddresses(file, tree);
    const media = resolveUrls(file, tree, context);
    const isEmpty = !hasText(tree) && !hasMedia(tree);
    removeEmptyMedia(tree);
    const lead = findLead(tree, language);
    reportPlaceholderOrigin(file, tree, lead);
    // Before line feeds are repeated, which is for those who parse HTML.
    const asMarkdown = context.channel.markdown === true ? { markdown: writeMarkdown(tree) } : {};
    repeatFirstLineFeeds(tree);
    const opening = shorten(plainText(tree, { language, withoutPictures: true }), MAX_OPENING_LENGTH);
    return { ...writeBlocks(tree), ...lead, ...asMarkdown, opening, isEmpty, media };
  } catch (error) {
    if (error instanceof BodyLimitError) {
      reportError(file, "too-tangled", error.message, location(file).toPoint(error.offset));
    } else if (error instanceof RangeError) {
      // Nested deeper than the stack is.
      reportError(file, "too-tangled", NESTED_TOO_DEEPLY);
    } else throw error;
    return undefined;
  }
};
