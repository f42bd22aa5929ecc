import type { Nodes } from "hast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { location } from "vfile-location";
import { findDamagedText } from "../../damaged-text.ts";
import { findIllegalCharacters } from "../../illegal-characters.ts";
import { type Place, reportError, reportWarning } from "../../messages/messages.ts";

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

/** The place of the first reference in a node to a character that an HTML parser or Markdown makes U+FFFD or a control. */
const placeOfDamage = (file: VFile, node: Nodes): Place | undefined => {
  const start = node.position?.start.offset ?? 0;
  const match = String(file)
    .slice(start, node.position?.end.offset)
    .matchAll(NUMERIC_REFERENCE)
    .find((reference) => {
      const codePoint = codePointOf(reference);
      return (
        codePoint === 0 ||
        codePoint > 0x10ffff ||
        /[\u{7F}-\u{9F}\u{D800}-\u{DFFF}\u{FFFD}]/u.test(String.fromCodePoint(codePoint))
      );
    });
  return match && location(file).toPoint(start + match.index);
};

/**
 * Reports illegal characters that character references such as `&#1;` have put into a tree, and warns of controls; each kind
 * once.
 */
export const reportCharacterReferences = (file: VFile, tree: Nodes): void => {
  // Those of the source itself were reported when it was decoded.
  const reported = new Set(findIllegalCharacters(String(file)).map(({ name }) => name));
  // Markdown makes U+FFFD of a NUL.
  const inSource = findDamagedText(String(file)).map(({ text }) => text);
  const damaged = new Set(reported.size > 0 ? ["\u{FFFD}", ...inSource] : inSource);
  visit(tree, (node) => {
    for (const { name } of textsOf(node).flatMap((text) => findIllegalCharacters(text))) {
      if (reported.has(name)) continue;
      reported.add(name);
      const start = node.position?.start.offset ?? 0;
      const end = node.position?.end.offset ?? String(file).length;
      const place = placeOfReference(file, name, start, end) ?? node.position;
      reportError(file, "illegal-character", `${name} can't stand in a feed. Delete it.`, place);
    }
    if (node.type !== "text") return;
    for (const { text, reason } of findDamagedText(node.value)) {
      if (damaged.has(text)) continue;
      damaged.add(text);
      reportWarning(file, "damaged-text", reason, placeOfDamage(file, node) ?? node.position);
    }
  });
};
