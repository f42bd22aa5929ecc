import { describe, expect, it } from "vitest";
import { htmlOf, messagesOf, storyOf } from "../support.ts";

const idsOf = (text: string): readonly string[] =>
  Array.from(htmlOf(text).matchAll(/<h\d id="hello-([^"]*)"/g), ([, id = ""]) => id);

describe("the id of a heading", () => {
  // What GitHub makes of them.
  it.each([
    ["The part", "the-part"],
    ["It's *here*: a `code()` & more!", "its-here-a-code--more"],
    ["snake_case and kebab-case", "snake_case-and-kebab-case"],
    ["Größe 2.0", "größe-20"],
    ["日本語 の 見出し。", "日本語-の-見出し"],
    ["A <b>raw</b> one", "a-raw-one"],
  ])("is made of its text: %s", (heading, id) => {
    expect(idsOf(`## ${heading}`)).toEqual([id]);
  });

  it("has a number where another element has it already", () => {
    expect(idsOf("## A\n\n## A\n\n## A-1\n\n## A")).toEqual(["a", "a-1", "a-1-1", "a-2"]);
    expect(idsOf('<a id="a"></a>\n\n## A')).toEqual(["a-1"]);
  });

  it("stays if the heading has one, and is left out if the heading has no letters", () => {
    expect(idsOf('<h2 id="x">A</h2>')).toEqual(["x"]);
    expect(htmlOf("## ☃")).toBe("<h2>☃</h2>");
  });

  it("is where links lead, in the story and on its page", () => {
    const html = htmlOf("See [below](#the-part) and [there](#größe).\n\n## The part\n\n## Größe");
    expect(html).toContain('href="https://feedwright.invalid/articles/hello#hello-the-part"');
    expect(html).toContain('<h2 id="hello-the-part">');
    expect(html).toContain('href="https://feedwright.invalid/articles/hello#hello-gr%C3%B6%C3%9Fe"');
    expect(messagesOf(storyOf("See [below](#the-part).\n\n## The part"))).toEqual([]);
    expect(messagesOf(storyOf("See [below](#The-part).\n\n## The part"))).toEqual(["7:5 fragment"]);
  });

  it("is not that of a note", () => {
    expect(htmlOf("Text[^1].\n\n[^1]: Note.\n\n## Footnote label")).toContain(
      'id="hello-footnote-label-1">Footnote label',
    );
  });
});
