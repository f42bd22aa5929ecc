import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { editFrontMatter, splitSource } from "../../../src/content/story/edit-front-matter.ts";
import { parseStory } from "../../../src/content/story/story.ts";

const edit = (source: string, changes: Readonly<Record<string, unknown>>): string =>
  new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
    editFrontMatter("a.md", new TextEncoder().encode(source), changes),
  );

describe("a key of front matter", () => {
  it.each([
    ["is replaced in its line", "---\na: 1 # why\nb: 2\n---\nx", { a: 3 }, "---\na: 3 # why\nb: 2\n---\nx"],
    ["is replaced with all its lines", "---\na:\n  - 1\n  - 2\nb: 2\n---\nx", { a: 3 }, '---\n"a": 3\nb: 2\n---\nx'],
    ["is deleted with all its lines", "---\na: |\n  1\n\n  2\nb: 2\n---\nx", { a: undefined }, "---\nb: 2\n---\nx"],
    ["is added at the end", "---\na: 1\n---\nx", { b: ["c"] }, '---\na: 1\n"b": ["c"]\n---\nx'],
    ["gets a value that it had not", "---\na:\nb: 2\n---\nx", { a: "c" }, '---\n"a": "c"\nb: 2\n---\nx'],
    ["keeps the ends of other lines", "---\r\na: 1\r\nb: 2\r\n---\r\nx", { a: 3 }, "---\r\na: 3\r\nb: 2\r\n---\r\nx"],
    ["is found behind a byte order mark", "\uFEFF---\na: 1\n---\nx", { a: 2 }, "\uFEFF---\na: 2\n---\nx"],
    ["is replaced in braces", "---\n{ a: 1, b: [2] }\n---\nx", { a: 3 }, "---\n{ a: 3, b: [2] }\n---\nx"],
    [
      "beside braces is written anew",
      "---\n{ a: 1, b: [2] }\n---\nx",
      { c: 3 },
      '---\n"a": 1\n"b": [2]\n"c": 3\n---\nx',
    ],
    [
      "is one of several",
      "---\na: 1\nb: 2\nc: 3\n---\nx",
      { a: undefined, c: 4, d: 5 },
      '---\nb: 2\nc: 4\n"d": 5\n---\nx',
    ],
    ["like __proto__ is none but its own", "---\na: 1\n---\nx", JSON.parse('{"__proto__":{"b":1}}'), null],
  ])("%s", (_, source, changes, expected) => {
    expect(edit(source, changes)).toBe(expected ?? '---\na: 1\n"__proto__": {"b":1}\n---\nx');
  });

  it.each(["no front matter", "---\na: [\n---\nx", "---\na: 1\n"])(
    "is not changed where it can't be read: %j",
    (source) => {
      expect(edit(source, { a: 2 })).toBe(source);
    },
  );
});

it.each([
  ["in its front matter", [0xe9], []],
  ["below it", [], [0xe9]],
])("a source with a byte %s that is not UTF-8 is not changed", (_, above, below) => {
  const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
  const source = Uint8Array.from([...bytesOf("---\na: b"), ...above, ...bytesOf("\n---\nx"), ...below]);
  expect(editFrontMatter("a.md", source, { a: 2 })).toEqual(source);
});

it("a source has its front matter and the rest, by lines", () => {
  expect(splitSource(new TextEncoder().encode("---\na: 1\n--- \nx\n---"))).toEqual({
    keys: ["---\n", "a: 1\n"],
    rest: ["--- \n", "x\n", "---"],
  });
});

it("whatever front matter is changed to, it says that, and the text below it stays", () => {
  const keys = fc.constantFrom("id", "title", "tags", "image", "draft");
  const values = fc.oneof(
    fc.string({ unit: fc.constantFrom("a", ":", " ", "#", "'", '"', "\n", "-", "é") }),
    fc.boolean(),
    fc.array(fc.constantFrom("x", "y: z", "- w")),
    fc.dictionary(fc.constantFrom("src", "alt"), fc.constantFrom("x", "a # b", "")),
  );
  const options = fc.record({ collectionStyle: fc.constantFrom("block", "flow"), lineWidth: fc.constantFrom(0, 20) });
  fc.assert(
    fc.property(
      fc.dictionary(keys, values, { minKeys: 1 }),
      fc.dictionary(keys, fc.option(values, { nil: undefined })),
      options,
      (data, changes, style) => {
        const source = `---\n${stringify(data, { schema: "core", ...style })}---\n\n--- x\n`;
        // What it says is read from it: stringify writes " \n" as a block scalar that says "\n".
        const before = parseStory("a.md", source).yaml?.data;
        // What looks like a mistake is refused, and not changed.
        fc.pre(before !== undefined);
        const edited = edit(source, changes);
        const expected = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== undefined);
        expect({ ...parseStory("a.md", edited).yaml?.data }).toEqual(Object.fromEntries(expected));
        expect(edited.endsWith("---\n\n--- x\n")).toBe(true);
      },
    ),
  );
});
