import type { Nodes } from "hast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { location } from "vfile-location";
import { findIllegalCharacters } from "../../illegal-characters.ts";
import { type Place, reportError } from "../../messages/messages.ts";

const NUMERIC_REFERENCE = /&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));?/gi;

const codePointOf = ([, hex, decimal]: RegExpExecArray): number =>
  hex === undefined ? Number.parseInt(decimal ?? "0", 10) : Number.parseInt(hex, 16);

const isReferenceTo = (name: string, match: RegExpExecArray): boolean => {
  const codePoint = codePointOf(match);
  return codePoint <= 0x10ffff && findIllegalCharacters(String.fromCodePoint(codePoint))[0]?.name === name;
};

/** Where in a part of a file there is a reference such as `&#1;` to the illegal character of this name. */
const placeOfReference = (file: VFile, name: string, start: number, end: number): Place | undefined => {
  const reference = String(file)
    .slice(start, end)
    .matchAll(NUMERIC_REFERENCE)
    .find((match) => isReferenceTo(name, match));
  return reference && location(file).toPoint(start + reference.index);
};

const textsOf = (node: Nodes): readonly string[] => {
  if (node.type === "text") return [node.value];
  return node.type === "element" ? Object.values(node.properties).map(String) : [];
};

/** Reports illegal characters that character references such as `&#1;` have put into a tree; each kind once. */
export const reportIllegalCharacterReferences = (file: VFile, tree: Nodes): void => {
  // Those of the source itself were reported when it was decoded.
  const reported = new Set(findIllegalCharacters(String(file)).map(({ name }) => name));
  visit(tree, (node) => {
    for (const { name } of textsOf(node).flatMap((text) => findIllegalCharacters(text))) {
      if (reported.has(name)) continue;
      reported.add(name);
      const start = node.position?.start.offset ?? 0;
      const end = node.position?.end.offset ?? String(file).length;
      const place = placeOfReference(file, name, start, end) ?? node.position;
      reportError(file, "illegal-character", `${name} can't stand in a feed. Delete it.`, place);
    }
  });
};
