/** A message that a case expects. */
export interface ExpectedMessage {
  readonly path: string;
  /** `line:column` of its beginning. */
  readonly at: string;
  readonly severity: "error" | "warning";
  readonly rule: string;
  /** A part of the message. */
  readonly text: string;
}

/** A parsed file of test/cases. */
export interface Case {
  readonly description: string;
  readonly expected: readonly ExpectedMessage[];
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** The site.yaml of every case that brings none. */
export const DEFAULT_SITE = `id: tag:example.org,2026:feeds
url: https://example.org
title: The Courier
description: News from abroad.
language: en
authors:
  news-desk: { name: News Desk }
sections:
  world: World
`;

const HEADER = /^(Description|Expect|Escapes|Repeat): (.*)$/;
const EXPECT = /^(?:(.+) )?(\d+:\d+) (error|warning) ([\w-]+): (.+)$/;
const SECTION = /^===== (.+?)(?: (base64|absent))?$/;

const encode = (text: string): readonly number[] => Array.from(new TextEncoder().encode(text));

/** The bytes of a text with escapes: `\xFF` is a byte, `\u0001` a character in UTF-8, `\r` a carriage return. */
const unescapeBytes = (text: string): Uint8Array => {
  const bytes = text.split(/(\\x[0-9A-F]{2}|\\u[0-9A-F]{4}|\\r)/).flatMap((part) => {
    if (part.startsWith("\\x")) return [Number.parseInt(part.slice(2), 16)];
    if (part === "\\r") return [13];
    return encode(part.startsWith("\\u") ? String.fromCharCode(Number.parseInt(part.slice(2), 16)) : part);
  });
  return Uint8Array.from(bytes);
};

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text.trim()), (byte) => byte.charCodeAt(0));

const readExpected = (line: string, first: string): ExpectedMessage => {
  const [, path = first, at = "", severity, rule = "", text = ""] = EXPECT.exec(line) ?? [];
  if (severity !== "error" && severity !== "warning") throw new Error(`Not an expected message: ${line}`);
  return { path, at, severity, rule, text };
};

interface Section {
  readonly path: string;
  readonly kind: string | undefined;
  readonly lines: string[];
}

const readSections = (lines: readonly string[]): readonly Section[] => {
  const sections: Section[] = [];
  for (const line of lines) {
    const [, path, kind] = SECTION.exec(line) ?? [];
    if (path !== undefined) sections.push({ path, kind, lines: [] });
    else sections.at(-1)?.lines.push(`${line}\n`);
  }
  return sections;
};

/**
 * Parses a case. Its header lines are a `Description` and the messages that the compiler must give (`Expect`, one line for
 * each; without any, there must be no message). Each section that begins with `=====` is a file of content/.
 * With `Escapes: yes` the files may hold `\xFF`, `\u0001` and `\r`; with `Repeat: 1000 word`, `{{repeat}}` means a
 * thousand words. A section may be marked `base64`, or
 * `absent` to leave out site.yaml.
 */
export const readCase = (source: string): Case => {
  const lines = source.replace(/\n$/, "").split("\n");
  const start = lines.findIndex((line) => SECTION.test(line));
  if (start === -1) throw new Error("A case must have at least one file.");
  const headers = lines.slice(0, start).map((line) => {
    const [, name, value] = HEADER.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`Not a header: ${line}`);
    return { name, value };
  });
  const valuesOf = (wanted: string) => headers.filter(({ name }) => name === wanted).map(({ value }) => value);
  const [, count = "0", unit = ""] = /^(\d+) (.+)$/s.exec(valuesOf("Repeat")[0] ?? "") ?? [];
  const bytesOf = (section: Section): Uint8Array => {
    const text = section.lines.join("").replaceAll("{{repeat}}", () => unit.repeat(Number(count)));
    if (section.kind === "base64") return fromBase64(text);
    return valuesOf("Escapes")[0] === "yes" ? unescapeBytes(text) : new TextEncoder().encode(text);
  };
  const sections = readSections(lines.slice(start));
  const files = new Map([["site.yaml", new TextEncoder().encode(DEFAULT_SITE)]]);
  for (const section of sections) {
    if (section.kind === "absent") files.delete(section.path);
    else files.set(section.path, bytesOf(section));
  }
  const [description = "", ...more] = valuesOf("Description");
  if (description === "" || more.length > 0) throw new Error("A case must have exactly one Description.");
  return {
    description,
    expected: valuesOf("Expect").map((line) => readExpected(line, sections[0]?.path ?? "")),
    files,
  };
};
