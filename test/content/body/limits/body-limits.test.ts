import * as fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import {
  MAX_BLOCKS,
  MAX_ELEMENTS,
  MAX_INLINE_COMMENTS,
  MAX_LINES,
  MAX_LIST_ITEMS,
  MAX_MARKS,
  MAX_NESTING_DEPTH,
  MAX_PARAGRAPH_LENGTH,
  MAX_PARAGRAPH_MARKS,
  MAX_TABLE_CELLS,
} from "../../../../src/content/body/limits/body-limits.ts";
import { markdownLimits } from "../../../../src/content/body/limits/markdown-limits.ts";
import { compile } from "../../../../src/content/compile.ts";
import { CONTEXT, messagesOf, storyOf } from "../../support.ts";

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

/** `text` repeated until it has `length` characters or a few more. */
const fill = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length));

const nested = (opener: string, closer: string, depth: number): string =>
  `${opener.repeat(depth)}a${closer.repeat(depth)}`;

const lines = (line: string, count: number): string => `${line}\n`.repeat(count);

// Without two spaces or a list in between, all of this would be one paragraph.
const paragraphs = (paragraph: string, count: number): string => `${paragraph}\n\n`.repeat(count);

/** Newlines of a story around its text. */
const LINES_AROUND = 7;

const HEAD = `${"|a".repeat(100)}|\n${"|-".repeat(100)}|\n`;

/** A text for each limit, by a number that is at most `limit`. */
const LIMITS: readonly (readonly [what: string, limit: number, textOf: (count: number) => string])[] = [
  ["lines", MAX_LINES - LINES_AROUND, (count) => paragraphs("a", count / 2) + "\n".repeat(count % 2)],
  ["marks", MAX_MARKS, (count) => paragraphs("& ".repeat(10), count / 10) + "& ".repeat(count % 10)],
  ["characters of a paragraph", MAX_PARAGRAPH_LENGTH, (count) => "a".repeat(count)],
  ["characters of a paragraph of many lines", MAX_PARAGRAPH_LENGTH / 10, (count) => lines("a b c d e", count)],
  [
    "characters of a paragraph with indented lines",
    MAX_PARAGRAPH_LENGTH / 10,
    (count) => `abcdefghi\n${lines("     a  b", count - 1)}`,
  ],
  ["marks of a paragraph", MAX_PARAGRAPH_MARKS, (count) => "& ".repeat(count)],
  ["characters of a heading", MAX_PARAGRAPH_LENGTH - 2, (count) => `# ${"a".repeat(count)}`],
  ["characters of a cell", MAX_PARAGRAPH_LENGTH, (count) => `| a |\n|-|\n| *${"a".repeat(count - 6)}* |`],
  ["lists and quotes", MAX_BLOCKS, (count) => paragraphs("> a\n\n- b\n\nc", count / 2) + "> a\n".repeat(count % 2)],
  ["underlined headings", MAX_BLOCKS, (count) => lines("a\n=", count)],
  ["items of a list", MAX_LIST_ITEMS, (count) => lines("- a", count)],
  ["comments in paragraphs", MAX_INLINE_COMMENTS, (count) => lines("a <!-- b --> c", count)],
  ["cells of a table", MAX_TABLE_CELLS / 100, (count) => HEAD + lines("| a |", count - 1)],
  ["quotes in quotes", MAX_NESTING_DEPTH - 2, (count) => `${">".repeat(count)} a`],
  ["elements in elements", MAX_NESTING_DEPTH, (count) => nested("<div>", "</div>", count)],
];

const errorsOf = (text: string): readonly string[] =>
  messagesOf(storyOf(text)).filter((message) => message.endsWith(" too-tangled"));

