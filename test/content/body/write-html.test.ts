import type { ElementContent } from "hast";
import { raw } from "hast-util-raw";
import { describe, expect, it } from "vitest";
import { writeHtml } from "../../../src/content/body/write-html.ts";

const element = (
  tagName: string,
  properties: Readonly<Record<string, string | boolean>>,
  ...texts: readonly string[]
): ElementContent => ({
  type: "element",
  tagName,
  properties: { ...properties },
  children: texts.map((value) => ({ type: "text", value })),
});

const parse = (html: string) => raw({ type: "root", children: [{ type: "raw", value: html }] });

describe("the HTML of a story", () => {
  it.each([
    ["in a text", element("p", {}, "a ]]> b ]]> c"), "<p>a ]]&#x3E; b ]]&#x3E; c</p>"],
    ["behind more brackets", element("code", {}, "x[y[0]]]>]]>"), "<code>x[y[0]]]&#x3E;]]&#x3E;</code>"],
    ["across two texts", element("p", {}, "a ]]", "> b ]", "]>"), "<p>a ]]&#x3E; b ]]&#x3E;</p>"],
    ["in code of several lines", element("pre", {}, "a\n]]>\n"), "<pre>a\n]]&#x3E;\n</pre>"],
    [
      "in attributes",
      element("a", { title: "]]>", href: "https://example.org/?a]]>" }, "x"),
      '<a title="]]&#x3E;" href="https://example.org/?a]]&#x3E;">x</a>',
    ],
    [
      "not, where brackets end an attribute, before the end of a tag",
      element("a", { title: "]]" }, ">"),
      '<a title="]]">></a>',
    ],
    ["not, where brackets end a text, before a tag", element("p", {}, "a ]]"), "<p>a ]]</p>"],
  ])("never holds the end of a CDATA section: %s", (_, tree, html) => {
    expect(writeHtml(tree)).toBe(html);
    expect(writeHtml(parse(html))).toBe(html);
  });

  it("holds no carriage return", () => {
    expect(writeHtml(element("p", {}, "a\rb\r\nc\r\r"))).toBe("<p>a\nb\nc\n\n</p>");
  });
});
