import { describe, expect, it } from "vitest";
import { omitEmpty, slugFor, textOfHtml, writeStory, writeYaml } from "../../src/interop/story-source.ts";

const DATA = {
  ...{ none: undefined, nothing: null, empty: "", list: [] },
  ...{ zero: 0, no: false, blank: " ", some: [""], mapping: {}, text: "a" },
};

it("a mapping loses what is undefined, null, empty text or an empty list, and nothing else", () => {
  expect(omitEmpty(DATA)).toEqual({ zero: 0, no: false, blank: " ", some: [""], mapping: {}, text: "a" });
  expect(writeYaml(DATA)).toBe('zero: 0\nno: false\nblank: " "\nsome: [""]\nmapping: {}\ntext: "a"\n');
});

it.each([
  ["a\r\nb\rc\n", "a\nb\nc\n"],
  ["a\n\n\nb\n \t\nc", "a\n&#10;&#10;b\n \t&#10;c"],
  ["\na", "&#10;a"],
])("the body of a story has no blank line: %j", (html, expected) => {
  expect(writeStory({ title: "T" }, html)).toBe(`---\ntitle: "T"\n---\n\n<body>\n${expected}\n`);
});

it("the text of HTML is on one line, unless it is nested too deep", () => {
  expect(textOfHtml("<p>1 &lt;\n <b>2</b></p>")).toBe("1 < 2");
  expect(textOfHtml("<b>".repeat(20_000))).toBeUndefined();
});

describe("a slug", () => {
  const none = (): boolean => false;

  it.each([
    ["https://e.example/2026/My%20Story.html?x#y", "T", "My-Story"],
    ["https://e.example/a.HTM", "T", "a"],
    ["https://e.example/a.php", "T", "a"],
    ["https://e.example/a.ASPX", "T", "a"],
    ["https://e.example/a.asp", "T", "a"],
    ["https://e.example/a.html.txt", "T", "a.html.txt"],
    ["https://e.example/first/last//", "T", "last"],
    ["https://e.example/u%CC%88", "T", "\u00fc"],
    ["https://e.example/--a__b..c~d--", "T", "a__b..c~d"],
    ["https://e.example/._~", "T!", "T"],
    ["https://e.example/%FF", "T", "FF"],
    ["https://e.example/", "A title (1)", "A-title-1"],
    ["/relative", "A title", "A-title"],
    ["", "?", "story"],
    [`https://e.example/${"a".repeat(101)}`, "T", "a".repeat(100)],
    [`https://e.example/${encodeURIComponent("𝒜".repeat(101))}`, "T", "𝒜".repeat(100)],
  ])("of %s with the title %j is %s", (link, title, slug) => {
    expect(slugFor(link, title, none)).toBe(slug);
  });

  it("has a number if it is taken, from 2 on", () => {
    const taken = new Set(["a", "a-2"]);
    expect(slugFor("https://e.example/a", "T", (slug) => taken.has(slug))).toBe("a-3");
    expect(slugFor("https://e.example/a", "T", (slug) => slug === "a")).toBe("a-2");
  });
});