describe("the limits of a body", () => {
  it("do not change how Markdown is parsed", () => {
    const markdown = fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(markdown, (text) => {
        expect(tree(text, markdownLimits(text))).toEqual(tree(text));
      }),
      { numRuns: 500 },
    );
  });

  it.each(LIMITS)("accept the most %s", (_, limit, textOf) => {
    expect(errorsOf(textOf(limit))).toEqual([]);
  });

  it.each(LIMITS)("refuse one more than the most %s, with one message", (_, limit, textOf) => {
    expect(errorsOf(textOf(limit + 1))).toHaveLength(1);
  });

  it.each([
    [
      "elements that every paragraph opens anew",
      `<p>${Array.from({ length: 60 }, (_, id) => `<b id=${id}>`).join("")}\n${lines("<p>a", 3000)}`,
    ],
    [
      "elements that are closed only inside a comment",
      `<p>${Array.from({ length: 60 }, (_, id) => `<b id=${id}><!--</b>-->`).join("")}\n${lines("<p>a", 3000)}`,
    ],
    [
      "addresses that are named again and again",
      `[a]: https://example.org/${"x".repeat(9000)}\n\n${lines("[a]", 120)}`,
    ],
    [
      "lists nested by indentation",
      lines("- a", 1) + Array.from({ length: 300 }, (_, n) => `${"  ".repeat(n)}- a\n`).join(""),
    ],
    ["brackets in brackets", "![".repeat(2000) + "](x)".repeat(2000)],
    ["a mebibyte of one line", fill('x<a href="<caption>', 1_000_000)],
  ])("refuse %s", (_, text) => {
    expect(errorsOf(text)).toHaveLength(1);
  });

  it("say where and what to do", () => {
    const { messages } = compile("hello.md", storyOf(`A\n\n${"a".repeat(MAX_PARAGRAPH_LENGTH + 1)}`), CONTEXT).file;
    expect(messages.map(String)).toEqual([
      "hello.md:9:1: What begins here has more than 10,000 characters in one paragraph. Divide it by blank lines.",
    ]);
  });

  it(`names an element that is not closed, if that makes more than ${MAX_ELEMENTS} of them`, () => {
    const bold = Array.from({ length: 60 }, (_, id) => `<b id=${id}>`).join("");
    const { messages } = compile("hello.md", storyOf(`A\n\n<p>${bold}\n${lines("<p>a", 3000)}`), CONTEXT).file;
    expect(messages.map(String)).toEqual([
      "hello.md:9:1: The HTML grows to more than 100,000 elements, since `<b>` is not always closed. Close it.",
    ]);
  });
});

/** Bytes of the texts below. */
const BOOK = 400_000;

const SENTENCE =
  "The embassy said on **Tuesday** that [the minister](https://example.org/x) had *left* for the harbour. ";
const WRAPPED =
  "The council met on Tuesday evening and voted, after five hours\nof debate, for the new harbour wall; nobody left before it ended.\n";

describe("400 kB of ordinary text", () => {
  it.each([
    ["paragraphs on one line", fill(`${SENTENCE.repeat(4)}\n\n`, BOOK)],
    ["paragraphs of many lines", fill(`${WRAPPED.repeat(5)}\n`, BOOK)],
    ["long paragraphs", fill(`${fill("It rained, and nobody came. ", 9000)}\n\n`, BOOK)],
    [
      "dialogue",
      fill(
        "“Did you see her?” he asked, and sat down by the window at last, where the cat was.\n\n“No,” she said.\n\n",
        BOOK,
      ),
    ],
    [
      "dialogue with dashes",
      fill("- Did you see her? he asked, and then he sat down by the window to wait for the others.\n\n", BOOK),
    ],
    ["Chinese", fill(`${"他说了一句话，然后离开了港口。".repeat(20)}\n\n`, BOOK / 3)],
    [
      "lists",
      fill(
        `${lines("- an entry with [a link](https://example.org) and **bold** text that goes on for a while", 20)}\n`,
        BOOK / 2,
      ),
    ],
    ["a table of a thousand rows", `| a | b |\n|-|-|\n${"| [x](https://example.org) | **b** |\n".repeat(1000)}`],
    [
      "HTML of another system",
      fill(
        "<!-- wp:paragraph -->\n<p>The embassy said on <strong>Tuesday</strong> that it had left, and that nobody had been told of it before the evening, when the ships came in again from the north.</p>\n<!-- /wp:paragraph -->\n\n",
        BOOK / 2,
      ),
    ],
    ["a long listing", `\`\`\`js\n${fill("const x = [1, 2].map((a) => a * 2); // `hi` <b>\n", 60_000)}\`\`\``],
  ])("is accepted: %s", (_, text) => {
    expect(messagesOf(storyOf(text))).toEqual([]);
  });
});
