import { describe, expect, it } from "vitest";
import { headlineOf } from "../../../../src/model/item.ts";
import { itemOf, storyOf } from "../../support.ts";

const summaryOf = (text: string, keys = ""): string => itemOf(storyOf(text, keys)).summary;

const LEAD = "The lead.";
const PICTURE = "![A hill](https://example.org/a.jpg)";

describe("the summary of a story that states none", () => {
  it.each([
    ["the first paragraph", `${LEAD}\n\nMore.`],
    ["not the heading before it", `# Heading\n\n${LEAD}`],
    ["not an alert", `> [!WARNING]\n> Do not drink the water.\n\n${LEAD}`],
    ["not a quotation before it", `> Somebody else's words.\n\n${LEAD}`],
    ["not a caption", `<figure>\n\n${PICTURE}\n\n<figcaption>\n\nPhoto: Agency\n\n</figcaption>\n</figure>\n\n${LEAD}`],
    ["not a caption that stands behind the picture", `${PICTURE}\n\n*A hill near the town.*\n\n${LEAD}`],
    ["not a caption in the picture's paragraph", `${PICTURE}<br>\n*A hill*\n\n${LEAD}`],
    ["text in italics below a picture and a heading", `${PICTURE}\n\n## Heading\n\n*${LEAD}*\n\nMore.`],
    ["not a credit behind the picture", `${PICTURE}\n\nPhoto: Jane Doe/Agency\n\n${LEAD}`],
    ["not a closed fold", `<details><summary>Who wins?</summary>\n\nThe butler.\n\n</details>\n\n${LEAD}`],
    ["not an aside", `<aside>\n\nAdvertisement.\n\n</aside>\n\n${LEAD}`],
    [
      "not what a film shows where it can't play",
      `<video src="https://example.org/v.mp4">\n\nNo film.\n\n</video>\n\n${LEAD}`,
    ],
    ["not what a film in a line shows", `<video src="https://example.org/v.mp4"><p>No film.</p></video>\n\n${LEAD}`],
    ["not a picture", `${PICTURE}\n\n${LEAD}`],
    ["not a picture that is a link", `[${PICTURE}](https://example.org/)\n\n${LEAD}`],
    ["not a bare address", `https://example.org/a/b?c=d\n\n${LEAD}`],
    ["not a link with the address for its text", `[example.org/a](https://example.org/a)\n\n${LEAD}`],
    ["not an e-mail address", `desk@example.org\n\n${LEAD}`],
    ["not a frame", `<iframe src="https://www.youtube.com/embed/x" title="The film"></iframe>\n\n${LEAD}`],
    ["not syntax of another system", `{{< youtube abc >}}\n\n[TOC]\n\n${LEAD}`],
    ["not a caption outside of a figure", `<figcaption>A hill</figcaption>\n\n${LEAD}`],
    ["not a numbered caption", `${PICTURE}\n\nFigure 1: A hill.\n\n${LEAD}`],
    ["not a caption by its class", `<p class="wp-caption-text">A hill</p>\n\n${LEAD}`],
    ["not notes by their class", `<div class="footnotes"><p>A note.</p></div>\n\n${LEAD}`],
    ["not notes by their role", `<section role="doc-endnotes"><p>A note.</p></section>\n\n${LEAD}`],
    ["not navigation", `<nav><p>Home</p></nav>\n\n${LEAD}`],
    ["not a head or a foot", `<header><p>By Ann</p></header><footer><p>Imprint</p></footer>\n\n${LEAD}`],
    ["not a menu", `<menu><li>Home</li></menu>\n\n${LEAD}`],
    ["not a form", `<form><p>Subscribe!</p></form>\n\n${LEAD}`],
    ["not what is hidden", `<p hidden>Preview</p><p style="color: red; display:none">Preview</p><p>${LEAD}</p>`],
    ["not what is shown without scripts", `<noscript><p>Switch scripts on!</p></noscript>\n\n${LEAD}`],
    ["not what is shown instead of a canvas", `<canvas>No canvas</canvas>\n\n${LEAD}`],
    ["not emoji", `🎉🎉\n\n${LEAD}`],
    ["not a date", `20 November 2026\n\n${LEAD}`],
    ["not a place and a date", `*New York, Nov. 20, 2026*\n\n${LEAD}`],
    ["not a date of numbers", `Stand: 20.11.2026, 18:00 Uhr\n\n${LEAD}`],
    ["not a date in Chinese", `2026年11月20日\n\n${LEAD}`],
    ["not a row of stars", `\\* \\* \\*\n\n${LEAD}`],
    ["not what is struck out", `~~Once said.~~\n\n${LEAD}`],
    ["not code", `\`\`\`\ncode\n\`\`\`\n\n${LEAD}`],
    ["not a table", `| a | b |\n|---|---|\n| 1 | 2 |\n\n${LEAD}`],
    ["not a list of links to places in the story", `- [One](#one)\n\n## One\n\n${LEAD}`],
    ["a paragraph in elements that only group", `<div><section>\n\n${LEAD}\n\n</section></div>\n\nMore.`],
    ["a paragraph in an open fold", `<details open><summary>S</summary>\n\n${LEAD}\n\n</details>`],
    ["text that stands in no paragraph", `<div>${LEAD}<br><br>More.</div>`],
    ["a paragraph that begins with a picture", `${PICTURE} ${LEAD}`],
    ["a paragraph before its notes", `${LEAD}[^1]\n\n[^1]: A note.`],
  ])("is %s", (_, text) => {
    expect(summaryOf(text)).toBe(LEAD);
  });

  it.each([
    ["a list", "- One[^a]\n- Two\n\n[^a]: A note.", "One · Two"],
    ["a list behind a heading", "## Buy\n\n1. Bread\n2. Milk", "Bread · Milk"],
    ["a quotation", "> All I know.", "All I know."],
    ["the title, where there is a table", "| a | b |\n|---|---|\n| 1 | 2 |", "Hello"],
    ["the title, where there is a spoiler", "<details><summary>Who?</summary>\n\nThe butler.\n\n</details>", "Hello"],
    ["the title, where there is a picture", PICTURE, "Hello"],
    ["the title, where there is an alert", "> [!NOTE]\n> Look.", "Hello"],
    ["the title, where there is an address", "https://example.org/", "Hello"],
    ["the title, where a list is addresses", "- https://example.org/a\n- www.example.org", "Hello"],
    ["the title, where a list is pictures", `- ${PICTURE}\n- ${PICTURE}`, "Hello"],
    [
      "the title, where a quotation is a frame",
      '<blockquote><iframe src="https://example.org/"></iframe></blockquote>',
      "Hello",
    ],
    ["the title, where there are emoji", "🎉", "Hello"],
    ["the title, where there is a date", "20 November 2026", "Hello"],
  ])("is without a paragraph %s", (_, text, summary) => {
    expect(summaryOf(text)).toBe(summary);
  });

  it.each([
    "In 2026 the bridge opened.",
    "On 20 November 2026 the bridge opened.",
    "1984",
    "May I ask?",
    "Flights in November: 2026 so far",
  ])("may name a date: %s", (text) => {
    expect(summaryOf(`${text}\n\nMore.`)).toBe(text);
  });

  it("keeps the sense of the text", () => {
    expect(summaryOf("About 10<sup>6</sup> people paid ~~50~~ 40 euros for 5 m<sup>2</sup>.")).toBe(
      "About 10⁶ people paid 40 euros for 5 m².",
    );
    expect(summaryOf("<q>Ja</q>, sagte sie.", "language: de\n")).toBe("„Ja“, sagte sie.");
  });

  it("is shortened to whole words", () => {
    expect(summaryOf("word ".repeat(100))).toBe(`${"word ".repeat(55).trim()}…`);
  });
});

