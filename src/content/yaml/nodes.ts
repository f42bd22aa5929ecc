import { type Document, isMap, isNode, isScalar, isSeq, type Pair } from "yaml";

/** A key as `toJS` names it: `1:` and `"1":` are one, an empty key is the empty string. */
export const keyText = (key: unknown): string => {
  if (!isScalar(key)) return String(key);
  return key.value === null ? "" : String(key.value);
};

const pairOf = (node: unknown, key: PropertyKey): Pair | undefined =>
  // The last one, as `toJS` does where a key stands twice.
  isMap(node) ? node.items.findLast((pair) => keyText(pair.key) === String(key)) : undefined;

const childOf = (node: unknown, key: PropertyKey): unknown =>
  isSeq(node) ? node.items[Number(key)] : pairOf(node, key)?.value;

const nodeAt = (document: Document, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(childOf, document.contents);

const rangeOf = (node: unknown): readonly [number, number] | undefined =>
  isNode(node) && node.range ? [node.range[0], node.range[1]] : undefined;

/** Where a key stands. */
export const keyRange = (document: Document, path: readonly PropertyKey[]): readonly [number, number] | undefined => {
  const key = path.at(-1);
  return key === undefined ? undefined : rangeOf(pairOf(nodeAt(document, path.slice(0, -1)), key)?.key);
};

/** Where a value stands; the key of an empty one; else the nearest thing around it. */
export const valueRange = (document: Document, path: readonly PropertyKey[]): readonly [number, number] | undefined => {
  for (let length = path.length; length > 0; length--) {
    const part = path.slice(0, length);
    const node = nodeAt(document, part);
    const range = isEmpty(node) ? (keyRange(document, part) ?? rangeOf(node)) : rangeOf(node);
    const found = range ?? keyRange(document, part);
    if (found !== undefined) return found;
  }
  return rangeOf(document.contents);
};

const isEmpty = (node: unknown): boolean => isScalar(node) && node.value === null && node.source === "";
