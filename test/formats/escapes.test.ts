import { expect, it } from "vitest";
import { atom } from "../../src/formats/atom.ts";
import { rss } from "../../src/formats/rss.ts";
import { escapeAttribute } from "../../src/formats/xml.ts";
import type { Feed } from "../../src/model/feed.ts";
import { englishWords } from "../../src/model/words/en.ts";
import { render } from "./support/render.ts";
import { sampleChannel, sampleFeed, sampleItem } from "./support/samples.ts";
import { readXml, withDescendants } from "./support/xml-reader.ts";

// URLs, ids, names and titles that hold what XML gives a meaning, in every place that has one, those that `compile` never fills
// so too. Each text has a number, by which it is found again.
const nasty = (number: number): string => `https://example.org/?n=${number}&b="2"<3>`;

const channel = sampleChannel({
  ...{ url: nasty(1), license: nasty(2), rights: nasty(3), description: nasty(4), language: nasty(5) },
  ...{ icon: { url: nasty(6), alt: "" }, image: { url: nasty(7), alt: "" } },
  markdown: true,
  words: { de: { ...englishWords, withdrawn: nasty(8) } },
});

const gone = { id: nasty(9), slug: "x", url: nasty(10), published: 0, at: 1, reason: nasty(11), language: "de" };

const item = sampleItem({
  ...{ id: nasty(12), url: nasty(13), title: nasty(14), summary: nasty(15), license: nasty(16), language: nasty(17) },
  ...{ section: { key: "s", name: nasty(18) }, tags: [{ key: "t", name: nasty(19) }] },
  authors: [{ key: "a", name: nasty(20), url: nasty(21), email: nasty(22) }],
  source: { title: nasty(23), author: nasty(24), url: nasty(25) },
  image: { url: nasty(26), type: nasty(27), alt: nasty(28), credit: nasty(29) },
  attachments: [{ url: nasty(30), type: nasty(31), title: nasty(32) }],
  markdown: nasty(40),
});

const feed: Feed = {
  ...sampleFeed({ channel, items: [item], notices: [gone], tombstones: [gone] }),
  ...{ id: nasty(33), title: nasty(34), page: nasty(35), base: nasty(36), hubs: [nasty(37)] },
  ...{ current: nasty(38), previous: nasty(39) },
};

const ALL = Array.from({ length: 40 }, (_, index) => index + 1);

it.each([
  // RSS has neither ids of feeds nor more of authors than their names, and its descriptions are HTML.
  { format: rss, absent: [21, 22, 33], asHtml: [4, 11, 15] },
  { format: atom, absent: [40], asHtml: [11] },
])("every text and attribute of a feed is escaped, once: $format.name", ({ format, absent, asHtml }) => {
  const document = render(format, feed);
  // Not within the root element, so that a parser does not read it.
  expect(document).toContain('href="https://example.org/?n=1&#x26;b=&#x22;2&#x22;&#x3C;3&#x3E;/style.css"');
  expect(document).not.toContain("&b=");
  const values = withDescendants(readXml(document)).flatMap(({ attributes, text }) => [text, ...attributes.values()]);
  const numbersIn = (end: string): readonly number[] =>
    [
      ...new Set(
        values.flatMap((value) =>
          value.split("n=").flatMap((rest) => (rest.includes(end) ? Number.parseInt(rest, 10) : [])),
        ),
      ),
    ].sort((a, b) => a - b);
  // Of these Atom has one in both ways: the reason of a notice.
  const onlyHtml = format === rss ? asHtml : [];
  expect(numbersIn('&b="2"<3>')).toEqual(ALL.filter((one) => ![...absent, ...onlyHtml].includes(one)));
  expect(numbersIn('&#x26;b="2"&#x3C;3&#x3E;')).toEqual(asHtml);
});

it("each tab and line feed of an attribute has its reference", () => {
  expect(escapeAttribute("a\tb\tc")).toBe("a&#x9;b&#x9;c");
  expect(escapeAttribute("a\nb\nc")).toBe("a&#xA;b&#xA;c");
});

it.each([
  ["\t", "&#x9;"],
  ["\n", "&#xA;"],
  ["\r", "&#xD;"],
  ['"', "&#x22;"],
  ["&", "&#x26;"],
  ["<", "&#x3C;"],
  [">", "&#x3E;"],
])("%j alone in an attribute has its reference", (character, reference) => {
  expect(escapeAttribute(character)).toBe(reference);
});