describe("a story without a title", () => {
  it.each([
    ["its text", "A micro post.", "", "A micro post."],
    ["whole words of its text", "word ".repeat(50), "", `${"word ".repeat(15).trim()}…`],
    ["its text, whatever its summary is", "A micro post.", "summary: A teaser.\n", "A micro post."],
    ["its picture", PICTURE, "", "A hill"],
    ["its emoji", "🎉", "", "🎉"],
    ["its date", "20 November 2026", "", "20 November 2026"],
    ["its heading, without the notes", "# A heading[^1]\n\n[^1]: A note.", "", "A heading"],
    ["its note, if it has no others", "[^1]\n\n[^1]: A note.", "", "Footnotes · A note."],
  ])("is named by the first words of %s", (_, text, keys, name) => {
    const item = itemOf(`---\nid: tag:example.org,2026:x\npublished: 2026-11-20T18:00:00Z\n${keys}---\n\n${text}\n`);
    expect(item.title).toBe("");
    expect(headlineOf(item)).toBe(name);
    expect(headlineOf(itemOf(storyOf(text)))).toBe("Hello");
  });

  const summaryWithoutTitle = (text: string): string =>
    itemOf(`---\nid: tag:example.org,2026:x\npublished: 2026-11-20T18:00:00Z\n---\n\n${text}\n`).summary;

  it.each([
    ["its text", "A micro post.", "A micro post."],
    ["a heading", "# Only a heading", "Only a heading"],
    ["an address", "https://example.org/a", "https://example.org/a"],
    ["the text of its picture", PICTURE, "A hill"],
    ["the film that it shows", '<iframe src="https://example.org/v" title="The film"></iframe>', "The film"],
    ["a table", "| a | b |\n|---|---|\n| 1 | 2 |", "a | b · 1 | 2"],
  ])("has %s for a summary", (_, text, summary) => {
    expect(summaryWithoutTitle(text)).toBe(summary);
  });
});

