import * as fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import { cjkMarkdown } from "../../../src/content/body/cjk-markdown.ts";
import { htmlOf } from "../support.ts";

const paragraph = (html: string): string => `<p>${html}</p>`;
const link = (address: string, text = address): string => `<a href="${address}">${text}</a>`;

describe("emphasis beside Chinese, Japanese and Korean", () => {
  it.each([
    ["**重要。**后面", "<strong>重要。</strong>后面"],
    ["前面**“重要”**后面", "前面<strong>“重要”</strong>后面"],
    ["これは**「重要」**です。", "これは<strong>「重要」</strong>です。"],
    ["*（注）*本文", "<em>（注）</em>本文"],
    ["**이것(참고)**은", "<strong>이것(참고)</strong>은"],
    ["~~旧价。~~新价", "<del>旧价。</del>新价"],
    ["𠮷**（a）**𠮷", "𠮷<strong>（a）</strong>𠮷"],
    ["**a。**b*c。*d", "<strong>a。</strong>b<em>c。</em>d"],
  ])("begins and ends where people mean it: %s", (text, html) => {
    expect(htmlOf(text)).toBe(paragraph(html));
  });

  it.each([
    ["a * b ** c", "a * b ** c"],
    ["snake_case_name", "snake_case_name"],
    ["重要_x_后", "重要_x_后"],
    ["**“x”**y", "**“x”**y"],
    ["** 空 **", "** 空 **"],
  ])("is as in CommonMark elsewhere: %s", (text, html) => {
    expect(htmlOf(text)).toBe(paragraph(html));
  });
});

describe("a bare address", () => {
  it.each([
    ["请看https://example.org/a。后面", `请看${link("https://example.org/a")}。后面`],
    ["（https://example.org/a）后面", `（${link("https://example.org/a")}）后面`],
    ["「https://example.org/a」、b", `「${link("https://example.org/a")}」、b`],
    ["“https://example.org/a”", `“${link("https://example.org/a")}”`],
    ["«https://example.org/a»", `«${link("https://example.org/a")}»`],
    ["https://example.org/a،‏", `${link("https://example.org/a")}،‏`],
    ["看https://example.org后面", `看${link("https://example.org/", "https://example.org")}后面`],
    ["看https://example.org/a后面", `看${link("https://example.org/a")}后面`],
    ["请看www.example.org。", `请看${link("http://www.example.org/", "www.example.org")}。`],
    ["（www.example.org）", `（${link("http://www.example.org/", "www.example.org")}）`],
    ["**请看https://example.org/a。**后面", `<strong>请看${link("https://example.org/a")}。</strong>后面`],
    ["https://a.example/x,后面", `${link("https://a.example/x")},后面`],
  ])("ends where the sentence goes on: %s", (text, html) => {
    expect(htmlOf(text)).toBe(paragraph(html));
  });

  it.each([
    ["https://zh.wikipedia.org/wiki/中国 是", "https://zh.wikipedia.org/wiki/%E4%B8%AD%E5%9B%BD"],
    ["https://example.org/?q=日本語 は", "https://example.org/?q=%E6%97%A5%E6%9C%AC%E8%AA%9E"],
    ["<https://example.org/后面> x", "https://example.org/%E5%90%8E%E9%9D%A2"],
    ["https://en.wikipedia.org/wiki/A_(b) x", "https://en.wikipedia.org/wiki/A_(b)"],
    ["https://例え.jp/a。", "https://xn--r8jz45g.jp/a"],
  ])("holds what belongs to it: %s", (text, address) => {
    expect(htmlOf(text)).toContain(`<a href="${address}">`);
  });

  it("is, like emphasis, where there are none of these characters what it is on GitHub", () => {
    const part = fc.constantFrom(
      "https://example.org/",
      "a",
      "(b)",
      ".",
      ",",
      " ",
      "*",
      "_",
      "~~",
      "?q=1",
      "&",
      "www.x.org",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = `x ${parts.join("")} x`;
        const github = gfm();
        const mdastExtensions = [gfmFromMarkdown()];
        expect(fromMarkdown(text, { extensions: [github, cjkMarkdown(text, github)], mdastExtensions })).toEqual(
          fromMarkdown(text, { extensions: [github], mdastExtensions }),
        );
      }),
    );
  });
});
