import fc from "fast-check";
import { expect, it } from "vitest";
import { pointInHtml, readHtmlBody, writeHtmlBody } from "../../../src/content/story/html-body.ts";

it.each([
  ["<p>a</p>", 2, 4, 1, 4],
  ["<p>a</p>\n<p>b</p>", 3, 2, 2, 2],
  ["a\n\nbc", 3, 7, 3, 2],
  ["a\n \n\nbc", 3, 3, 2, 2],
  ["a\r\n\r\nb", 3, 6, 3, 1],
  ["<a\n\nhref='x'>b", 3, 2, 3, 1],
  ["a", 1, 1, 1, 1],
  ["a\nb", 9, 9, 2, 1],
])("in %j as a body, line %d, column %d is line %d, column %d of the HTML", (html, line, column, ...expected) => {
  expect(Object.values(pointInHtml(html, { line, column }))).toEqual(expected);
});

it("every letter of HTML is found again where it stands in the body", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "b", " ", "\n", "\n\n", "\r\n", "<a", ">", "='", "'")), (parts) => {
      const html = parts.join("");
      const written = writeHtmlBody(html);
      expect(writeHtmlBody(readHtmlBody(written))).toBe(written);
      const body = written.split("\n");
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

it.each(["<p>a</p>", "<pre>\n\n\na\n \n</pre>", "\n\n<p>a", " \n\t\n"])("%j is read as it was written", (html) => {
  expect(readHtmlBody(writeHtmlBody(html))).toBe(html);
});

it.each([
  ["<a\n\nhref='x'\n \n\n>b</a\n\n>", "<a\n href='x'\n   >b</a\n >"],
  ["<a title='\n\n>'\n\nb>\n\nc", "<a title='\n&#10;>'\n b>\n&#10;c"],
  ['<a b=\n\n"c\n\nd"e>', '<a b=\n "c\n&#10;d"e>'],
  ["<!-- <a\n\n-->\n\n<!-- <a\n\n", "<!-- <a\n&#10;-->\n&#10;<!-- <a\n&#10;"],
  ["1 < 2\n\n= '\n\n", "1 < 2\n&#10;= '\n&#10;"],
])("the body of %j is %j: blank lines in its tags are spaces", (html, body) => {
  expect(writeHtmlBody(html)).toBe(`<body>\n${body}`);
});

it("HTML with a million beginnings of tags is read as fast as any", () => {
  for (const part of ["<a ", "<a =' ", '<!--<a ="', "\n\n", "<a\n\n"]) {
    expect(writeHtmlBody(part.repeat(300_000))).toContain("<body>");
  }
});
