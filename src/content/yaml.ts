import type { VFile } from "vfile";
import { location } from "vfile-location";
import { type Document, isAlias, isMap, isNode, isPair, isScalar, parseDocument, visit } from "yaml";
import { nameIllegal } from "./characters.ts";
import { type Place, problem } from "./report.ts";

/** A YAML mapping with the places of its keys and values. */
export interface Yaml {
  readonly data: Readonly<Record<string, unknown>>;
  /** Where a value stands, or the nearest thing around it that exists. */
  readonly placeOf: (path: readonly PropertyKey[]) => Place;
  /** Where a key stands. */
  readonly placeOfKey: (path: readonly PropertyKey[]) => Place;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const rangeOf = (node: unknown): [number, number] | undefined =>
  isNode(node) && node.range ? [node.range[0], node.range[1]] : undefined;

const keyRange = (document: Document, path: readonly PropertyKey[]): [number, number] | undefined => {
  const parent = document.getIn(path.slice(0, -1), true);
  const map = path.length === 1 ? document.contents : parent;
  if (!isMap(map)) return undefined;
  const pair = map.items.find((item) => isScalar(item.key) && String(item.key.value) === String(path.at(-1)));
  return rangeOf(pair?.key);
};

const valueRange = (document: Document, path: readonly PropertyKey[]): [number, number] | undefined => {
  for (let length = path.length; length > 0; length--) {
    const part = path.slice(0, length);
    const range = rangeOf(document.getIn(part, true)) ?? keyRange(document, part);
    if (range !== undefined) return range;
  }
  return rangeOf(document.contents);
};

/** Whatever in a syntactically right document is refused all the same: aliases, tags, illegal characters. */
const reportOddities = (
  file: VFile,
  text: string,
  document: Document,
  placeAt: (range: [number, number]) => Place,
): void => {
  visit(document, (_, node) => {
    const range = isPair(node) ? undefined : rangeOf(node);
    if (range === undefined || !isNode(node)) return;
    const anchored = "anchor" in node && node.anchor !== undefined;
    if (isAlias(node) || anchored) {
      problem(
        file,
        "yaml-alias",
        "YAML anchors (&) and aliases (*) are not allowed here. Write the value out.",
        placeAt(range),
      );
    }
    if ("tag" in node && node.tag !== undefined) {
      problem(
        file,
        "yaml-tag",
        `The YAML tag \`${node.tag}\` is not allowed here. Write a plain value.`,
        placeAt(range),
      );
    }
    if (isScalar(node) && typeof node.value === "string") {
      const [illegal] = nameIllegal(node.value);
      const isEscaped = illegal !== undefined && nameIllegal(text.slice(...range)).length === 0;
      if (isEscaped)
        problem(file, "illegal-character", `${illegal.name} can't stand in XML. Delete it.`, placeAt(range));
    }
  });
};

/**
 * Reads a YAML 1.2 mapping that stands at `offset` in the file. Notes every mistake of syntax;
 * gives nothing where there is one, or where it is no mapping.
 */
export const readYaml = (file: VFile, text: string, offset: number): Yaml | undefined => {
  const places = location(file);
  const pointAt = (position: number) =>
    places.toPoint(Math.min(offset + position, String(file).length)) ?? { line: 1, column: 1 };
  const placeAt = ([start, end]: [number, number]): Place => ({ start: pointAt(start), end: pointAt(end) });
  const before = file.messages.length;
  let document: Document;
  try {
    document = parseDocument(text, { prettyErrors: false, logLevel: "silent", schema: "core" });
    for (const { message, pos } of [...document.errors, ...document.warnings]) {
      problem(file, "yaml", `This is not YAML as expected: ${message.replace(/\.?$/, ".")}`, placeAt(pos));
    }
    reportOddities(file, text, document, placeAt);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    problem(file, "yaml", "This YAML is nested too deeply. Use plain values.", pointAt(0));
    return undefined;
  }
  if (file.messages.length > before) return undefined;
  const data: unknown = document.toJS({ maxAliasCount: 0 });
  if (!isRecord(data)) {
    problem(file, "yaml", "Expected keys with values here, such as `title: My story`.", pointAt(0));
    return undefined;
  }
  return {
    data,
    placeOf: (path) => placeAt(valueRange(document, path) ?? [0, 0]),
    placeOfKey: (path) => placeAt(keyRange(document, path) ?? valueRange(document, path) ?? [0, 0]),
  };
};
