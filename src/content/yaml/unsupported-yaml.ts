import { type Document, isAlias, isMap, isScalar, type Node, Scalar, visit, type YAMLMap } from "yaml";
import { findIllegalCharacters } from "../illegal-characters.ts";
import { quote } from "../messages/messages.ts";
import { containsPlaceholderOrigin, PLACEHOLDER_ORIGIN_RESERVED } from "../references/placeholder-origin.ts";
import { keyText } from "./node-ranges.ts";

/** Something that YAML allows and Feedwright does not; `range` is where in the text (UTF-16 units from 0). */
export interface UnsupportedYaml {
  readonly rule: string;
  readonly range: readonly [number, number];
  readonly reason: string;
}

const NO_ALIAS = "A text that begins with * or & must be in quotes (YAML's aliases and anchors are not read).";
const NO_TAG = "A text that begins with ! must be in quotes (YAML's tags are not read).";

const unsupportedIn = (text: string, node: Node): UnsupportedYaml | undefined => {
  const [start, end] = node.range ?? [0, 0];
  if (isAlias(node)) return { rule: "yaml-alias", range: [start, end], reason: NO_ALIAS };
  if (node.anchor !== undefined) {
    return { rule: "yaml-alias", range: [text.lastIndexOf("&", start), end], reason: NO_ALIAS };
  }
  if (node.tag !== undefined) {
    return { rule: "yaml-tag", range: [Math.max(0, text.lastIndexOf("!", start)), end], reason: NO_TAG };
  }
  if (!isScalar(node) || typeof node.value !== "string") return undefined;
  const [illegal] = findIllegalCharacters(node.value);
  // An illegal character of the file itself was reported when the file was decoded; this one comes from an escape.
  if (illegal !== undefined && findIllegalCharacters(text.slice(start, end)).length === 0) {
    const reason = `${illegal.name} can't stand in a feed. Delete it.`;
    return { rule: "illegal-character", range: [start, end], reason };
  }
  return containsPlaceholderOrigin(node.value)
    ? { rule: "placeholder", range: [start, end], reason: PLACEHOLDER_ORIGIN_RESERVED }
    : undefined;
};

const repeatedKeys = (map: YAMLMap): readonly UnsupportedYaml[] => {
  const seen = new Set<string>();
  return map.items.flatMap(({ key }) => {
    const name = keyText(key);
    const isRepeated = seen.has(name);
    seen.add(name);
    if (!isRepeated || !isScalar(key) || !key.range) return [];
    const reason = `${quote(name)} stands here for the second time. Delete one of the two.`;
    return [{ rule: "duplicate-key", range: [key.range[0], key.range[1]], reason }];
  });
};

/** An empty text at the place of something that has no plain value. */
const emptyText = ([start, end]: UnsupportedYaml["range"]): Scalar => {
  const scalar = new Scalar("");
  scalar.range = [start, end, end];
  return scalar;
};

/**
 * Finds everything in a well-formed document that is refused all the same: aliases, anchors and tags, repeated keys,
 * illegal characters, the placeholder origin. Replaces aliases and tagged texts by empty texts in the document, so that
 * the rest of it can be checked in the same pass.
 */
export const replaceUnsupported = (text: string, document: Document): readonly UnsupportedYaml[] => {
  const unsupported: UnsupportedYaml[] = [];
  visit(document, {
    Node: (_, node) => {
      if (isMap(node)) unsupported.push(...repeatedKeys(node));
      const found = unsupportedIn(text, node);
      if (found === undefined) return undefined;
      unsupported.push(found);
      const hasNoValue = found.rule === "yaml-alias" ? isAlias(node) : found.rule === "yaml-tag" && isScalar(node);
      return hasNoValue ? emptyText(found.range) : undefined;
    },
  });
  return unsupported;
};
