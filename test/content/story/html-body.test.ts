import fc from "fast-check";
import { expect, it } from "vitest";
import { pointInHtml, writeHtmlBody } from "../../../src/content/story/html-body.ts";

it.each([
  ["<p>a</p>", 2, 4, 1, 4],
  ["<p>a</p>\n<p>b</p>", 3, 2, 2, 2],
  ["a\n\nbc", 3, 7, 3, 2],
  ["a\n \n\nbc", 3, 3, 2, 2],
  ["a\r\n\r\nb", 3, 6, 3, 1],
  ["a", 1, 1, 1, 1],
  ["a\nb", 9, 9, 2, 1],
])("in %j as a body, line %d, column %d is line %d, column %d of the HTML", (html, line, column, ...expected) => {
  expect(Object.values(pointInHtml(html, { line, column }))).toEqual(expected);
});

it("every letter of HTML is found again where it stands in the body", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "b", " ", "\n", "\n\n", "\r\n")), (parts) => {
      const html = parts.join("");
      const body = writeHtmlBody(html).split("\n");
      const lines = html.split(/\r\n|\n/);
      for (const [index, text] of body.entries()) {
        for (const { 0: letter, index: at } of text.replace("<body>", "      ").matchAll(/[ab]/g)) {
          const { line, column } = pointInHtml(html, { line: index + 1, column: at + 1 });
          expect(lines[line - 1]?.[column - 1]).toBe(letter);
        }
      }
    }),
  );
});
