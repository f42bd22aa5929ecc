import { describe, expect, it } from "vitest";
import type { Channel } from "../../../src/model/channel.ts";
import type { Block, Item } from "../../../src/model/item.ts";
import { attributionLine, attributionTemplate, toPartnerItem } from "../../../src/model/partners/partner-item.ts";
import type { PartnerView } from "../../../src/model/partners/partner-view.ts";
import { openStore } from "../../catalog/support/open-store.ts";
import { ORIGIN, story } from "../../fixtures/publication.ts";

const store = await openStore({ "a.md": story("a", { summary: "In short: <b>." }) });
const { channel } = store;
const [compiled] = store.stories({ kind: "all" });
if (compiled === undefined) throw new Error("there is a story");

const block = (end: number): Block => ({ end, kind: "p", elements: ["p"], depth: 1, textLength: 3, media: [] });

const BLOCKS = ["<p>one</p>", '<p><img src="x.png"></p>', "<p>three</p>"];
const ENDING = "<p>Source: B.</p>";
const HTML = [...BLOCKS, ENDING].join("\n");

/** A story of three blocks, after which comes its credit. */
const ITEM: Item = {
  ...compiled,
  html: HTML,
  blocks: BLOCKS.map((_, index) => block(BLOCKS.slice(0, index + 1).join("\n").length)),
};

const VIEW: PartnerView = { format: "rss", list: { kind: "all" }, text: "full", length: 10, delayMs: 0 };

const htmlOf = (item: Item, view: Partial<PartnerView>, template?: string): string =>
  toPartnerItem(item, { ...VIEW, ...view }, channel, template).html;

