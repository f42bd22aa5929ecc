import { VFile } from "vfile";
import { describe, expect, it } from "vitest";
import { parseYamlMapping, pathOfPlace } from "../../../src/content/yaml/yaml.ts";

/** What a text holds, and its messages, each with the range that it is about. */
const parse = (text: string): readonly unknown[] => {
  const file = new VFile({ value: text });
  const mapping = parseYamlMapping(file, text, 0);
  const messages = file.messages.map(({ line, column, place, ruleId, reason }) => {
    const end = place !== undefined && "end" in place ? `-${place.end.line}:${place.end.column}` : "";
    return `${line}:${column}${end} ${ruleId}: ${reason}`;
  });
  return [mapping?.data ?? "unreadable", ...messages];
};

describe("keys and values in YAML", () => {
  it.each<readonly [text: string, data: unknown, ...messages: readonly string[]]>([
    ["a: b", { a: "b" }],
    ["", {}],
    ["# c", {}],
    [
      'a: "x',
      "unreadable",
      "1:4-1:5 yaml: This quote is not closed. Add the closing quote, or indent the lines that belong to it.",
    ],
    [
      "a: 'x",
      "unreadable",
      "1:4-1:5 yaml: This quote is not closed. Add the closing quote, or indent the lines that belong to it.",
    ],
    [
      "a: 'it's'",
      "unreadable",
      "1:8-1:10 yaml: The quote before this ends the text. Write '' for an apostrophe, or put the text in \" quotes.",
    ],
    [
      'a: "x" y',
      "unreadable",
      "1:8-1:9 yaml: `y` stands behind the end of the text. Put all of it in quotes: ' around \", \" around '.",
    ],
    [
      "a: 'x' y",
      "unreadable",
      "1:8-1:9 yaml: `y` stands behind the end of the text. Put all of it in quotes: ' around \", \" around '.",
    ],
    ["a: [b", "unreadable", "1:4-1:5 yaml: This bracket is not closed. Put ] at the end of what it holds."],
    ["a: {b: c", "unreadable", "1:4-1:5 yaml: This bracket is not closed. Put } at the end of what it holds."],
    ["a: [b]]", "unreadable", "1:7-1:8 yaml: This ] closes nothing. Delete it, or put the whole text in quotes."],
    ["a: [,b]", "unreadable", "1:5-1:6 yaml: Nothing stands before this comma. Delete it, or add what is missing."],
    ["a: [b]}", "unreadable", "1:7-1:8 yaml: This } closes nothing. Delete it, or put the whole text in quotes."],
    ["a: ]", "unreadable", "1:4-1:5 yaml: This ] closes nothing. Delete it, or put the whole text in quotes."],
    [
      'a: "\\q"',
      "unreadable",
      "1:5-1:6 yaml: `\\q` means nothing in \" quotes. Write \\\\ for a backslash, or use ' quotes.",
    ],
    [
      'a: "\\',
      "unreadable",
      "1:4-1:5 yaml: This quote is not closed. Add the closing quote, or indent the lines that belong to it.",
    ],
    ["a: [b\nc: d", "unreadable", "1:4-1:5 yaml: This bracket is not closed. Put ] at the end of what it holds."],
    ["a: [b,\nc", "unreadable", "1:4-1:5 yaml: This bracket is not closed. Put ] at the end of what it holds."],
    [
      "a: b\n  c: d",
      "unreadable",
      "2:3-2:4 yaml: This does not line up with the lines above. Begin all keys, or all entries of a list, in one column.",
    ],
    ["a: b: c", "unreadable", "1:4-1:5 yaml: A colon with a space begins a new key. Put the whole text in quotes."],
    ["a: @x", "unreadable", "1:4-1:5 yaml: A text can't begin with `@`. Put it in quotes."],
    ["a: `x`", "unreadable", "1:4-1:5 yaml: A text can't begin with a backquote. Put it in quotes."],
    ["a: %x", "unreadable", "1:4-1:5 yaml: A text can't begin with `%`. Put it in quotes."],
    ["a: b\n\tc: d", "unreadable", "2:1-2:2 yaml: Tabs can't indent here. Use spaces."],
    ["a:\n\tb: c", "unreadable", "2:1-2:2 yaml: Tabs can't indent here. Use spaces."],
    [
      "a: [b: c d: e]",
      "unreadable",
      "1:8-1:14 yaml: A comma is missing between two keys here, or quotes around a text with a colon.",
    ],
    [
      "a: {b: c d: e}",
      "unreadable",
      "1:8-1:14 yaml: A comma is missing between two keys here, or quotes around a text with a colon.",
    ],
    [`${"x".repeat(1025)}: a`, "unreadable", "1:1-1:1026 yaml: This key is far too long. Put the text in quotes."],
    ["a: b#c", { a: "b#c" }],
    ['a: "b"#c', "unreadable", "1:7-1:9 yaml: A space is missing before #. Add it, or put the whole text in quotes."],
    [
      "a: b\nc",
      "unreadable",
      "2:1-2:2 yaml: `c` is no key with a value. Write `key: value`, or indent the line if it belongs to the one above.",
    ],
    ["a: b\nc:d", "unreadable", "2:1-2:4 yaml: A space is missing behind the colon. Add it."],
    ["a:b", "unreadable", "1:1-1:4 yaml: A space is missing behind the colon. Add it."],
    [
      "a: b\nhttp://x",
      "unreadable",
      "2:1-2:9 yaml: `http://x` is no key with a value. Write `key: value`, or indent the line if it belongs to the one above.",
    ],
    ["- a\n- b", "unreadable", "1:1-2:4 yaml: Expected keys with values here, such as `title: My story`."],
    [
      "a: - b",
      "unreadable",
      "1:4-1:5 yaml: A list begins in a line of its own, or stands in brackets: [one, two]. Put a text that begins with - in quotes.",
    ],
    [
      "a: - b\n- c",
      "unreadable",
      "1:4-1:5 yaml: A list begins in a line of its own, or stands in brackets: [one, two]. Put a text that begins with - in quotes.",
    ],
    [
      "a: | b",
      "unreadable",
      "1:6-1:7 yaml: Behind | or > the text begins in the next line, indented. Put a text that itself begins with them in quotes.",
    ],
    [
      "a: |x",
      "unreadable",
      "1:5-1:6 yaml: Behind | or > the text begins in the next line, indented. Put a text that itself begins with them in quotes.",
    ],
    [
      "a: >9x\n",
      "unreadable",
      "1:6-1:7 yaml: Behind | or > the text begins in the next line, indented. Put a text that itself begins with them in quotes.",
    ],
    ["a: b\n---\nc: d", "unreadable", "2:1-3:5 yaml: What follows a second `---` is not read. Delete the line."],
    ["a: b\n...\n", "unreadable", "2:1 yaml: What follows a line `...` is not read. Delete the line."],
    ["? a\n: b", "unreadable", "1:1 yaml: A key can't begin with `? `. Write `key: value`, or put the text in quotes."],
    [
      "a: &x b",
      { a: "b" },
      "1:4-1:8 yaml-alias: A text that begins with * or & must be in quotes (YAML's aliases and anchors are not read).",
    ],
    [
      "a: *x",
      { a: "" },
      "1:4-1:6 yaml-alias: A text that begins with * or & must be in quotes (YAML's aliases and anchors are not read).",
    ],
    ["a: !x b", { a: "" }, "1:4-1:8 yaml-tag: A text that begins with ! must be in quotes (YAML's tags are not read)."],
    ["a: b\na: c", { a: "c" }, "2:1-2:2 duplicate-key: `a` stands here for the second time. Delete one of the two."],
    [
      "a: {b: c, b: d}",
      { a: { b: "d" } },
      "1:11-1:12 duplicate-key: `b` stands here for the second time. Delete one of the two.",
    ],
    [
      '1: a\n"1": b',
      { "1": "b" },
      "2:1-2:4 duplicate-key: `1` stands here for the second time. Delete one of the two.",
    ],
    ["a:\n- b\n - c", { a: ["b - c"] }],
    [
      "a:\n  - b\n - c",
      "unreadable",
      "3:1-3:2 yaml: This does not line up with the lines above. Begin all keys, or all entries of a list, in one column.",
    ],
    [
      "a:\n  b: c\n d: e",
      "unreadable",
      "3:1-3:2 yaml: A colon with a space begins a new key. Put the whole text in quotes.",
    ],
    [
      "  a: b\nc: d",
      "unreadable",
      "2:1-2:2 yaml: This is not expected here. Check quotes, colons and indentation before it.",
    ],
    ["\"a\": b\n'c': d", { a: "b", c: "d" }],
    [": a", { "": "a" }],
    [
      'a: "\\u0001"',
      { a: "\u0001" },
      "1:4-1:12 illegal-character: The control character U+0001 can't stand in a feed. Delete it.",
    ],
    [
      "a: https://feedwright.invalid/x",
      { a: "https://feedwright.invalid/x" },
      "1:4-1:32 placeholder: https://feedwright.invalid is reserved by Feedwright: the site's own address would be put in its place. Write another one.",
    ],
    [
      'a: "x\\u0001y\\u0002"',
      { a: "x\u0001y\u0002" },
      "1:4-1:20 illegal-character: The control character U+0001 can't stand in a feed. Delete it.",
    ],
    ["a: [[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]", "unreadable", "1:20 yaml: This is nested too deeply. Use plain values."],
    ["a: [[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]", { a: [[[[[[[[[[[[[[[["x"]]]]]]]]]]]]]]]] }],
    ["text", "unreadable", "1:1-1:5 yaml: Expected keys with values here, such as `title: My story`."],
    [
      'a: b\nc: "d',
      "unreadable",
      "2:4-2:5 yaml: This quote is not closed. Add the closing quote, or indent the lines that belong to it.",
    ],
    [
      'a: "b\nc: d\ne: f',
      "unreadable",
      "1:4-1:5 yaml: This quote is not closed. Add the closing quote, or indent the lines that belong to it.",
    ],
    ['a: [b\nc: "d', "unreadable", "1:4-1:5 yaml: This bracket is not closed. Put ] at the end of what it holds."],
    [
      "a: 'b\n\n\nc: [d",
      "unreadable",
      "1:4-1:5 yaml: This quote is not closed. Add the closing quote, or indent the lines that belong to it.",
    ],
    ["<<: x", { "<<": "x" }],
    ["a: ~", { a: null }],
    ["a: null", { a: null }],
    ["a: yes", { a: "yes" }],
    ["a: 0x10", { a: 16 }],
    ["a: 1e3", { a: 1000 }],
    ["a: 2026-11-22", { a: "2026-11-22" }],
    ["[a, b]", "unreadable", "1:1-1:7 yaml: Expected keys with values here, such as `title: My story`."],
    ['"a"', "unreadable", "1:1-1:4 yaml: Expected keys with values here, such as `title: My story`."],
    ["a: |\n  b\n  c", { a: "b\nc\n" }],
    ["a: >\n  b\n  c", { a: "b c\n" }],
    ['a: "b\n  c"', { a: "b c" }],
    ["a : b", { a: "b" }],
    ["a:  b ", { a: "b" }],
    ["a: b # c", { a: "b" }],
    ["a: [b, [c, {d: e}]]", { a: ["b", ["c", { d: "e" }]] }],
    ['a: "\\x41\\u0042"', { a: "AB" }],
    ["a: 'it''s'", { a: "it's" }],
    ["a: {b, c: d}", { a: { b: null, c: "d" } }],
    [
      "a:\n  - b\n  -c",
      "unreadable",
      "3:1-3:2 yaml: This does not line up with the lines above. Begin all keys, or all entries of a list, in one column.",
    ],
    [
      "a:\n- b\nc",
      "unreadable",
      "3:1-3:2 yaml: `c` is no key with a value. Write `key: value`, or indent the line if it belongs to the one above.",
    ],
    ["{a: b}", { a: "b" }],
    ["a: b\n  - c", { a: "b - c" }],
    ["a:\n  b\n  c", { a: "b c" }],
    ["a: [b,, c]", "unreadable", "1:7-1:8 yaml: Nothing stands before this comma. Delete it, or add what is missing."],
    ["a: {,}", "unreadable", "1:5-1:6 yaml: Nothing stands before this comma. Delete it, or add what is missing."],
    [
      'a: "b"\n "c"',
      "unreadable",
      "2:1-2:2 yaml: This does not line up with the lines above. Begin all keys, or all entries of a list, in one column.",
    ],
    [
      'a: b\n"c" d: e',
      "unreadable",
      '2:1-2:4 yaml: `"c"` is no key with a value. Write `key: value`, or indent the line if it belongs to the one above.',
    ],
  ])("%j are read, or explained", (text, ...outcome) => {
    expect(parse(String(text))).toEqual(outcome);
  });

  it("have places that count from where the text begins in its file", () => {
    const file = new VFile({ value: "---\na: [b, { c: d }]\ne:\n---\n" });
    const mapping = parseYamlMapping(file, "a: [b, { c: d }]\ne:\n", 4);
    const rangeOf = (place: unknown): unknown =>
      JSON.parse(JSON.stringify(place), (key, value) => (key === "offset" || key === "path" ? undefined : value));
    const at = (line: number, from: number, to: number) => ({
      start: { line, column: from },
      end: { line, column: to },
    });
    expect(
      [["a"], ["a", 0], ["a", 1], ["a", 1, "c"], ["a", 1, "x"], ["a", 2], ["e"], ["x"]].map((path) =>
        rangeOf(mapping?.placeOf(path)),
      ),
    ).toEqual([
      at(2, 4, 17),
      at(2, 5, 6),
      at(2, 8, 16),
      at(2, 13, 14),
      at(2, 8, 16),
      at(2, 4, 17),
      at(3, 1, 2),
      { start: { line: 2, column: 1 }, end: { line: 3, column: 3 } },
    ]);
    expect([["a"], ["a", 1, "c"], ["e"]].map((path) => rangeOf(mapping?.placeOfKey(path)))).toEqual([
      at(2, 1, 2),
      at(2, 10, 11),
      at(3, 1, 2),
    ]);
    expect(pathOfPlace(mapping?.placeOf(["a", 1, "x"]))).toEqual(["a", 1, "x"]);
    expect([pathOfPlace({ line: 1, column: 1 }), pathOfPlace(undefined)]).toEqual([undefined, undefined]);
  });
});
