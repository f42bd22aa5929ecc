import { raw } from "hast-util-raw";
import { toString as textOf } from "hast-util-to-string";
import { EXIT, visit } from "unist-util-visit";
import { describe, expect, it } from "vitest";
import { htmlOf, itemOf, messagesOf, storyOf } from "../support.ts";

/** The text of the first <pre> of HTML, as a browser parses it. */
const preTextOf = (html: string): string => {
  const tree = raw({ type: "root", children: [{ type: "raw", value: html }] });
  let text = "";
  visit(tree, "element", (element) => {
    if (element.tagName !== "pre") return undefined;
    text = textOf(element).replace(/\r/g, "\n");
    return EXIT;
  });
  return text;
};

const BASE = "https://feedwright.invalid";

describe("rendering the body of a story", () => {
  it.each([
    ["a task list", "- [x] done", /<li class="task-list-item"><input type="checkbox" checked disabled> done<\/li>/],
    ["a table's alignment", "| a | b |\n|:-|-:|\n| 1 | 2 |", /<td align="left">1<\/td>\n<td align="right">2<\/td>/],
    ["the language of code", "```js\na < b\n```", /<pre><code class="language-js">a &#x3C; b\n<\/code><\/pre>/],
    [
      "details",
      "<details open><summary>A</summary>\n\n*B*\n\n</details>",
      /<details open><summary>A<\/summary>\n<p><em>B<\/em><\/p>/,
    ],
    ["the direction", '<p dir="rtl" lang="ar">مرحبا</p>', /^<p dir="rtl" lang="ar">مرحبا<\/p>$/],
    [
      "ruby",
      "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
      /<ruby>漢<rp>\(<\/rp><rt>kan<\/rt><rp>\)<\/rp><\/ruby>/,
    ],
    ["what looks like mathematics", "$a_b^c$", /^<p>\$a_b\^c\$<\/p>$/],
    ["addresses as links", "www.example.com.", /<a href="http:\/\/www\.example\.com\/">www\.example\.com<\/a>\./],
  ])("keeps %s", (_, text, html) => {
    expect(htmlOf(text)).toMatch(html);
  });

  it("turns a carriage return in the HTML into the line feed that browsers read", () => {
    expect(htmlOf("<pre>a&#13;&#10;b&#13;c</pre>")).toBe("<pre>a\nb\nc</pre>");
  });

  it("removes comments", () => {
    expect(htmlOf("a <!-- secret --> b\n\n<!-- secret -->")).toBe("<p>a  b</p>");
  });

  it.each([
    ['width="300"', 'width="300"'],
    ['height="20"', 'height="20"'],
    ['width="1" height="2"', 'width="1" height="2"'],
    ["", 'width="640" height="480"'],
  ])("has a picture of the size that the writer gives: %s", (written, shown) => {
    expect(htmlOf(`<img src="media/x.png" alt="" ${written}>`)).toContain(`alt="" ${shown}>`);
  });

  it("removes each of several inputs, but for check boxes", () => {
    expect(htmlOf('<p>a<input><input type="text"><input type="checkbox" checked>b</p>')).toBe(
      '<p>a<input type="checkbox" checked disabled>b</p>',
    );
  });

  it("makes every URL of a picture with sources absolute", () => {
    const text = `<picture><source srcset="media/x.png 2x, media/a%20b.png 640w"><img src="media/x.png" alt=""></picture>`;
    expect(htmlOf(text)).toBe(
      `<p><picture><source srcset="${BASE}/media/x.png 2x, ${BASE}/media/a%20b.png 640w">` +
        `<img src="${BASE}/media/x.png" alt="" width="640" height="480"></picture></p>`,
    );
  });

  it("makes the URLs of films and sounds absolute, and lists the files as used", () => {
    const text = `<video src="media/film.mp4" poster="media/x.png"><track src="media/en.vtt"></video>\n\n<audio><source src="media/talk.mp3"></audio>`;
    const { html, media } = itemOf(storyOf(text));
    for (const path of ["media/film.mp4", "media/x.png", "media/en.vtt", "media/talk.mp3"]) {
      expect(html).toContain(`"${BASE}/${path}"`);
      expect(media).toContain(path);
    }
  });

  it.each([
    "One[^1], two[^b], one again[^1].\n\n[^1]: A.\n[^b]: B.",
    "Accents[^é] and spaces.\n\n[^é]: É.",
    '<a name="x"></a>[x](#x)',
    '<h2 id="café">C</h2>\n\n[raw](#café) [coded](#caf%C3%A9)',
  ])("has the target of each link within the story: %j", (text) => {
    const html = htmlOf(text, "naïve.md");
    const ids = Array.from(html.matchAll(/ (?:id|name)="([^"]*)"/g), ([, id]) => id);
    const links = Array.from(html.matchAll(/href="[^"#]*#([^"]*)"/g), ([, id = ""]) => decodeURIComponent(id));
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(ids).toContain(link);
    for (const id of ids) expect(id).toMatch(/^naïve-/);
  });

  it.each([
    "<pre>\n\n  indented, after a blank line\n</pre>",
    "<pre>\n\n\nafter two\n</pre>",
    "<pre>first\n</pre>",
    "<pre><b>\nbold</b></pre>",
    "<pre><!-- gone -->\nafter a comment</pre>",
    "<pre><script></script>\nafter a script</pre>",
    "<pre>&#10;&#10;by reference</pre>",
    "<pre>&#13;a carriage return</pre>",
    "```\n\ncode\n```",
  ])("gives readers the lines of <pre> that a browser would show of the source: %j", (text) => {
    const source = text.startsWith("<") ? text : "<pre><code>\ncode\n</code></pre>";
    const expected = source.replace(/<!--.*?-->|<script><\/script>/g, (removed) => `<i>${removed}</i>`);
    expect(preTextOf(htmlOf(text))).toBe(preTextOf(expected));
  });

  it.each([
    ["a film", '<video controls src="https://example.org/x.mp4"><p>No film.</p></video>', "video"],
    ["a sound", 'Hear <audio src="https://example.org/x.mp3"><div>No <p>sound</p></div></audio> now.', "audio"],
    ["a film of several lines", '<video\ncontrols src="https://example.org/x.mp4"><p>No film.</p>\n</video>', "video"],
  ])("leaves in %s what it shows where it can't play", (_, text, tagName) => {
    const html = htmlOf(text);
    expect(html.match(/<p>/g)).toHaveLength(1);
    expect(html).toMatch(new RegExp(`<${tagName}[^>]*>[^<]*No[^<]*</${tagName}>`));
  });

  it.each([
    ["an element", "<blink>x</blink>", "<p>x</p>"],
    ["a script with what it holds", "a <script>b</script> c", "<p>a  c</p>"],
    ["an event handler", '<b onclick="x()">y</b>', "<p><b>y</b></p>"],
    ["a style", '<b style="color:red">y</b>', "<p><b>y</b></p>"],
    ["a field", "a <input name=x> b", "<p>a  b</p>"],
  ])("removes %s with a warning", (_, text, html) => {
    expect(htmlOf(text)).toBe(html);
    expect(messagesOf(storyOf(text))).toHaveLength(1);
    expect(messagesOf(storyOf(text))[0]).toMatch(/^7:\d+ removed$/);
  });

  it.each([
    ["as it is", "See https://feedwright.invalid/x."],
    ["in capitals", "See <HTTPS://FEEDWRIGHT.INVALID/x>."],
    ["with a coded dot", "[x](https://feedwright%2Einvalid/)"],
    ["without a scheme", "[x](//feedwright.invalid)"],
    ["in character references", "&#104;ttps://feedwright.invalid"],
    ["across an element that is removed", "https://feed<script></script>wright.invalid"],
    ["across one that is not, for the summary", "https\\://feed<b>wright</b>.invalid"],
    ["in a picture's text", "![https\\://feedwright.invalid](media/x.png)"],
    ["in a query", "[x](/search?u=https://feedwright.invalid)"],
    ["in a part of a file", "[x](media/talk.mp3#https://feedwright.invalid)"],
  ])("refuses the placeholder origin %s", (_, text) => {
    const messages = messagesOf(storyOf(text)).filter((message) => !message.endsWith(" removed"));
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^7:\d+ placeholder$/);
  });
});
