import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { absoluteFrom, absoluteHtml, withAbsoluteUrls } from "../../src/interop/absolute-urls.ts";
import { arbitraryText } from "../formats/support/arbitrary-text.ts";

const BASE = "https://company.example/posts/2026/story.html?a=1#x";

it.each([
  ["/a/b", "https://company.example/a/b"],
  [" c ", "https://company.example/posts/2026/c"],
  ["../c?x#y", "https://company.example/posts/c?x#y"],
  ["?q", "https://company.example/posts/2026/story.html?q"],
  ["100%.png", "https://company.example/posts/2026/100%.png"],
  ["ü b", "https://company.example/posts/2026/%C3%BC%20b"],
  ...["", " ", "#note", "//cdn.example/x", "\\\\cdn.example/x", "mailto:a@b.c", "HTTPS://Other.Example:443/../k"].map(
    (same) => [same, same],
  ),
])("%j leads from a page to %j", (reference, expected) => {
  expect(absoluteFrom(reference ?? "", BASE)).toBe(expected);
  expect(absoluteFrom(reference ?? "", undefined)).toBe(reference);
});

describe("HTML", () => {
  it.each([
    ["a link", '<a href="/a?b&amp;c">x</a>', '<a href="https://company.example/a?b&amp;c">x</a>'],
    ["without quotes", "<A HREF=/a>x</A>", '<A href="https://company.example/a">x</A>'],
    ["in single quotes", `<a href='/"a'>x</a>`, '<a href="https://company.example/%22a">x</a>'],
    [
      "a picture with lines around it",
      '\r\n<p>\r\n<img\r\nsrc="i.png" alt>\r\n',
      '\r\n<p>\r\n<img\r\nsrc="https://company.example/posts/2026/i.png" alt>\r\n',
    ],
    [
      "several pictures",
      '<img src="https://cdn.example/a" srcset="b.png 1x, https://cdn.example/c 2x">',
      '<img src="https://cdn.example/a" srcset="https://company.example/posts/2026/b.png 1x, https://cdn.example/c 2x">',
    ],
    [
      "a picture that a script loads",
      '<img src="data:," data-src="/i.png" data-lazy="true">',
      '<img src="data:," data-src="https://company.example/i.png" data-lazy="true">',
    ],
    [
      "others of one element",
      '<video poster="p.png" src="v.mp4"></video><q cite="/c">x</q>',
      '<video poster="https://company.example/posts/2026/p.png" src="https://company.example/posts/2026/v.mp4"></video><q cite="https://company.example/c">x</q>',
    ],
  ])("has absolute addresses: %s", (_, html, expected) => {
    expect(absoluteHtml(html, BASE)).toBe(expected);
  });

  it.each([
    '<a href="#a">x</a><a href="HTTPS://x.example">y</a><a href=//z.example>z</a>',
    '<script>"<a href=\'/x\'>"</script><a href="mailto:a@b.c">x</a>',
    "<!-- <a href='/x'> --><textarea><a href='/x'></textarea>",
    'href="/x" &lt;a href="/x"> <a title=\'href="/x"\'>y</a>',
    '<a href="/x',
  ])("stays as it is to the letter where none is relative: %s", (html) => {
    expect(absoluteHtml(html, BASE)).toBe(html);
  });

  const part = fc.oneof(
    arbitraryText,
    fc.constantFrom("<p>", "\r\n", "\r", "<!--", "-->", "<pre>", "<style>", "</style>", "<textarea>", "<", "&amp;"),
    fc
      .tuple(
        fc.constantFrom("a href", "img src", "IMG SRCSET"),
        fc.constantFrom("/a", "b c", "#c", "https://x.example/"),
      )
      .map(([start, url]) => `<${start}="${url}">`),
  );

  it("is absolute for good, and changes nowhere else", () => {
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const html = parts.join("");
        const absolute = absoluteHtml(html, BASE);
        expect(absoluteHtml(absolute, "https://elsewhere.example/")).toBe(absolute);
        const rest = (text: string): string => text.replaceAll(/(?:href|src(?:set)?)="[^"]*"/gi, "");
        expect(rest(absolute)).toBe(rest(html));
      }),
    );
  });
});

describe("an item", () => {
  const date = new Date(0);
  const FEED = "https://company.example/news";

  it("leads from its page where its text does, and from the feed where it itself does", () => {
    const file = (url: string) => ({ url, type: "image/png" });
    const given = {
      ...{
        title: "T",
        date,
        link: "/posts/a",
        content: '<a href="b">b</a>',
        author: [{ name: "A", link: "/ann" }, {}],
      },
      ...{ image: "i.png", audio: file("/a.mp3"), video: file("https://v.example/"), enclosure: file("e.pdf") },
    };
    expect(withAbsoluteUrls(given, FEED)).toEqual({
      ...given,
      link: "https://company.example/posts/a",
      content: '<a href="https://company.example/posts/b">b</a>',
      author: [{ name: "A", link: "https://company.example/ann" }, {}],
      image: "https://company.example/posts/i.png",
      audio: file("https://company.example/a.mp3"),
      enclosure: file("https://company.example/posts/e.pdf"),
    });
    expect(withAbsoluteUrls(given, undefined)).toBe(given);
  });

  it.each([
    ["", "https://company.example/b"],
    ["mailto:a@b.c", "https://company.example/b"],
    ["https://", "https://company.example/b"],
    ["https://other.example/x/y", "https://other.example/x/b"],
  ])("whose link is %j has a text that leads to %s", (link, expected) => {
    const { description } = withAbsoluteUrls({ title: "T", date, link, description: "<a href=b>b</a>" }, FEED);
    expect(description).toBe(`<a href="${expected}">b</a>`);
  });
});
