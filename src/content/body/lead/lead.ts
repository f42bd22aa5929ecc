import type { Element, ElementContent, Nodes } from "hast";
import { type PlainTextOptions, plainText } from "../../../lib/plain-text.ts";
import { isAlert } from "../alerts.ts";
import { isForeignSyntax } from "../checks/foreign-syntax.ts";
import { isFrameLink } from "../frames.ts";
import { isAside } from "./asides.ts";
import { isDateLine } from "./date-line.ts";

/** What stands for the text of a story where there is no room for all of it. Plain text, one line each. */
export interface Lead {
  /** The first paragraph; without one the first list, or the first quotation. Empty if there is none of these. */
  readonly lead: string;
  /** The lead; without one whatever words the story has, such as the text of its picture. Empty if it has none. */
  readonly words: string;
}

/** Nodes that are read as one paragraph, with what stands before them. */
interface Paragraph {
  readonly nodes: readonly Nodes[];
  readonly isAfterPicture: boolean;
}

/** Elements that only group what they hold. */
const WRAPPERS = new Set(["article", "body", "center", "div", "main", "section"]);

/** Elements that are no part of a paragraph's text. */
const BLOCKS = new Set([
  ..."address aside audio blockquote details dl figcaption figure h1 h2 h3 h4 h5 h6 hr ol p picture pre table ul video".split(
    " ",
  ),
  ...WRAPPERS,
]);

const SUMMARY = new Set(["summary"]);
const LISTS = new Set(["dl", "ol", "ul"]);
const CAPTION_ELEMENTS = new Set(["cite", "em", "i", "small"]);
const MEDIA_ELEMENTS = new Set(["audio", "figure", "img", "picture", "video"]);

const CREDIT =
  /^(?:©|\(c\)|(?:photos?|foto(?:graf(?:ie|ía|ia))?|image|picture|bild|credits?|crédits?|illustration|graphic|grafik|фото|写真|图|圖)(?:\s+\p{L}+)?\s*[:：/©]|(?:fig(?:ure|ura|\.)?|abb(?:ildung|\.)?|image|photo|bild|рис\.?|図|图)\s*\d+)/iu;