describe("what is never the lead", () => {
  const isLead = (html: string): boolean => summaryOf(`${html}\n\n${LEAD}`) !== LEAD;

  it.each("aside dialog dir figcaption footer form header hgroup legend menu nav search".split(" "))(
    "stands in <%s>",
    (name) => {
      expect(isLead(`<div><${name} open><p>Words of it.</p></${name}></div>`)).toBe(false);
    },
  );

  it.each(
    "complementary contentinfo doc-endnotes doc-footnote doc-notice doc-pullquote doc-tip doc-toc navigation note search".split(
      " ",
    ),
  )("has the role %s", (role) => {
    expect(isLead(`<div role="${role}"><p>Words of it.</p></div>`)).toBe(false);
  });

  it.each([
    ...["caption", "wp-caption-text", "wp-caption", "credit", "photo-credits", "footnote", "footnotes", "endnote"],
    ...["endnotes", "toc", "table-of-contents", "byline", "dateline", "pullquote", "pull-quote", "advert"],
    ...["advertisement", "related-posts", "newsletter", "preheader", "sr-only", "visually-hidden", "TOC"],
    ...["screen-reader-text", "big caption"],
  ])("has the class %s", (name) => {
    expect(isLead(`<p class="${name}">Words of it.</p>`)).toBe(false);
  });

  it.each(["captions", "toc-2", "bylines", "intro", "advertising", "newsletters", "note"])(
    "unlike what has the class %s",
    (name) => {
      expect(isLead(`<p class="${name}">Words of it.</p>`)).toBe(true);
    },
  );

  it.each(["main", "article", "note2", "doc-abstract"])("unlike what has the role %s", (role) => {
    expect(isLead(`<div role="${role}"><p>Words of it.</p></div>`)).toBe(true);
  });

  it.each([
    ...["© Ann", "(c) Ann", "Photo: Ann", "Photos: Ann", "Foto: Ann", "Fotografie: Ann"],
    ...["Fotografía: Ann", "Image: Ann", "Picture: Ann", "Bild: Ann", "Credit: Ann", "Credits: Ann", "Crédit: Ann"],
    ...["Illustration: Ann", "Graphic: Ann", "Grafik: Ann", "Фото: Анна", "写真：安", "图：安", "圖／1：安"].slice(
      0,
      6,
    ),
    ...["Photo by: Ann", "Photo / Ann", "Photo © Ann", "Figure 1 A hill", "Fig. 1 A hill", "Fig 1 A hill"],
    ...["Figura 1 A hill", "Abb. 1 A hill", "Abbildung 1 A hill", "Image 1 of it", "Рис. 1 Холм", "図1 丘", "图 1 山"],
    ...["*A hill*", "<small>A hill</small>", "<cite>A hill</cite>", "<i>A hill</i>", "<b>*A hill*</b>"],
  ])("is behind a picture and reads %s", (text) => {
    expect(isLead(`${PICTURE}\n\n${text}`)).toBe(false);
    expect(isLead(`${PICTURE}<br>${text}`)).toBe(false);
    expect(isLead(text)).toBe(true);
  });

  it.each(["A hill", "Photo of it", "Figures matter", "*A* hill", "**A hill**", "Photographs: many", "Figure it out"])(
    "unlike what is behind a picture and reads %s",
    (text) => {
      expect(isLead(`${PICTURE}\n\n${text}`)).toBe(true);
    },
  );

  it.each([
    ...["https://example.org/", "www.example.org", "me@example.org", "example.org", "example.org/a?b#c"],
    ...["mailto:a@example.org", "https://example.org/ www.example.org", "→ https://example.org/ ←"],
  ])("is only the address %s", (text) => {
    expect(isLead(text)).toBe(false);
  });

  it.each(["See https://example.org/", "example", "a@b", "e.g", "example.o", "1.5"])("unlike %s", (text) => {
    expect(isLead(text)).toBe(true);
  });

  it.each([
    ...["20 November 2026", "November 20, 2026", "Nov 20 2026", "20. November 2026, 18:00 Uhr", "Updated 2026-11-20"],
    ...["Last updated: 2026-11-20", "Berlin, 20.11.2026", "20/11/26", "1.2.26", "20. 11. 2026", "2026年11月20日 18時"],
    ...["Le 20 novembre 2026", "20 ноября 2026", "2 dez 2026", "20 November 2026 T Z"],
  ])("is only the date %s", (text) => {
    expect(isLead(text)).toBe(false);
  });

  it.each([
    ...["November", "November 20", "2026", "20.11", "At long last updated 2026-11-20"],
    ...["In May 2026 we won", `2026-11-20 ${"1 ".repeat(26)}`, "No 20 2026"],
  ])("unlike %s", (text) => {
    expect(isLead(text)).toBe(true);
  });
});
