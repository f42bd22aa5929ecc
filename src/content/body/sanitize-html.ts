import type { Element, Nodes, Root } from "hast";
import { sanitize } from "hast-util-sanitize";
import { SKIP, visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { quote, reportWarning } from "../messages/messages.ts";
import { idPrefix } from "../references/references.ts";
import { allowedHtml, REPLACED_BLOCKS, STRIPPED_ELEMENTS } from "./allowed-html.ts";

declare module "hast" {
  interface ElementData {
    /** The name that stood where a block of `REPLACED_BLOCKS` is now another. */
    readonly replacedName?: string;
  }
}

/** What to do instead of an element that was removed. */
const ADVICE: ReadonlyMap<string, string> = new Map([
  ["math", " Write the formula as text, or add a picture of it."],
  ["svg", " Save the picture in content/media."],
]);

/** Elements of HTML, former ones too, that stories can't hold; what is none of these is of another system. */
const FORBIDDEN_ELEMENTS = new Set([
  ..."acronym applet area article base basefont bgsound big blink body button canvas center datalist data dialog dir embed".split(
    " ",
  ),
  ..."fieldset font footer form frame frameset head header hgroup html iframe input keygen label legend link main map marquee".split(
    " ",
  ),
  ..."math menu meta meter nav nobr noembed noframes noscript object optgroup option output param plaintext portal progress".split(
    " ",
  ),
  ..."rb rtc script search select selectedcontent slot style svg template textarea title xmp".split(" "),
]);

const adviceFor = (tagName: string): string =>
  ADVICE.get(tagName) ??
  (FORBIDDEN_ELEMENTS.has(tagName) ? "" : " It is none of HTML: put a link, or HTML, in its place.");

// The HTML parser adds these to a story that begins with one of them.
const IMPLIED_ELEMENTS = new Set(["html", "head", "body"]);

// The sanitiser makes every <input> a checkbox, as those of task lists are; others must be removed before.
const removeInputs = (file: VFile, tree: Root): void =>
  visit(tree, "element", ({ tagName, properties, position }, index, parent) => {
    if (tagName !== "input" || properties.type === "checkbox" || index === undefined) return undefined;
    parent?.children.splice(index, 1);
    reportWarning(file, "removed", "<input> is not allowed in a feed and was removed.", position);
    return index;
  });

const replaceBlocks = (tree: Root): void =>
  visit(tree, "element", (element) => {
    const { tagName } = element;
    const replacement = REPLACED_BLOCKS.get(tagName);
    if (replacement === undefined) return;
    element.data = { ...element.data, replacedName: tagName };
    element.tagName = replacement;
  });

/** Identifies an element before and after sanitising; undefined for one that is not in the source. */
const elementKey = ({ tagName, position }: Element): string | undefined =>
  position === undefined ? undefined : `${position.start.line}:${position.start.column}:${tagName}`;

/** The name of an attribute in HTML: `className` is `class`, `dataId` is `data-id`. */
const attributeName = (property: string): string => {
  if (property === "className") return "class";
  if (property === "htmlFor") return "for";
  if (/^(aria|data)[A-Z]/.test(property)) return property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return property.toLowerCase();
};

/** Warns of every element and attribute of the source that is not in the safe tree. */
const reportRemoved = (file: VFile, source: Nodes, safe: Nodes): void => {
  const safeElements = new Map<string | undefined, Element>();
  visit(safe, "element", (element) => {
    safeElements.set(elementKey(element), element);
  });
  visit(source, "element", (element) => {
    const { properties, position, data } = element;
    const tagName = data?.replacedName ?? element.tagName;
    const key = elementKey(element);
    if (key === undefined || IMPLIED_ELEMENTS.has(tagName)) return undefined;
    const safeElement = data?.replacedName === undefined ? safeElements.get(key) : undefined;
    if (safeElement === undefined) {
      const isStripped = STRIPPED_ELEMENTS.includes(tagName);
      const extent = isStripped ? " with all it holds" : element.children.length > 0 ? "; its text stays" : "";
      const reason = `<${tagName}> is not allowed in a feed and was removed${extent}.${adviceFor(tagName)}`;
      reportWarning(file, "removed", reason, position);
      return isStripped ? SKIP : undefined;
    }
    for (const property of Object.keys(properties)) {
      if (Object.hasOwn(safeElement.properties, property)) continue;
      const name = quote(attributeName(property));
      const reason = `The attribute ${name} of <${tagName}> is not allowed in a feed and was removed.`;
      reportWarning(file, "removed", reason, position);
    }
    return undefined;
  });
};

/**
 * Reduces a tree to the HTML that stories may hold (`allowedHtml`), without scripts, styles, frames and event handlers,
 * and warns of everything that is removed. Every id gets the prefix of the story's slug.
 */
export const sanitizeHtml = (file: VFile, tree: Root, slug: string): Nodes => {
  removeInputs(file, tree);
  replaceBlocks(tree);
  const safe = sanitize(tree, { ...allowedHtml, clobberPrefix: idPrefix(slug) });
  reportRemoved(file, tree, safe);
  return safe;
};