// A sentence may be a single address; a paragraph of addresses alone says nothing.
const ADDRESS = /^(?:[a-z][a-z\d+.-]*:\S+|www\.\S+|\S+@\S+\.\S+|(?:[\p{L}\d-]+\.)+\p{L}{2,}(?:[/?#]\S*)?)$/iu;

/** UTF-16 units: to see that a longer word is no address would take quadratic time. */
const MAX_ADDRESS_LENGTH = 2000;

const WORD = /[\p{L}\p{N}]/u;

const childrenOf = (node: Nodes): readonly Nodes[] => ("children" in node ? node.children : []);

const isElement = (node: Nodes | undefined, names: ReadonlySet<string>): node is Element =>
  node?.type === "element" && names.has(node.tagName);

const isElementContent = (node: Nodes): node is ElementContent => node.type !== "root" && node.type !== "doctype";

const isBlank = (node: Nodes): boolean => node.type === "text" && node.value.trim() === "";

const isBreak = (node: Nodes | undefined): boolean => node?.type === "element" && node.tagName === "br";

const isFootnotes = ({ properties }: Element): boolean => properties.dataFootnotes !== undefined;

const someNode = (nodes: readonly Nodes[], test: (node: Nodes) => boolean): boolean =>
  nodes.some((node) => test(node) || someNode(childrenOf(node), test));

const holdsMedia = (nodes: readonly Nodes[]): boolean => someNode(nodes, (node) => isElement(node, MEDIA_ELEMENTS));

/** Whether all text of some nodes stands in elements that pass the test. */
const isAllInside = (nodes: readonly Nodes[], test: (element: Element) => boolean): boolean =>
  nodes.every((node) => {
    if (node.type === "text") return !WORD.test(node.value);
    return node.type !== "element" || test(node) || isAllInside(node.children, test);
  });

/** Splits a paragraph where two line breaks follow each other, as in text that came out of other systems. */
const splitAtBreaks = (nodes: readonly Nodes[]): readonly (readonly Nodes[])[] => {
  const parts: Nodes[][] = [[]];
  let breaks = 0;
  for (const node of nodes) {
    breaks = isBreak(node) ? breaks + 1 : isBlank(node) ? breaks : 0;
    if (breaks === 2) parts.push([]);
    else parts.at(-1)?.push(node);
  }
  return parts;
};

/** A block that is no paragraph, or a paragraph. */
type Block = Element | readonly Nodes[];

/** The blocks of a story's text in order, without those that stand inside others than wrappers. */
function* blocksOf(parent: Nodes): Generator<Block> {
  let run: Nodes[] = [];
  for (const child of childrenOf(parent)) {
    if (!isElement(child, BLOCKS)) {
      run.push(child);
      continue;
    }
    yield* splitAtBreaks(run);
    run = [];
    if (isAside(child)) yield child;
    else if (child.tagName === "p") yield* splitAtBreaks(child.children);
    else if (WRAPPERS.has(child.tagName) && !isFootnotes(child)) yield* blocksOf(child);
    else if (child.tagName === "details" && child.properties.open) {
      yield* blocksOf({
        type: "root",
        children: child.children.filter((one) => !isElement(one, SUMMARY)),
      });
    } else if (!isFootnotes(child)) yield child;
  }
  yield* splitAtBreaks(run);
}

const isParagraph = (block: Block): block is readonly Nodes[] => Array.isArray(block);

const isCaption = ({ nodes, isAfterPicture }: Paragraph, text: string): boolean => {
  const hasPicture = holdsMedia(nodes);
  if (!isAfterPicture && !hasPicture) return false;
  return CREDIT.test(text) || isAllInside(nodes, ({ tagName }) => CAPTION_ELEMENTS.has(tagName));
};

const isAddressOnly = (text: string): boolean =>
  text.split(/\s+/).every((token) => !WORD.test(token) || (token.length <= MAX_ADDRESS_LENGTH && ADDRESS.test(token)));

const isIllustration = (node: Nodes): boolean =>
  isBlank(node) || isBreak(node) || (holdsMedia([node]) && !someNode([node], isWord));

const isWord = (node: Nodes): boolean => node.type === "text" && WORD.test(node.value);

/** A paragraph without the pictures before and after its text: only those within it are read as words. */
const withoutIllustrations = (nodes: readonly Nodes[]): readonly Nodes[] => {
  const first = nodes.findIndex((node) => !isIllustration(node));
  return first < 0 ? [] : nodes.slice(first, nodes.findLastIndex((node) => !isIllustration(node)) + 1);
};

const textOf = (nodes: readonly Nodes[], options: PlainTextOptions): string =>
  plainText({ type: "element", tagName: "p", properties: {}, children: nodes.filter(isElementContent) }, options);

/** Whether a text has no words of the story itself: it is an address, a sign, or for a program. */
const isWordless = (text: string): boolean => !WORD.test(text) || isAddressOnly(text) || isForeignSyntax(text);

/** The text of a list or a quotation, if it has words. */
const blockText = (block: Element, language: string): string => {
  const isWithout =
    isWordless(plainText(block, { language, withoutPictures: true })) || isAllInside([block], isFrameLink);
  return isWithout ? "" : plainText(block, { language });
};

/** The text of a paragraph if it can be the lead: words of the story itself, not of a picture, a film or a program. */
const leadOf = (paragraph: Paragraph, language: string): string => {
  const { nodes } = paragraph;
  const words = textOf(nodes, { language, withoutPictures: true });
  if (isWordless(words) || isDateLine(words) || isAllInside(nodes, isFrameLink) || isCaption(paragraph, words))
    return "";
  return textOf(withoutIllustrations(nodes), { language });
};

/** Whether a list only leads to places further down. */
const isContents = (list: Element): boolean =>
  isAllInside(list.children, ({ tagName, properties }) => tagName === "a" && String(properties.href).includes("#"));

const withoutFootnotes = (tree: Nodes): Nodes =>
  tree.type === "root"
    ? { ...tree, children: tree.children.filter((node) => node.type !== "element" || !isFootnotes(node)) }
    : tree;

/**
 * What stands for the text of a story: the first paragraph that is text of its own, at the top or in elements that only group.
 * Never a note, a caption, a closed fold, an aside, an alert, what a film shows where it can't play, nor a paragraph that is
 * only an address, a date, emoji or a picture. `language` is the story's.
 */
export const findLead = (tree: Nodes, language: string): Lead => {
  const blocks = [...blocksOf(tree)];
  let isAfterPicture = false;
  let lead = "";
  for (const block of blocks) {
    if (isParagraph(block)) {
      if (block.every(isBlank)) continue;
      lead = leadOf({ nodes: block, isAfterPicture }, language);
      if (lead !== "") break;
    }
    isAfterPicture = holdsMedia(isParagraph(block) ? block : [block]);
  }
  const elements = blocks.filter((block): block is Element => !isParagraph(block) && !isAside(block));
  const fallbacks = [
    ...elements.filter((element) => LISTS.has(element.tagName) && !isContents(element)),
    ...elements.filter((element) => element.tagName === "blockquote" && !isAlert(element)),
  ];
  for (const element of fallbacks) lead ||= blockText(element, language);
  return { lead, words: lead || plainText(withoutFootnotes(tree), { language }) || plainText(tree, { language }) };
};
