import fc from "fast-check";
import { raw } from "hast-util-raw";
import { toString as textOf } from "hast-util-to-string";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toHast } from "mdast-util-to-hast";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import { compile } from "../../../src/content/compile.ts";
import type { Item } from "../../../src/model/item.ts";
import { CHANNEL, CONTEXT, ORIGIN, storyOf } from "../support.ts";

const itemOf = (text: string, keys = "", markdown = true): Item => {
  const channel = { ...CHANNEL, ...(markdown && { markdown }) };
  const { item, file } = compile("hello.md", storyOf(text, keys), { ...CONTEXT, channel });
  if (item === undefined) throw new Error(file.messages.join("\n"));
  return item;
};

/** The words of HTML, as others see it that read the Markdown, or the HTML itself. */
const wordsOfHtml = (html: string): string =>
  textOf(raw({ type: "root", children: [{ type: "raw", value: html }] })).replace(/\s+/g, "");

const wordsOfMarkdown = (markdown: string): string => {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return textOf(raw(toHast(tree, { allowDangerousHtml: true }))).replace(/\s+/g, "");
};

describe("a story as Markdown", () => {
  it.each([
    ["emphasis", "*a* __b__ ~~c~~ `d`", "*a* **b** ~~c~~ `d`"],
    ["a heading", "Title\n=====\n\n### Third", "# Title\n\n### Third"],
    ["lists", "* a\n  1. b\n* [x] c", "- a\n  1. b\n- [x] c"],
    ["a quotation", "> a\n>\n> b", "> a\n>\n> b"],
    ["code with a blank first line", "```js\n\na < b\n```", "```js\n\na < b\n```"],
    ["a rule", "***", "---"],
    ["a link to another story", "[a](other.md)", `[a](${ORIGIN}/articles/other)`],
    ["a picture with an absolute address", "![A](media/x.png)", `![A](${ORIGIN}/media/x.png)`],
    ["a table", "| a | b |\n|---|--:|\n| 1 | 2 \\| 3 |", "| a | b |\n| - | -: |\n| 1 | 2 \\| 3 |"],
    ["signs that are none of Markdown", "2 \\* 3 \\_a\\_ \\<b> ~50 to ~60", "2 \\* 3 \\_a\\_ \\<b> \\~50 to \\~60"],
    ["superscripts", "10<sup>*6*</sup> H<sub>2</sub>O", "10<sup>*6*</sup> H<sub>2</sub>O"],
    ["marked and inserted words", "<mark>a</mark> <ins>b</ins> <u>c</u>", "<mark>a</mark> <ins>b</ins> <u>c</u>"],
    ["ruby", "<ruby>漢<rt>kan</rt></ruby>", "<ruby>漢<rt>kan</rt></ruby>"],
    ["the other direction", '<bdo dir="rtl">abc</bdo>', '<bdo dir="rtl">abc</bdo>'],
    ["a film with words", '<video src="media/film.mp4" controls>Watch</video>', `[Watch](${ORIGIN}/media/film.mp4)`],
    ["a sound without words", '<audio src="media/talk.mp3" controls></audio>', `[talk.mp3](${ORIGIN}/media/talk.mp3)`],
    [
      "a table with joined cells",
      '<table><tr><td colspan="2">a</td></tr></table>',
      '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>',
    ],
    [
      "a table with a caption and a blank line in it",
      "<table><caption>C</caption><tr><td><pre>a\n&#10;b</pre></td></tr></table>",
      "<table><caption>C</caption><tbody><tr><td><pre>a&#10;&#10;b</pre></td></tr></tbody></table>",
    ],
    ["lines of a cell", "<table><tr><th>a<br>b</th></tr></table>", "| a<br>b |\n| - |"],
    ["codes side by side", "<kbd>a</kbd><code>b</code><code>`</code>", "`a`<!-- -->`b`<!-- -->`` ` ``"],
    ["texts side by side that are struck out", "<s>a</s><del>b</del>", "~~a~~<!-- -->~~b~~"],
    ["nothing for code without a sign", "a<code> </code>b", "a b"],
    ["a line break at the end", "a <b>b<br></b>", "a **b<br>**"],
  ])("has %s", (_, source, markdown) => {
    expect(itemOf(`Words.\n\n${source}`).markdown).toBe(`Words.\n\n${markdown}`);
  });

  it("is as safe as the HTML: it is made of the same tree", () => {
    const { markdown = "" } = itemOf('Text <script>alert(1)</script><b onclick="x()">b</b> [a](sms:1)\n\n<!-- c -->');
    expect(markdown).toBe("Text **b** a");
  });

  it("has the corrections and the source at its end, as the HTML has them", () => {
    const keys =
      "corrections: [{ at: 2026-11-24T02:30:00Z, note: It *was* 10. }]\nsource: { title: P_x_, url: 'https://p.example/' }\n";
    expect(itemOf("Text.", keys).markdown).toBe(
      "Text.\n\n**Correction** (November 24, 2026, 2:30 AM): It \\*was\\* 10.\n\nSource: [P_x\\_](https://p.example/)",
    );
  });

  it("is nowhere unless site.yaml wants it, and changes nothing else", () => {
    const { markdown, ...others } = itemOf("*a*");
    expect([markdown, itemOf("*a*", "", false)]).toEqual(["*a*", others]);
  });

  it("takes no more room or time where a table claims to have millions of columns", () => {
    const { markdown = "" } = itemOf('<table><tr><td colspan="1000" rowspan="65534">a</td></tr></table>');
    expect(markdown.length).toBeLessThan(200);
  });

  it("says the same words as the HTML to whoever parses it, whatever they are", () => {
    const part = fc.constantFrom(
      ...[
        "*",
        "_",
        "**",
        "`",
        "~",
        "~~",
        "|",
        "#",
        "-",
        "+",
        "1.",
        ">",
        "<",
        "&amp;",
        "&lt;",
        "[",
        "]",
        "(",
        ")",
        "!",
        "\\",
      ],
      ...[
        "\n",
        "\n\n",
        " ",
        "  ",
        "    ",
        "a",
        "word",
        "10",
        "https://a.example/",
        "漢字",
        "。",
        "<sup>",
        "</sup>",
        "<b>",
        "</b>",
      ],
      ...["<code>", "</code>", "<kbd>", "</kbd>", "<s>", "</s>"],
      ...["| a | b |\n|---|---|\n| c | d |\n", "- [ ] x ", "```\n", "[^1]", "$", "==", "@", ":", "<br>", "&#42;"],
    );
    const texts = fc.array(part, { minLength: 1, maxLength: 20 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, (text) => {
        const { file, item } = compile("hello.md", storyOf(`Words.\n\n${text}`), {
          ...CONTEXT,
          channel: { ...CHANNEL, markdown: true },
        });
        if (item === undefined) return file.messages.length > 0;
        expect(wordsOfMarkdown(item.markdown ?? "")).toBe(wordsOfHtml(item.html));
        return true;
      }),
      { numRuns: 300 },
    );
  });
});
