import type { Element, ElementContent, Root, Text } from "hast";
import { visit } from "unist-util-visit";
import type { Words } from "../../model/words/words.ts";

declare module "hast" {
  interface ElementData {
    /** Whether this quotation is an alert. */
    readonly isAlert?: boolean;
  }
}

/** The kinds of alerts that GitHub knows. */
const KINDS = ["note", "tip", "important", "warning", "caution"] as const;

type AlertKind = (typeof KINDS)[number];

/** What a quotation begins with that is an alert. */
export const ALERT_MARKER = /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)/i;

const firstElement = ({ children }: Element): Element | undefined =>
  children.find((child): child is Element => child.type === "element");

/** The kind of alert that the first text of a quotation names. An escaped `\[!NOTE]` names none: it is text in the source, too. */
const kindOf = (text: Text, source: string): AlertKind | undefined => {
  const start = text.position?.start.offset;
  if (start === undefined || !source.startsWith("[!", start)) return undefined;
  const name = ALERT_MARKER.exec(text.value)?.[1]?.toLowerCase();
  return KINDS.find((kind) => kind === name);
};

const heading = (word: string): Element => ({
  type: "element",
  tagName: "p",
  properties: {},
  children: [{ type: "element", tagName: "strong", properties: {}, children: [{ type: "text", value: word }] }],
});

const withoutMarker = (paragraph: Element, text: Text): readonly ElementContent[] => {
  const rest = text.value.replace(ALERT_MARKER, "");
  const [, ...others] = paragraph.children;
  // A line that ends with two spaces is followed by <br>.
  const [first, ...more] = others;
  if (rest === "" && first?.type === "element" && first.tagName === "br") {
    const [line, ...lines] = more;
    return line?.type === "text" ? [{ ...line, value: line.value.replace(/^\n/, "") }, ...lines] : more;
  }
  return rest === "" ? others : [{ ...text, value: rest }, ...others];
};

/**
 * Makes GitHub's alerts of quotations that begin with a line such as `[!NOTE]`: the word for it stands above the text, in bold,
 * so that it says in any reader what the colour says on GitHub. `source` is the text that the tree's places count in.
 */
export const renderAlerts = (tree: Root, source: string, words: Pick<Words, AlertKind>): void =>
  visit(tree, "element", (quotation) => {
    if (quotation.tagName !== "blockquote") return;
    const paragraph = firstElement(quotation);
    const text = paragraph?.children[0];
    if (paragraph?.tagName !== "p" || text?.type !== "text") return;
    const kind = kindOf(text, source);
    if (kind === undefined) return;
    paragraph.children = [...withoutMarker(paragraph, text)];
    const index = quotation.children.indexOf(paragraph);
    const isEmptied = paragraph.children.length === 0;
    quotation.children.splice(
      index,
      isEmptied ? 1 : 0,
      heading(words[kind]),
      ...(isEmptied ? [] : [{ type: "text", value: "\n" } as const]),
    );
    quotation.data = { ...quotation.data, isAlert: true };
  });

/** Whether an element is an alert. */
export const isAlert = ({ data }: Element): boolean => data?.isAlert === true;
