import type { Nodes, Text } from "hast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { location } from "vfile-location";
import { findDamagedText, meantByControl } from "../../damaged-text.ts";
import { findIllegalCharacters } from "../../illegal-characters.ts";
import { type Place, quote, reportError, reportWarning } from "../../messages/messages.ts";

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

/** A reference in a part of a file. */
interface CharacterReference {
  readonly written: string;
  readonly codePoint: number;
  readonly place: Place | undefined;
}

const referencesIn = (file: VFile, { position }: Nodes): readonly CharacterReference[] => {
  const start = position?.start.offset ?? 0;
  const source = String(file).slice(start, position?.end.offset);
  return [...source.matchAll(NUMERIC_REFERENCE)].map((match) => ({
    written: match[0],
    codePoint: codePointOf(match),
    place: location(file).toPoint(start + match.index),
  }));
};

/** Whether Markdown or an HTML parser makes U+FFFD of a reference. Of one to a control, HTML makes what Windows-1252 has. */
const isUnreadable = ({ codePoint }: CharacterReference, text: string): boolean => {
  const isControl = codePoint >= 0x7f && codePoint <= 0x9f;
  if (isControl) return !text.includes(meantByControl(codePoint) ?? String.fromCodePoint(codePoint));
  return codePoint === 0 || codePoint === 0xfffd || codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint < 0xe000);
};

const explainUnreadable = ({ written, codePoint }: CharacterReference): string => {
  const meant = meantByControl(codePoint);
  const advice = meant === undefined ? "Write what was there." : `In Windows-1252 it is ${meant}; write that.`;
  return `${quote(written)} stands for no character: readers see �. ${advice}`;
};

/** Warns of damage in a text that references in the source have made, each kind once. */
const reportDamage = (file: VFile, node: Text, reported: Set<string>): void => {
  for (const { text, reason } of findDamagedText(node.value)) {
    if (reported.has(text)) continue;
    const references = referencesIn(file, node);
    const unreadable = text === "\u{FFFD}" ? references.filter((one) => isUnreadable(one, node.value)) : [];
    for (const one of unreadable) {
      if (reported.has(one.written)) continue;
      reported.add(one.written);
      reportWarning(file, "damaged-text", explainUnreadable(one), one.place);
    }
    if (unreadable.length > 0) continue;
    reported.add(text);
    const place = references.find(({ codePoint }) => codePoint === text.codePointAt(0))?.place ?? node.position;
    reportWarning(file, "damaged-text", reason, place);
  }
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
    if (node.type === "text") reportDamage(file, node, damaged);
  });
};
