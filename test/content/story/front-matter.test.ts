import { VFile } from "vfile";
import { describe, expect, it } from "vitest";
import { parseFrontMatter } from "../../../src/content/story/front-matter.ts";

const parse = (value: string) => {
  const file = new VFile({ value });
  const { yaml, text, markdown } = parseFrontMatter(file);
  const messages = file.messages.map(({ line, column, reason }) => `${line}:${column} ${reason}`);
  return { data: yaml?.data, text, markdown, messages };
};

describe("front matter", () => {
  it.each([
    ["---\na: 1\n---\nText.", { a: 1 }, "a: 1\n", "   \n    \n   \nText."],
    ["--- \t\na: 1\n---\t \nText.", { a: 1 }, "a: 1\n", "     \n    \n     \nText."],
    ["---\n---\nText.", {}, "", "   \n   \nText."],
    ["---\na: 1\n---", { a: 1 }, "a: 1\n", "   \n    \n   "],
    [
      "---\na: x---\nb: |\n  ---\n---\n---\n",
      { a: "x---", b: "---\n" },
      "a: x---\nb: |\n  ---\n",
      "   \n       \n    \n     \n   \n---\n",
    ],
    ["---\na: \u{2028}---\n---\n", { a: "\u{2028}---" }, "a: \u{2028}---\n", "   \n       \n   \n"],
  ])("of %j is parsed, and blank in the Markdown", (source, data, text, markdown) => {
    expect(parse(source)).toEqual({ data, text, markdown, messages: [] });
  });

  const NONE = "1:1 There is no front matter. Begin the file with a line `---`, the keys, and another `---`.";
  const LATE = "1:1 The front matter must begin in the first line. Delete what stands before the line `---`.";
  const OPEN = "1:1 The front matter has no end. Put a line `---` behind its last key.";
  const other = (kind: string): string =>
    `1:1 This front matter is ${kind}. Write its keys as YAML, between a line \`---\` and another.`;

  it.each([
    ["", "", "", NONE],
    ["Text.", "", "Text.", NONE],
    ["----\na: 1\n----\n", "", "----\na: 1\n----\n", NONE],
    ["--- a: 1\n---\n", "", "--- a: 1\n---\n", NONE],
    ["\n ---\na: 1\n\nText.", "---\na: 1\n", "", LATE],
    ["---\na: 1\n\nText.", "a: 1\n", "   \n    \n\nText.", OPEN],
    ["---\na: 1\n ---\n", "a: 1\n ---\n", "   \n    \n    \n", OPEN],
    ["---\na: 1\n \t\nText.", "a: 1\n", "   \n    \n \t\nText.", OPEN],
    ["+++\na = 1\n+++\n", "", "+++\na = 1\n+++\n", other("TOML")],
    ["---toml\na = 1\n---\n", "", "---toml\na = 1\n---\n", other("TOML")],
    ["---json\n{}\n---\n", "", "---json\n{}\n---\n", other("JSON")],
    [";;;\n{}\n;;;\n", "", ";;;\n{}\n;;;\n", other("JSON")],
    ['\n{\n "a": 1}', "", '\n{\n "a": 1}', other("JSON")],
    ["{a}", "", "{a}", NONE],
  ])("is missing in %j", (source, text, markdown, message) => {
    expect(parse(source)).toEqual({ data: undefined, text, markdown, messages: [message] });
  });

  it("has 65,536 characters at most", () => {
    const keysOf = (length: number): string => `a: ${"x".repeat(length - 4)}\n`;
    expect(parse(`---\n${keysOf(65_536)}---\n`).messages).toEqual([]);
    expect(parse(`---\n${keysOf(65_537)}---\n`)).toMatchObject({
      data: undefined,
      messages: ["3:1 The front matter has 65537 characters; 65536 are the most. Is its end, the line `---`, missing?"],
    });
  });
});
