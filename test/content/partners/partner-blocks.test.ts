import { describe, expect, it } from "vitest";
import { compile } from "../../../src/content/compile.ts";
import { compilePublication } from "../../../src/content/publication.ts";
import type { DialectRules } from "../../../src/dialects/rules/rule.ts";
import type { Item } from "../../../src/model/item.ts";
import { GIF, site, story } from "../../fixtures/publication.ts";
import { CONTEXT, ORIGIN, storyOf } from "../support.ts";

const STRICT: DialectRules = {
  name: "strict",
  rules: [
    {
      name: "strict/title",
      level: "must",
      source: "https://partner.example/titles",
      readOn: "2026-11-26",
      findBreaches: ({ title }) =>
        title === "Hello" ? [{ kind: "key", key: "title", message: "Write another title." }] : [],
    },
    {
      name: "strict/short",
      level: "should",
      source: "https://partner.example/texts",
      readOn: "2026-11-26",
      findBreaches: ({ blocks }) =>
        blocks.flatMap(({ textLength }, block) =>
          textLength > 10 ? [{ kind: "block", block, message: `Shorter than ${textLength}.` }] : [],
        ),
    },
  ],
  allowedHtml: {
    attributes: { p: [], a: ["href"], img: ["src", "alt"], b: [], div: [], h3: [], td: ["colspan"] },
    dropped: ["del", "video"],
    source: "https://partner.example/html",
    readOn: "2026-11-26",
  },
};

const compileFor = (text: string, keys = "", dialects: readonly DialectRules[] = []) => {
  const { item, file, findings } = compile("hello.md", storyOf(text, keys), { ...CONTEXT, dialects });
  if (item === undefined) throw new Error(file.messages.join("\n"));
  return { item, findings };
};

const MARK = "pictures: [{ src: media/x.png, distributable: false }]\n";

const forPartners = (text: string, keys = MARK): Item["replacedBlocks"] => compileFor(text, keys).item.replacedBlocks;

describe("a picture that is not distributable", () => {
  it.each([
    ["a paragraph of the picture alone", "![x](media/x.png)", { 0: "" }],
    ["a paragraph with words", "One ![x](media/x.png) two.", { 0: "<p>One  two.</p>" }],
    ["a link around it", "See [![x](media/x.png)](https://example.org/) now.", { 0: "<p>See  now.</p>" }],
    [
      "a figure, which goes with its caption",
      "<figure><img src=media/x.png alt=x><figcaption>The house.</figcaption></figure>",
      { 0: "" },
    ],
    [
      "a figure with another picture",
      '<figure><img src="media/x.png" alt=x><img src="media/a b.png" alt=y><figcaption>Both.</figcaption></figure>',
      {
        0: `<figure><img src="${ORIGIN}/media/a%20b.png" alt="y" width="640" height="480"><figcaption>Both.</figcaption></figure>`,
      },
    ],
    ["an address with a fragment", "![x](media/x.png#top)", { 0: "" }],
    ["another spelling of the address", "![x](./media/../media/x.png)", { 0: "" }],
    [
      "a candidate of a srcset",
      '<img src="media/a b.png" srcset="media/x.png 2x" alt=y>',
      { 0: `<img src="${ORIGIN}/media/a%20b.png" alt="y" width="640" height="480">` },
    ],
    [
      "the picture before a film begins",
      '<video src="media/film.mp4" poster="media/x.png" controls></video>',
      { 0: `<p><video src="${ORIGIN}/media/film.mp4" controls></video></p>` },
    ],
    [
      "a picture of several",
      '<picture><source srcset="media/a%20b.png"><img src="media/x.png" alt=x></picture>',
      { 0: "" },
    ],
    ["the second block only", "Words.\n\n![x](media/x.png)\n\nMore.", { 1: "" }],
  ])("is in no partner's text: %s", (_, text, expected) => {
    expect(forPartners(text)).toEqual({ partner: expected });
  });

  it("counts wherever the story shows the file: marked as the story's picture, it goes from the text as well", () => {
    const { item } = compileFor(
      "Words.\n\n![x](media/x.png)",
      'image: { src: media/x.png, alt: "", distributable: false }\n',
    );
    expect(item.image?.distributable).toBe(false);
    expect(item.replacedBlocks).toEqual({ partner: { 1: "" } });
  });

  it("counts the other way round: marked in the text, it is no picture of the story for partners, nor an attachment", () => {
    const { item } = compileFor(
      "![x](media/x.png)",
      `${MARK}image: { src: media/x.png, alt: "" }\nattachments: [{ src: media/x.png }, { src: media/talk.mp3 }]\n`,
    );
    expect(item.image?.distributable).toBe(false);
    expect(item.attachments.map(({ distributable }) => distributable)).toEqual([false, undefined]);
  });

  it("counts in every story that shows the file", async () => {
    const marked = { image: { src: "media/x.gif", alt: "", distributable: false } };
    const files = {
      "site.yaml": site(),
      "media/x.gif": GIF,
      "marking.md": story("marking", marked, "Words."),
      "other.md": story("other", { attachments: [{ src: "media/x.gif" }] }, "Words.\n\n![x](media/x.gif)"),
    };
    const bytes = Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const);
    const { publication } = await compilePublication(new Map(bytes));
    const [other] = publication?.items.filter(({ slug }) => slug === "other") ?? [];
    expect(other).toMatchObject({ replacedBlocks: { partner: { 1: "" } }, attachments: [{ distributable: false }] });
  });

  it("changes nothing if it is distributable after all, or is not shown", () => {
    expect(forPartners("![x](media/x.png)", "pictures: [{ src: media/x.png, distributable: true }]\n")).toBeUndefined();
    expect(forPartners("Words.", "")).toBeUndefined();
  });
});

