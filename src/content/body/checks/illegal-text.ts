import type { Nodes } from "hast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { location } from "vfile-location";
import { findIllegalCharacters } from "../../illegal-characters.ts";
import { type Place, reportError } from "../../messages/messages.ts";

const REFERENCE = /&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));?/gi;

const codeOf = ([, hex, decimal]: RegExpExecArray): number =>
  hex === undefined ? Number.parseInt(decimal ?? "0", 10) : Number.parseInt(hex, 16);

/** Where in a file a reference such as `&#1;` stands that means an illegal character, from an offset on. */
const placeOfReference = (file: VFile, name: string, from: number, to: number): Place | undefined => {
  const source = String(file).slice(from, to);
  const found = source
    .matchAll(REFERENCE)
    .find(
      (match) =>
        codeOf(match) <= 0x10ffff && findIllegalCharacters(String.fromCodePoint(codeOf(match)))[0]?.name === name,
    );
  return found && location(file).toPoint(from + found.index);
};

const textsOf = (node: Nodes): readonly string[] => {
  if (node.type === "text") return [node.value];
  return node.type === "element" ? Object.values(node.properties).map(String) : [];
};

/** Notes illegal characters that character references such as `&#1;` made. */
export const reportIllegalText = (file: VFile, tree: Nodes): void => {
  // What the source itself holds was noted when it was decoded. Each kind is noted once.
  const noted = new Set(findIllegalCharacters(String(file)).map(({ name }) => name));
  visit(tree, (node) => {
    for (const { name } of textsOf(node).flatMap((text) => findIllegalCharacters(text))) {
      if (noted.has(name)) continue;
      noted.add(name);
      const from = node.position?.start.offset ?? 0;
      const to = node.position?.end.offset ?? String(file).length;
      const place = placeOfReference(file, name, from, to) ?? node.position;
      reportError(file, "illegal-character", `${name} can't stand in a feed. Delete it.`, place);
    }
  });
};