describe("a story as partners get it", () => {
  it.each<[string, Partial<Item>, Partial<PartnerView>]>([
    ["nothing is cut or added", {}, {}],
    ["only the summary is asked for", {}, { text: "summary" }],
    ["other dialects alone have other blocks", { replacedBlocks: { msn: { 0: "" } } }, {}],
    ["the licence of the contract is its own", { license: "https://l.example/" }, { license: "https://l.example/" }],
    ["nothing of it must stay on the site", { attachments: [{ url: "https://x.example/", type: "audio/wav" }] }, {}],
  ])("is the same object if %s, so that what was rendered of it serves again", (_, keys, view) => {
    const item = { ...ITEM, ...keys };
    expect(toPartnerItem(item, { ...VIEW, ...view }, channel, undefined)).toBe(item);
  });

  it.each<[string, number, readonly string[]]>([
    ["as many blocks as there may be", 1, ["<p>one</p>", ENDING]],
    ["blocks in their order", 2, [...BLOCKS.slice(0, 2), ENDING]],
    ["all of a short story", 9, [...BLOCKS, ENDING]],
  ])("has as its lead %s, and what comes after the text", (_, lead, expected) => {
    expect(htmlOf(ITEM, { text: { lead } })).toBe(expected.join("\n"));
  });

  it.each<[string, PartnerView["text"], Item["replacedBlocks"], readonly string[]]>([
    [
      "another block",
      "full",
      { partner: { 1: "<p>[picture]</p>" } },
      ["<p>one</p>", "<p>[picture]</p>", "<p>three</p>"],
    ],
    ["no block where nothing is left", "full", { partner: { 1: "" } }, ["<p>one</p>", "<p>three</p>"]],
    ["as its lead only blocks of which something is left", { lead: 2 }, { partner: { 0: "" } }, BLOCKS.slice(1)],
    [
      "those of its own format rather than any partner's",
      "full",
      { partner: { 0: "" }, rss: { 2: "" } },
      BLOCKS.slice(0, 2),
    ],
    ["the credit alone if no block is left", "full", { partner: { 0: "", 1: "", 2: "" } }, []],
  ])("has %s", (_, text, replacedBlocks = {}, expected) => {
    expect(htmlOf({ ...ITEM, replacedBlocks }, { text })).toBe([...expected, ENDING].join("\n"));
  });

  it("has its summary as its lead, if it was compiled before blocks were known", () => {
    expect(htmlOf({ ...ITEM, blocks: [] }, { text: { lead: 2 } })).toBe("<p>In short: &lt;b&gt;.</p>");
    expect(htmlOf({ ...ITEM, blocks: [], summary: "" }, { text: { lead: 2 } }, "From {link}")).toMatch(/^<p>From /);
  });

  it("has neither a picture nor a file that must stay on the site, and all others", () => {
    const image = { url: `${ORIGIN}/media/a.gif`, alt: "" };
    const attachments = [
      { url: `${ORIGIN}/media/a.wav`, type: "audio/wav", distributable: false },
      { url: `${ORIGIN}/media/b.wav`, type: "audio/wav" },
    ] as const;
    const hidden = toPartnerItem(
      { ...ITEM, image: { ...image, distributable: false }, attachments },
      VIEW,
      channel,
      undefined,
    );
    expect("image" in hidden).toBe(false);
    expect(hidden.attachments).toEqual(attachments.slice(1));
    const shown = toPartnerItem({ ...ITEM, image, attachments }, VIEW, channel, undefined);
    expect(shown.image).toEqual(image);
  });

  it("has the licence of the contract in place of its own", () => {
    const item = { ...ITEM, license: "https://own.example/" };
    const view = { ...VIEW, license: "https://contract.example/" };
    expect(toPartnerItem(item, view, channel, undefined).license).toBe(view.license);
    expect(toPartnerItem(item, VIEW, channel, undefined).license).toBe(item.license);
  });

  it("has the line at the end of its summary if the partner gets no more, as plain text", () => {
    const link = `${ORIGIN}/articles/a`;
    const summaryOf = (item: Item, text: PartnerView["text"]) =>
      toPartnerItem(item, { ...VIEW, text }, channel, "<From> {publication}: {link}").summary;
    expect(summaryOf(ITEM, "summary")).toBe(`In short: <b>. <From> The Courier: ${link}`);
    expect(summaryOf({ ...ITEM, summary: "" }, "summary")).toBe(`<From> The Courier: ${link}`);
    expect(summaryOf(ITEM, "full")).toBe(ITEM.summary);
    expect(summaryOf(ITEM, { lead: 1 })).toBe(ITEM.summary);
  });

  it("has the line of attribution at its very end", () => {
    const line = `<p>From <a href="${ORIGIN}/articles/a">${ORIGIN}/articles/a</a></p>`;
    expect(htmlOf(ITEM, {}, "From {link}")).toBe(`${HTML}\n${line}`);
    expect(htmlOf(ITEM, { text: { lead: 1 } }, "From {link}")).toBe(`<p>one</p>\n${ENDING}\n${line}`);
  });
});

describe("the line that says where a story is from", () => {
  it("is HTML in which neither the template, the title nor the address can write a tag", () => {
    const title = 'A & "B" <c>';
    const item = { ...ITEM, canonical: "https://x.example/?a=1&b=%22" };
    const line = attributionLine({ title }, item, '<script> {publication} & {link} {other} {constructor} "');
    const href = "https://x.example/?a=1&amp;b=%22";
    expect(line).toBe(
      `<p>&lt;script&gt; A &amp; &quot;B&quot; &lt;c&gt; &amp; <a href="${href}">${href}</a> {other} {constructor} &quot;</p>`,
    );
  });

  it.each<[string, PartnerView["attribution"], string, string | undefined]>([
    ["the publication's words by default", undefined, "de", "words"],
    ["none if the contract wants none", false, "de", undefined],
    ["the contract's for any language", { "*": "any" }, "de", "any"],
    ["the contract's for this one", { "*": "any", de: "german" }, "de-AT", "german"],
    ["the words if the contract has lines for others only", { fr: "french" }, "de", "words"],
  ])("is %s", (_, attribution, language, expected) => {
    const view = attribution === undefined ? VIEW : { ...VIEW, attribution };
    expect(attributionTemplate(view, language, "words")).toBe(expected);
  });
});

const CHANNEL: Pick<Channel, "title"> = channel;
it("needs nothing of the publication but its title", () => {
  expect(attributionLine(CHANNEL, ITEM, "{publication}")).toBe("<p>The Courier</p>");
});
