import type { Nodes as Html } from "hast";
import type { Nodes as Markdown } from "mdast";
import { type ComplexityBudget, MAX_NESTING_DEPTH, NESTED_TOO_DEEPLY, TooComplexError } from "./complexity-budget.ts";

// Trees are walked without recursion here, because they may be deeper than the stack is.

/** For each character of a document: what is repeated must also be held, stored and sent. */
const STEPS_PER_CHARACTER = 32;

interface TreeNode<Node> {
  readonly node: Node;
  readonly depth: number;
}

function* walk<Node extends { readonly type: string }>(root: Node, childrenOf: (node: Node) => readonly Node[]) {
  const stack: TreeNode<Node>[] = [{ node: root, depth: 0 }];
  for (let entry = stack.pop(); entry !== undefined; entry = stack.pop()) {
    yield entry;
    const { depth } = entry;
    for (const child of childrenOf(entry.node).toReversed()) stack.push({ node: child, depth: depth + 1 });
  }
}

const markdownChildren = (node: Markdown): readonly Markdown[] => ("children" in node ? node.children : []);

/** Charges for what a Markdown tree grows to as HTML, and refuses one that is nested too deeply. */
export const chargeForMarkdownTree = (tree: Markdown, budget: ComplexityBudget): void => {
  const definitions = new Map<string, number>();
  for (const { node } of walk(tree, markdownChildren)) {
    if (node.type !== "definition" || definitions.has(node.identifier)) continue;
    definitions.set(node.identifier, node.url.length + (node.title?.length ?? 0));
  }
  for (const { node, depth } of walk(tree, markdownChildren)) {
    const offset = node.position?.start.offset ?? 0;
    if (depth > MAX_NESTING_DEPTH) throw new TooComplexError(NESTED_TOO_DEEPLY, offset);
    if (node.type === "list") budget.spend(node.children.length ** 2, offset);
    else if (node.type === "table") budget.spend(1000 * node.children.length * (node.align?.length ?? 1), offset);
    else if (node.type === "footnoteReference") budget.spend(5000, offset);
    else if (node.type === "linkReference" || node.type === "imageReference") {
      budget.spend(STEPS_PER_CHARACTER * (definitions.get(node.identifier) ?? 0), offset);
    }
  }
};

/** What tags cost that are replaced, with a message each. */
const TAG_STEPS: ReadonlyMap<string, number> = new Map(
  ["embed", "iframe", "img", "noscript", "object"].map((name) => [name, 3500]),
);

const VOID_ELEMENTS = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
// Their end tag may be left out: the next one, or the end of their parent, closes them.
const OPTIONAL_END_TAG_ELEMENTS = new Set(
  "caption colgroup dd dt li optgroup option p rp rt tbody td tfoot th thead tr".split(" "),
);
// Left open, these are reopened in every block that follows, with all their attributes.
const FORMATTING_ELEMENTS = new Set("a b big code em font i nobr s small strike strong tt u".split(" "));

/** The tags that raw HTML has left open so far. */
class OpenTags {
  readonly #open = new Map<string, number[]>();
  #depth = 0;
  #formattingCount = 0;
  #formattingLength = 0;

  /** What reopening the formatting elements takes. */
  get steps(): number {
    return 200 * this.#formattingCount + STEPS_PER_CHARACTER * this.#formattingLength;
  }

  get depth(): number {
    return this.#depth;
  }

  open(name: string, length: number): void {
    if (VOID_ELEMENTS.has(name) || OPTIONAL_END_TAG_ELEMENTS.has(name)) return;
    this.#open.set(name, [...(this.#open.get(name) ?? []), length]);
    this.#count(name, 1, length);
  }

  close(name: string): void {
    const length = this.#open.get(name)?.pop();
    if (length !== undefined) this.#count(name, -1, -length);
  }

  #count(name: string, change: number, length: number): void {
    this.#depth += change;
    if (!FORMATTING_ELEMENTS.has(name)) return;
    this.#formattingCount += change;
    this.#formattingLength += length;
  }
}

const htmlChildren = (node: Html): readonly Html[] => ("children" in node ? node.children : []);

/**
 * Charges for parsing a tree that has raw HTML in it, and refuses HTML that is nested too deeply. Tags are recognised
 * only roughly: those in comments and attributes count as well.
 */
export const chargeForHtmlTree = (tree: Html, budget: ComplexityBudget): void => {
  const tags = new OpenTags();
  for (const { node } of walk(tree, htmlChildren)) {
    const offset = node.position?.start.offset ?? 0;
    budget.spend(tags.steps, offset);
    if (node.type !== "raw") continue;
    let end = -1;
    for (const { 1: slash, 2: name = "", index } of node.value.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
      budget.spend((TAG_STEPS.get(name.toLowerCase()) ?? 500) + tags.steps, offset);
      if (end < index) end = node.value.indexOf(">", index);
      if (end < 0) end = node.value.length;
      if (slash === "/") tags.close(name.toLowerCase());
      else tags.open(name.toLowerCase(), end - index);
      if (tags.depth > 2 * MAX_NESTING_DEPTH) throw new TooComplexError(NESTED_TOO_DEEPLY, offset);
    }
  }
};
