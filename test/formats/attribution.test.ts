import { expect, it } from "vitest";
import { attributionLine } from "../../src/formats/attribution.ts";
import { allWords } from "../../src/model/words/all-words.ts";
import { sampleChannel, sampleItem } from "./support/samples.ts";

const channel = sampleChannel({ title: "A & <B>", words: allWords({}) });
const LINK = '<a href="https://example.org/articles/story">https://example.org/articles/story</a>';

it("the line says by whom a story was published first, with a link, in the story's language", () => {
  expect(attributionLine(channel, sampleItem())).toBe(`<p>First published by A &#x26; &#x3C;B&#x3E;: ${LINK}</p>`);
  expect(attributionLine(channel, sampleItem({ language: "de-AT" }))).toBe(
    `<p>Zuerst erschienen bei A &#x26; &#x3C;B&#x3E;: ${LINK}</p>`,
  );
});

it("a template of the publisher is escaped, and may leave out a place or have it twice", () => {
  expect(attributionLine(channel, sampleItem(), "<i>{link}</i> {link} {other}")).toBe(
    `<p>&#x3C;i&#x3E;${LINK}&#x3C;/i&#x3E; ${LINK} {other}</p>`,
  );
});

it("the link is to the original, with every character that HTML needs escaped", () => {
  const canonical = "https://example.net/?a=1&b='2'\"";
  expect(attributionLine(channel, sampleItem({ canonical }), "{link}")).toBe(
    `<p><a href="https://example.net/?a=1&#x26;b='2'&#x22;">https://example.net/?a=1&#x26;b='2'"</a></p>`,
  );
});
