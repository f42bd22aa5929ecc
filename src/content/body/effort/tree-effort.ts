import type { Nodes as Html } from "hast";
import type { Nodes as Markdown } from "mdast";
import { type Effort, MAX_DEPTH, TOO_DEEP, TooComplexError } from "./effort.ts";

// Trees are walked without recursion here, because they may be deeper than the stack is.

/** Steps for each character of a document: what is repeated must also be held, stored and sent. */
const CHARACTER = 32;

interface Step<Node> {
  readonly node: Node;
  readonly depth: number;
}

function* walk<Node extends { readonly type: string }>(root: Node, childrenOf: (node: Node) => readonly Node[]) {
  const stack: Step<Node>[] = [{ node: root, depth: 0 }];
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    yield step;
    const { depth } = step;
    for (const child of childrenOf(step.node).toReversed()) stack.push({ node: child, depth: depth + 1 });
  }
}

const markdownChildren = (node: Markdown): readonly Markdown[] => ("children" in node ? node.children : []);

/** Counts what a Markdown tree grows to as HTML, and refuses one that is nested too deeply. */
export const spendOnMarkdown = (tree: Markdown, effort: Effort): void => {
  const definitions = new Map<string, number>();
  for (const { node } of walk(tree, markdownChildren)) {
    if (node.type !== "definition" || definitions.has(node.identifier)) continue;
    definitions.set(node.identifier, node.url.length + (node.title?.length ?? 0));
  }
  for (const { node, depth } of walk(tree, markdownChildren)) {
    const offset = node.position?.start.offset ?? 0;
    if (depth > MAX_DEPTH) throw new TooComplexError(TOO_DEEP, offset);
    if (node.type === "list") effort.spend(node.children.length ** 2, offset);
    else if (node.type === "table") effort.spend(1000 * node.children.length * (node.align?.length ?? 1), offset);
    else if (node.type === "footnoteReference") effort.spend(5000, offset);
    else if (node.type === "linkReference" || node.type === "imageReference") {
      effort.spend(CHARACTER * (definitions.get(node.identifier) ?? 0), offset);
    }
  }
};

const VOID = new Set([
  ...["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"],
]);
// Their end may be left out: the next one, or the end of what they stand in, closes them.
const SELF_ENDING = new Set([
  ...["caption", "colgroup", "dd", "dt", "li", "optgroup", "option", "p", "rp", "rt", "tbody", "td", "tfoot", "th"],
  ...["thead", "tr"],
]);
// Left open, these are opened anew in every block that follows, with all their attributes.
const FORMATTING = new Set([
  ...["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"],
]);

/** The tags that raw HTML has left open so far. */
class OpenTags {
  readonly #open = new Map<string, number[]>();
  #depth = 0;
  #formatting = 0;
  #length = 0;

  /** What opening the formatting ones anew takes. */
  get steps(): number {
    return 200 * this.#formatting + CHARACTER * this.#length;
  }

  get depth(): number {
    return this.#depth;
  }

  open(name: string, length: number): void {
    if (VOID.has(name) || SELF_ENDING.has(name)) return;
    this.#open.set(name, [...(this.#open.get(name) ?? []), length]);
    this.#count(name, 1, length);
  }

  close(name: string): void {
    const length = this.#open.get(name)?.pop();
    if (length !== undefined) this.#count(name, -1, -length);
  }

  #count(name: string, change: number, length: number): void {
    this.#depth += change;
    if (!FORMATTING.has(name)) return;
    this.#formatting += change;
    this.#length += length;
  }
}

const htmlChildren = (node: Html): readonly Html[] => ("children" in node ? node.children : []);

/**
 * Counts the work of parsing a tree with raw HTML in it, and refuses HTML that is nested too deeply. Tags are
 * only looked for roughly: those in comments and attributes count as well.
 */
export const spendOnHtml = (tree: Html, effort: Effort): void => {
  const tags = new OpenTags();
  for (const { node } of walk(tree, htmlChildren)) {
    const offset = node.position?.start.offset ?? 0;
    effort.spend(tags.steps, offset);
    if (node.type !== "raw") continue;
    let end = -1;
    for (const { 1: slash, 2: name = "", index } of node.value.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
      effort.spend(500 + tags.steps, offset);
      if (end < index) end = node.value.indexOf(">", index);
      if (end < 0) end = node.value.length;
      if (slash === "/") tags.close(name.toLowerCase());
      else tags.open(name.toLowerCase(), end - index);
      if (tags.depth > 2 * MAX_DEPTH) throw new TooComplexError(TOO_DEEP, offset);
    }
  }
};
