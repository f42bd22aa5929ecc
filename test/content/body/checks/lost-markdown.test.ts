import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../support.ts";

describe("what Markdown leaves out, or makes no table of", () => {
  it.each([
    [
      "| a | b |\n|---|---|\n| 1 | 2 | 3 |",
      "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>",
      "3:9 warning lost: This row has 3 cells and the head 2, so what stands from here on is lost. Add columns to the head, or write \\| for a | that is text.",
    ],
    [
      "| a | b |\n|---|---|\n| 1 |",
      "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td></td>\n</tr>\n</tbody>\n</table>",
    ],
    [
      "| a | b |\n|---|---|\n| 1 | 2 |\ntext",
      "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n<tr>\n<td>text</td>\n<td></td>\n</tr>\n</tbody>\n</table>",
      "4:1 warning syntax: This line became a row of the table. Put a blank line before it; or, if it is a row, a | around each cell.",
    ],
    [
      "| a | b |\n|---|\n| 1 | 2 |",
      "<p>| a | b |\n|---|\n| 1 | 2 |</p>",
      "1:1 warning syntax: These rows became no table: the row of - below the head has 1 cells, the head 2. Make them as many.",
    ],
    [
      "|---|---|\n| 1 | 2 |",
      "<p>|---|---|\n| 1 | 2 |</p>",
      "1:1 warning syntax: These rows became no table: no head stands directly above the row of -, without a blank line.",
    ],
    [
      "| a | b |\n| 1 | 2 |",
      "<p>| a | b |\n| 1 | 2 |</p>",
      "1:1 warning syntax: These rows became no table: the head needs a row below it, such as `|---|---|`.",
    ],
    [
      "a | b\n1 | 2",
      "<p>a | b\n1 | 2</p>",
      "1:1 warning syntax: These rows became no table: the head needs a row below it, such as `|---|---|`.",
    ],
    ["a | b\n1 | 2 | 3", "<p>a | b\n1 | 2 | 3</p>"],
    ["a | b", "<p>a | b</p>"],
    [
      "text\n| a | b |\n| 1 | 2 |",
      "<p>text\n| a | b |\n| 1 | 2 |</p>",
      "2:1 warning syntax: These rows became no table: the head needs a row below it, such as `|---|---|`.",
    ],
    [
      "| a \\| b |\n|---|---|\n| 1 | 2 |",
      "<p>| a | b |\n|---|---|\n| 1 | 2 |</p>",
      "1:1 warning syntax: These rows became no table: the row of - below the head has 2 cells, the head 1. Make them as many.",
    ],
    ["| a | b |", "<p>| a | b |</p>"],
    [
      "> | a | b |\n> | 1 | 2 |",
      "<blockquote>\n<p>| a | b |\n| 1 | 2 |</p>\n</blockquote>",
      "1:3 warning syntax: These rows became no table: the head needs a row below it, such as `|---|---|`.",
    ],
    [
      "a|b\n:-:|:-\n1|2",
      '<table>\n<thead>\n<tr>\n<th align="center">a</th>\n<th align="left">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align="center">1</td>\n<td align="left">2</td>\n</tr>\n</tbody>\n</table>',
    ],
    [
      "a\n:-:|:-\n1|2",
      "<p>a\n:-:|:-\n1|2</p>",
      "1:1 warning syntax: These rows became no table: the row of - below the head has 2 cells, the head 1. Make them as many.",
    ],
    [
      "[a]: https://example.org/\n\ntext",
      "<p>text</p>",
      "1:1 warning lost: This line gives the name `[a]` to an address, no text refers to it, and readers don't see it. Write [text][a] where it belongs; if it is text, put a backslash before the [.",
    ],
    [
      "[a]: https://example.org/\n[a]: https://example.org/b\n\n[a]",
      '<p><a href="https://example.org/">a</a></p>',
      "2:1 warning lost: `[a]` stands here a second time, so this one is lost. Give it another name.",
    ],
    ["[//]: # (comment)\n\ntext", "<p>text</p>"],
    ["[comment]: <> (x)\n\ntext", "<p>text</p>"],
    ["[#]: x\n\ntext", "<p>text</p>"],
    ["[_]: x\n\ntext", "<p>text</p>"],
    ["[a]: #\n\ntext", "<p>text</p>"],
    [
      "[^1]: note\n\ntext",
      "<p>text</p>",
      "1:1 warning lost: No text refers to `[^1]`, so this note is lost. Write `[^1]` where it belongs.",
    ],
    [
      "[^1]: note\n[^1]: again\n\ntext[^1]",
      '<p>text<sup><a href="https://feedwright.invalid/articles/hello#hello-fn-1" id="hello-fnref-1" data-footnote-ref="" aria-describedby="hello-footnote-label">1</a></sup></p>\n<section data-footnotes="" class="footnotes"><h2 class="sr-only" id="hello-footnote-label">Footnotes</h2>\n<ol>\n<li id="hello-fn-1">\n<p>note <a href="https://feedwright.invalid/articles/hello#hello-fnref-1" data-footnote-backref="" aria-label="Back to reference 1" class="data-footnote-backref">↩</a></p>\n</li>\n</ol>\n</section>',
      "2:1 warning lost: `[^1]` stands here a second time, so this one is lost. Give it another name.",
    ],
    ["![a]\n\n[a]: https://example.org/a.png", '<p><img src="https://example.org/a.png" alt="a"></p>'],
    [
      "[](https://example.org/) b",
      '<p><a href="https://example.org/"></a> b</p>',
      "1:1 warning lost: This link has no words, so nobody sees it. Write [text](address).",
    ],
    [
      "[ ](https://example.org/) b",
      '<p><a href="https://example.org/"> </a> b</p>',
      "1:1 warning lost: This link has no words, so nobody sees it. Write [text](address).",
    ],
    [
      '[a](https://example.org/ "b) c [d](https://example.org/x") e',
      '<p><a href="https://example.org/" title="b) c [d](https://example.org/x">a</a> e</p>',
      "1:1 warning lost: The title of this link goes on to `ttps://example.org/x`, and readers don't see that. Put a quotation mark at its end.",
    ],
    [
      "&mdahs; &mdash &amp;nbsp; &copy x &nbsp; &copy; &#169; &unknown &amp; AT&T &amp;copy",
      "<p>&#x26;mdahs; &#x26;mdash &#x26;nbsp; &#x26;copy x   © © &#x26;unknown &#x26; AT&#x26;T &#x26;copy</p>",
      "1:1 warning syntax: Readers see `&mdahs;` as it stands. Write the character itself; or, if you mean these words, put them into backquotes.",
      "1:9 warning syntax: Readers see `&mdash` as it stands. Write the character itself; or, if you mean these words, put them into backquotes.",
      "1:16 warning syntax: Readers see `&nbsp;` as it stands. Write the character itself; or, if you mean these words, put them into backquotes.",
      "1:27 warning syntax: Readers see `&copy` as it stands. Write the character itself; or, if you mean these words, put them into backquotes.",
    ],
    [
      "&amp;lt; &lt",
      "<p>&#x26;lt; &#x26;lt</p>",
      "1:1 warning syntax: Readers see `&lt;` as it stands. Write the character itself; or, if you mean these words, put them into backquotes.",
    ],
    [
      "<?php x ?> a",
      "a",
      "1:1 warning lost: `<?php` begins what HTML takes for a comment, so it is lost. Delete it, or write what it stands for.",
    ],
    [
      "<![CDATA[a]]> b",
      "b",
      "1:1 warning lost: `<![CDATA[` begins what HTML takes for a comment, so it is lost. Delete it, or write what it stands for.",
    ],
    [
      "<!doctype html> b",
      "b",
      "1:1 warning lost: `<!doctype` begins what HTML takes for a comment, so it is lost. Delete it, or write what it stands for.",
    ],
    ["<!-- a --> b", "b"],
    [
      "a <?php x ?> b",
      "<p>a  b</p>",
      "1:3 warning lost: `<?php` begins what HTML takes for a comment, so it is lost. Delete it, or write what it stands for.",
    ],
    [
      "a <![CDATA[a]]> b",
      "<p>a  b</p>",
      "1:3 warning lost: `<![CDATA[` begins what HTML takes for a comment, so it is lost. Delete it, or write what it stands for.",
    ],
    [
      "a <!x y> b",
      "<p>a  b</p>",
      "1:3 warning lost: `<!x` begins what HTML takes for a comment, so it is lost. Delete it, or write what it stands for.",
    ],
  ])("%s", (text, ...outcome) => {
    expect(outcomeOf(text)).toEqual(outcome);
  });
});
