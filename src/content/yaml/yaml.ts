import type { VFile } from "vfile";
import { location } from "vfile-location";
import { type Document, parseDocument } from "yaml";
import { isRecord } from "../../lib/is-record.ts";
import { type Place, reportError } from "../messages/messages.ts";
import { findLexicalError } from "./lexical-errors.ts";
import { keyRange, valueRange } from "./node-ranges.ts";
import { explainSyntaxErrors } from "./syntax-errors.ts";
import { replaceUnsupported } from "./unsupported-yaml.ts";

/** A place in a mapping, with the path from the mapping to what is there, or should be. */
export type YamlPlace = Place & { readonly path: readonly PropertyKey[] };

/** A parsed YAML mapping with the places of its keys and values. */
export interface YamlMapping {
  readonly data: Readonly<Record<string, unknown>>;
  /** Where a value is in the file, or the nearest node around it that exists. */
  readonly placeOf: (path: readonly PropertyKey[]) => YamlPlace;
  /** Where a key is in the file. */
  readonly placeOfKey: (path: readonly PropertyKey[]) => YamlPlace;
}

/** The path of a message's place, if it is one of a mapping. */
export const pathOfPlace = (place: object | undefined): readonly PropertyKey[] | undefined =>
  place !== undefined && "path" in place && Array.isArray(place.path) ? place.path : undefined;

const parse = (text: string): Document =>
  parseDocument(text, { prettyErrors: false, logLevel: "error", schema: "core", uniqueKeys: false });

/**
 * Parses a YAML 1.2 mapping that begins at `offset` in the file. Reports every syntax error and everything that
 * Feedwright does not support; returns undefined if the syntax is broken, or if the text is no mapping or has more than `maxLength`
 * characters.
 */
export const parseYamlMapping = (
  file: VFile,
  text: string,
  offset: number,
  maxLength?: number,
): YamlMapping | undefined => {
  const places = location(file);
  const pointAt = (position: number) => places.toPoint(offset + position) ?? { line: 1, column: 1 };
  const placeAt = ([start, end]: readonly [number, number]): Place => ({ start: pointAt(start), end: pointAt(end) });
  const lexicalError = findLexicalError(text, maxLength);
  if (lexicalError !== undefined) {
    reportError(file, "yaml", lexicalError.reason, pointAt(lexicalError.offset));
    return undefined;
  }
  const document = parse(text);
  const syntaxErrors = explainSyntaxErrors(text, document);
  for (const { range, reason } of syntaxErrors) reportError(file, "yaml", reason, placeAt(range));
  for (const { rule, range, reason } of replaceUnsupported(text, document)) {
    reportError(file, rule, reason, placeAt(range));
  }
  if (syntaxErrors.length > 0) return undefined;
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
    placeOf: (path) => ({ ...placeAt(valueRange(document, path) ?? [0, 0]), path }),
    placeOfKey: (path) => ({ ...placeAt(keyRange(document, path) ?? valueRange(document, path) ?? [0, 0]), path }),
  };
};
