import { type Document, isMap, isNode, isScalar, isSeq, type Pair } from "yaml";

/** Start and end in the text of the document (UTF-16 units from 0). */
type Range = readonly [start: number, end: number];

/** A key as `toJS` names it: `1:` and `"1":` are one, an empty key is the empty text. */
export const keyText = (key: unknown): string => {
  if (!isScalar(key)) return String(key);
  return key.value === null ? "" : String(key.value);
};

const pairOf = (node: unknown, key: PropertyKey): Pair | undefined =>
  // The last one, as `toJS` does if a key is repeated.
  isMap(node) ? node.items.findLast((pair) => keyText(pair.key) === String(key)) : undefined;

const childOf = (node: unknown, key: PropertyKey): unknown =>
  isSeq(node) ? node.items[Number(key)] : pairOf(node, key)?.value;

const nodeAt = (document: Document, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(childOf, document.contents);

const rangeOf = (node: unknown): Range | undefined =>
  isNode(node) && node.range ? [node.range[0], node.range[1]] : undefined;

const isEmpty = (node: unknown): boolean => isScalar(node) && node.value === null && node.source === "";

/** Where a key is; undefined if there is none at the path. */
export const keyRange = (document: Document, path: readonly PropertyKey[]): Range | undefined => {
  const key = path.at(-1);
  return key === undefined ? undefined : rangeOf(pairOf(nodeAt(document, path.slice(0, -1)), key)?.key);
};

/** Where a value is; its key if the value is empty; otherwise the nearest node around it. */
export const valueRange = (document: Document, path: readonly PropertyKey[]): Range | undefined => {
  for (let length = path.length; length > 0; length--) {
    const part = path.slice(0, length);
    const node = nodeAt(document, part);
    const range = isEmpty(node) ? (keyRange(document, part) ?? rangeOf(node)) : rangeOf(node);
    const found = range ?? keyRange(document, part);
    if (found !== undefined) return found;
  }
  return rangeOf(document.contents);
};