describe("the HTML that a dialect takes", () => {
  it.each([
    ["what it takes stays as it is", "One **two**", { 0: "<p>One two</p>" }],
    ["nothing is stored if nothing differs", "One <b>two</b>", undefined],
    ["other elements are unwrapped", "One *two* <u>three</u>", { 0: "<p>One two three</p>" }],
    ["what is dropped goes with all that is in it", "One ~~two~~ three", { 0: "<p>One  three</p>" }],
    ["small headings become the smallest that it takes", "##### Five", { 0: "<h3>Five</h3>" }],
    [
      "attributes that it does not take go",
      "[a](https://example.org/ 'title')",
      { 0: '<p><a href="https://example.org/">a</a></p>' },
    ],
    [
      "blocks of text don't run together",
      "<figure><img src='media/x.png' alt=x><figcaption>The house.</figcaption></figure>",
      { 0: `<div><img src="${ORIGIN}/media/x.png" alt="x"><div>The house.</div></div>` },
    ],
  ])("is made of the text: %s", (_, text, expected) => {
    expect(compileFor(text, "", [STRICT]).item.replacedBlocks).toEqual(expected && { strict: expected });
  });

  it("has no picture either that must not leave the site", () => {
    expect(compileFor("One ![x](media/x.png) <b>two</b>", MARK, [STRICT]).item.replacedBlocks).toEqual({
      partner: { 0: "<p>One  <b>two</b></p>" },
      strict: { 0: "<p>One  <b>two</b></p>" },
    });
  });
});

describe("the rules of a dialect", () => {
  it("leave out a story that breaks a must, and say where, by which rule, and what to do", () => {
    const { item, findings } = compileFor("Words.\n\nA longer text ~~here~~.", "", [STRICT]);
    expect(item.unfitFor).toEqual(["strict"]);
    expect(findings).toEqual([
      {
        dialect: "strict",
        rule: "strict/title",
        level: "must",
        message: "Write another title.",
        source: "https://partner.example/titles",
        readOn: "2026-11-26",
        line: 3,
        column: 8,
      },
      {
        dialect: "strict",
        rule: "strict/short",
        level: "should",
        message: "Shorter than 19.",
        source: "https://partner.example/texts",
        readOn: "2026-11-26",
        line: 9,
        column: 1,
      },
      {
        dialect: "strict",
        rule: "strict/html",
        level: "should",
        message:
          "strict does not take <del>: it goes with all that is in it. Write it otherwise if readers there need it.",
        source: "https://partner.example/html",
        readOn: "2026-11-26",
        line: 9,
        column: 1,
      },
    ]);
  });

  it("leave in a story that breaks only a should", () => {
    const { item, findings } = compile("hello.md", storyOf("A longer text.").replace("title: Hello", "title: Hi"), {
      ...CONTEXT,
      dialects: [STRICT],
    });
    expect(item?.unfitFor).toBeUndefined();
    expect(findings.map(({ rule }) => rule)).toEqual(["strict/short"]);
  });
});
