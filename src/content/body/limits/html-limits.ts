import type { Element, Nodes, Root } from "hast";
import { defaultTreeAdapter } from "parse5";
import { EXIT, visit } from "unist-util-visit";
import { visitParents } from "unist-util-visit-parents";
import { quote } from "../../messages/messages.ts";
import { BodyLimitError, MAX_ELEMENTS, MAX_NESTING_DEPTH, NESTED_TOO_DEEPLY } from "./body-limits.ts";

// What HTML opens again where it was left open (WHATWG HTML §13.2.4.3: the list of active formatting elements).
const FORMATTING_TAG = /<(\/?)(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])/gi;

/** The formatting element that raw HTML leaves open most often, and where it does so first: for a message only. */
const findUnclosed = (tree: Root): { readonly name: string; readonly offset: number } | undefined => {
  const open = new Map<string, number[]>();
  visit(tree, "raw", ({ value, position }) => {
    for (const [, slash, name = ""] of value.matchAll(FORMATTING_TAG)) {
      const offsets = open.get(name.toLowerCase()) ?? [];
      open.set(name.toLowerCase(), offsets);
      if (slash === "/") offsets.pop();
      else offsets.push(position?.start.offset ?? 0);
    }
  });
  const [name, offsets] = [...open].sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  return name === undefined || offsets?.[0] === undefined ? undefined : { name, offset: offsets[0] };
};

const firstRawOffset = (tree: Root): number => {
  let offset = 0;
  visit(tree, "raw", ({ position }) => {
    offset = position?.start.offset ?? 0;
    return EXIT;
  });
  return offset;
};

/**
 * Runs `parse`, which parses the raw HTML of `tree`, and throws a BodyLimitError once it has made MAX_ELEMENTS elements, or
 * nests them deeper than the stack is.
 * hast-util-raw lets nobody choose the tree adapter of parse5, so its default one counts for as long.
 */
export const limitElements = <Result>(tree: Root, parse: () => Result): Result => {
  const { createElement } = defaultTreeAdapter;
  let count = 0;
  defaultTreeAdapter.createElement = (...created) => {
    count += 1;
    if (count > MAX_ELEMENTS) {
      const { name = "b", offset = 0 } = findUnclosed(tree) ?? {};
      const reason = `The HTML grows to more than ${MAX_ELEMENTS.toLocaleString("en")} elements, since ${quote(`<${name}>`)} is not always closed. Close it.`;
      throw new BodyLimitError(reason, offset);
    }
    return createElement(...created);
  };
  try {
    return parse();
  } catch (error) {
    // Nested deeper than the stack is.
    if (error instanceof RangeError) throw new BodyLimitError(NESTED_TOO_DEEPLY, firstRawOffset(tree));
    throw error;
  } finally {
    defaultTreeAdapter.createElement = createElement;
  }
};

/** Throws a BodyLimitError if an HTML tree is nested too deeply. */
export const limitHtmlDepth = (tree: Nodes): void => {
  visitParents(tree, "element", (element: Element, ancestors) => {
    if (ancestors.length <= MAX_NESTING_DEPTH) return;
    const known = [...ancestors].reverse().find(({ position }) => position !== undefined);
    throw new BodyLimitError(NESTED_TOO_DEEPLY, (element.position ?? known?.position)?.start.offset ?? 0);
  });
};
