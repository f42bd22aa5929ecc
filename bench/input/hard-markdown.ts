import {
  MAX_BLOCKS,
  MAX_LINES,
  MAX_MARKS,
  MAX_PARAGRAPH_LENGTH,
  MAX_PARAGRAPH_MARKS,
} from "../../src/content/body/limits/body-limits.ts";
import { MARK } from "../../src/content/body/limits/markdown-limits.ts";
import type { Random } from "./random.ts";

/** A text that is made to cost its compiler as much as the limits of a body allow. */
export interface HardText {
  /** What is repeated in it. */
  readonly unit: string;
  readonly text: string;
}

/** Units that cost micromark, or what comes after it, the most. */
export const HARD_UNITS: readonly string[] = [
  "a\n---\n",
  "> a\n\n",
  "> > a\n",
  "- a\n",
  "- a b, c\n\n",
  "- a\n\nb\n\n",
  "- > a\n\n",
  "*_",
  "a**b ",
  "]",
  "[a](",
  "a <?",
  'x<a href="<caption>',
  "a.a.",
  "| a | b |\n|-|-|\n",
  "<p><b>",
];

const PIECES: readonly [string, ...string[]] = [
  "`",
  ..."\\*_~[]<>|&a.-+:()'\"!=#\n\té",
  ...[
    "``",
    "```\n",
    "**",
    "~~",
    "](x)",
    "](",
    "![",
    "  ",
    "b ",
    "\n\n",
    "> ",
    "- ",
    "1. ",
    "2. ",
    "    ",
    "---\n",
    "===",
  ],
  ...["<b>", "</b>", "<b id=1>", "<i>", "<p>", "<div>", "</div>", '<a href="', "</", "<!--", "-->", "<?", "<![CDATA["],
  ...["<table>", "<td>", "<svg>", "&amp;", "&#", "|a|b|\n|-|-|\n", "[^1]", "[a]: x\n", "[a]", "[^1]: ", "- [ ] "],
  ...["www.a.b", "http://a.b", "a@b.c", "a.", "~~~\n", "\u3000"],
];

/** A unit of one to five random pieces of Markdown and HTML. */
export const randomUnit = (random: Random): string =>
  Array.from({ length: 1 + random.below(5) }, () => random.pick(PIECES)).join("");

const countAtLeastOne = (text: string, pattern: RegExp): number => Math.max(1, text.match(pattern)?.length ?? 0);

/** `block` as often as a story may have its lines, marks and characters, or a little less. */
const fillStory = (block: string): string =>
  block.repeat(
    Math.max(
      1,
      Math.floor(
        Math.min(
          1_000_000 / block.length,
          (MAX_LINES - 100) / countAtLeastOne(block, /\n/g),
          (MAX_MARKS - 100) / countAtLeastOne(block, MARK),
        ),
      ),
    ),
  );

/** Texts of a unit: repeated without end, in paragraphs as long as they may be, and as blocks of their own. */
export const hardTexts = (unit: string): readonly HardText[] => {
  const times = Math.min(
    (MAX_PARAGRAPH_LENGTH - 100) / unit.length,
    (MAX_PARAGRAPH_MARKS - 100) / countAtLeastOne(unit, MARK),
  );
  const paragraph = unit.repeat(Math.max(1, Math.floor(times)));
  const blocks = [unit, `${paragraph}\n\n`, `${unit}\n\n`];
  const few = `${unit}\n\n`.repeat(MAX_BLOCKS - 100);
  return [...blocks.map(fillStory), few].map((text) => ({ unit, text }));
};

/** About `length` characters of prose with a link in every paragraph. */
export const prose = (length: number): string => {
  const paragraph =
    "The embassy said on **Tuesday** that [the minister](https://example.org/x) had *left* for the harbour, and that nobody had been told of it before the evening, when the ships came in again from the north. It did not say who had been on board, or why.\n\n";
  return paragraph.repeat(Math.ceil(length / paragraph.length));
};
