import type { VFile } from "vfile";
import { location } from "vfile-location";
import { type Document, parseDocument } from "yaml";
import { isRecord } from "../../lib/is-record.ts";
import { type Place, reportError } from "../messages/messages.ts";
import { replaceUnsupported } from "./aliases-and-anchors.ts";
import { findNestingError } from "./nesting.ts";
import { keyRange, valueRange } from "./nodes.ts";
import { syntaxErrors } from "./syntax-errors.ts";

/** A YAML mapping with the places of its keys and values. */
export interface Yaml {
  readonly data: Readonly<Record<string, unknown>>;
  /** Where a value stands, or the nearest thing around it that exists. */
  readonly placeOf: (path: readonly PropertyKey[]) => Place;
  /** Where a key stands. */
  readonly placeOfKey: (path: readonly PropertyKey[]) => Place;
}

const parse = (text: string): Document =>
  parseDocument(text, { prettyErrors: false, logLevel: "error", schema: "core", uniqueKeys: false });

/**
 * Reads a YAML 1.2 mapping that stands at `offset` in the file. Notes every mistake of syntax and every oddity;
 * gives nothing where the syntax is broken, or where it is no mapping.
 */
export const readYaml = (file: VFile, text: string, offset: number): Yaml | undefined => {
  const places = location(file);
  const pointAt = (position: number) => places.toPoint(offset + position) ?? { line: 1, column: 1 };
  const placeAt = ([start, end]: readonly [number, number]): Place => ({ start: pointAt(start), end: pointAt(end) });
  const nesting = findNestingError(text);
  if (nesting !== undefined) {
    reportError(file, "yaml", nesting.reason, pointAt(nesting.offset));
    return undefined;
  }
  const document = parse(text);
  const errors = syntaxErrors(text, document);
  for (const { range, reason } of errors) reportError(file, "yaml", reason, placeAt(range));
  for (const { rule, range, reason } of replaceUnsupported(text, document))
    reportError(file, rule, reason, placeAt(range));
  if (errors.length > 0) return undefined;
  const data: unknown = document.toJS() ?? {};
  if (!isRecord(data)) {
    const reason = /^[\w-]+:\S/.test(text.trimStart())
      ? "A space is missing behind the colon. Add it."
      : "Expected keys with values here, such as `title: My story`.";
    reportError(file, "yaml", reason, placeAt(valueRange(document, []) ?? [0, 0]));
    return undefined;
  }
  return {
    data,
    placeOf: (path) => placeAt(valueRange(document, path) ?? [0, 0]),
    placeOfKey: (path) => placeAt(keyRange(document, path) ?? valueRange(document, path) ?? [0, 0]),
  };
};
