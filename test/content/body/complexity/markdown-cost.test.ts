import * as fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import { ComplexityBudget } from "../../../../src/content/body/complexity/complexity-budget.ts";
import { markdownCostExtension } from "../../../../src/content/body/complexity/markdown-cost.ts";
import { messagesOf, storyOf } from "../../support.ts";

const tree = (text: string, ...extensions: ReturnType<typeof gfm>[]) =>
  fromMarkdown(text, { extensions: [gfm(), ...extensions], mdastExtensions: [gfmFromMarkdown()] });

const PIECES = [
  "`",
  "``",
  "```",
  "\\",
  "*",
  "**",
  "_",
  "~",
  "~~",
  "[",
  "]",
  "](x)",
  "![",
  "<b>",
  "<",
  ">",
  "<!--",
  "-->",
  "&amp;",
  "a",
  " ",
  "b ",
  "\n",
  "\n\n",
  "> ",
  "- ",
  "1. ",
  "    ",
  "\t",
  "# ",
  "---",
  "===",
  "| a | b |\n|-|-|\n",
  "[^1]",
  "[a]: x\n",
  "www.a.b",
  "http://a.b",
  "a@b.c",
  "~~~\n",
  "- [ ] ",
  "[^1]: ",
];

/** Units that take micromark or the HTML parser quadratic time if they are repeated to nearly a mebibyte. */
const COSTLY_UNITS = [
  ">",
  "> ",
  "- ",
  "1. ",
  "- > ",
  "*a ",
  "*a **b ",
  "a**b ",
  "*_",
  "a *b* ",
  "~~a~ ",
  "_a ",
  "[",
  "[a",
  "]",
  "![",
  "[a](",
  "[a](<b",
  "[a][b]",
  "![^a]",
  "[^a]: ",
  "[^a]",
  '[a](b "c',
  "`a",
  "<",
  "<!--a ",
  "a <?",
  "<![CDATA[",
  "<!A ",
  "<div>",
  "<b>",
  "<table><tr><td>",
  "<a><b>",
  "<svg><g>",
  "www.a",
  "a.a.",
  "&a;",
  "|a",
  "a\n---\n",
  "> a\nb\n",
  "> a\n\n",
  "- a\n\nb\n\n",
  "\n",
  "# a\n",
  "[a]: b\n",
];

const fill = (unit: string, length = 1_000_000): string =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

describe("the complexity budget", () => {
  it("does not change how Markdown is parsed", () => {
    const markdown = fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(markdown, (text) => {
        expect(tree(text, markdownCostExtension(text, new ComplexityBudget()))).toEqual(tree(text));
      }),
      { numRuns: 500 },
    );
  });

  it.each(COSTLY_UNITS)("refuses a mebibyte of %j early, with one message", (unit) => {
    const messages = messagesOf(storyOf(fill(unit)));
    expect(messages.filter((message) => message.endsWith(" too-tangled"))).toHaveLength(1);
    expect(messages).toHaveLength(1);
  });

  it.each([
    ["stars that open and stars that close", fill("*a ", 100_000) + fill("b* ", 100_000)],
    ["two runs of stars", `${"*".repeat(100_000)}a${"*".repeat(100_000)}`],
    ["nested pictures", fill("![", 100_000) + fill("](x)", 100_000)],
    ["brackets in brackets", "[".repeat(100_000) + "]".repeat(100_000)],
    ["code of every length", Array.from({ length: 1300 }, (_, length) => "`".repeat(length + 1)).join(" ")],
    ["a table of wide and short rows", `${fill("|a", 60_000)}\n${fill("|-", 60_000)}\n${fill("|\n", 60_000)}`],
    [
      "one address named ten thousand times",
      `[a]: https://example.org/${"x".repeat(20_000)}\n\n${fill("[a] ", 40_000)}`,
    ],
    [
      "formatting that every block opens anew",
      `${Array.from({ length: 100 }, (_, id) => `<b id=${id}>`).join("")}${fill("<p>", 100_000)}`,
    ],
    [
      "lists nested by indentation",
      Array.from({ length: 300 }, (_, depth) => `${" ".repeat(2 * depth)}- a`).join("\n"),
    ],
    ["an address with a tail", `www.a.b/${fill("?!", 60_000)}x`],
  ])("refuses %s", (_, text) => {
    expect(messagesOf(storyOf(text)).filter((message) => message.endsWith(" too-tangled"))).toHaveLength(1);
  });

  it.each([
    [
      "a chapter of paragraphs",
      fill("The embassy said on **Tuesday** that [the minister](https://example.org/x) had *left*.\n\n", 100_000),
    ],
    [
      "a list of five hundred entries",
      fill("- an entry with [a link](https://example.org) and **bold** text\n", 30_000),
    ],
    ["a table of five hundred rows", `| a | b |\n|-|-|\n${"| [x](https://example.org) | **b** |\n".repeat(500)}`],
    ["a long listing", `\`\`\`js\n${fill("const x = [1, 2].map((a) => a * 2); // `hi` <b>\n", 60_000)}\n\`\`\``],
  ])("accepts %s", (_, text) => {
    expect(messagesOf(storyOf(text))).toEqual([]);
  });
});
