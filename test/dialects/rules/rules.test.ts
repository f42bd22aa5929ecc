import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Rule } from "../../../src/dialects/rules/rule.ts";
import { dialectRules } from "../../../src/dialects/rules/rules.ts";
import type { Block, Item } from "../../../src/model/item.ts";
import type { Image } from "../../../src/model/media.ts";
import { sampleChannel, sampleItem } from "../../formats/support/samples.ts";

const block = (changes: Partial<Block> = {}): Block => ({
  ...{ end: 450, kind: "p", elements: ["p"], depth: 1, textLength: 450, media: [], ...changes },
});

const image: Image = {
  url: "https://example.org/media/a.jpg",
  type: "image/jpeg",
  length: 15_000_000,
  width: 1200,
  height: 720,
  alt: "",
  credit: "Jo",
};

/** A story that breaks no rule of any dialect, and with changes. */
const fit = (changes: Partial<Item> = {}): Item =>
  sampleItem({
    title: "The gate of the city is open",
    authors: [{ key: "ana", name: "Ana" }],
    html: "x".repeat(450),
    blocks: [block()],
    image,
    ...changes,
  });

const withImage = (changes: Partial<Image>): Item => fit({ image: { ...image, ...changes } });

const withoutImage = (changes: Partial<Item> = {}): Item => {
  const { image: _image, ...rest } = fit();
  return { ...rest, ...changes };
};

const HIDDEN_IMAGE = fit({ image: { ...image, distributable: false } });
const IN_TEXT = withoutImage({ blocks: [block({ elements: ["img", "p"] })] });
const REPLACED = withoutImage({ blocks: [block({ elements: ["img", "p"] })], replacedBlocks: { partner: { 0: "" } } });

const insecure = [
  fit({ canonical: "http://elsewhere.example/a" }),
  withImage({ url: "http://elsewhere.example/a.jpg" }),
  fit({ blocks: [block({ media: ["http://elsewhere.example/a.jpg"] })] }),
];
const secure = [
  fit({ canonical: "https://elsewhere.example/a" }),
  fit({ blocks: [block({ media: ["HTTPS://elsewhere.example/a.jpg"] })] }),
  // The partner does not get it.
  fit({ image: { ...image, url: "http://elsewhere.example/a.jpg", distributable: false } }),
];

/** Of each rule the stories that break it, each just so, and those that only just do not. */
const EXAMPLES: Readonly<Record<string, { readonly breaks: readonly Item[]; readonly fits: readonly Item[] }>> = {
  "flipboard/title": { breaks: [fit({ title: "" })], fits: [fit({ title: "x" })] },
  "flipboard/description": {
    breaks: [fit({ summary: "s".repeat(299), blocks: [block({ textLength: 299 })] })],
    fits: [
      fit({ summary: "s".repeat(300), blocks: [] }),
      fit({ summary: "", blocks: [block({ textLength: 150 }), block({ textLength: 150 })] }),
    ],
  },
  "flipboard/author": { breaks: [fit({ authors: [] })], fits: [fit()] },
  "flipboard/link-host": {
    breaks: [fit({ canonical: "https://elsewhere.example/a" })],
    fits: [fit(), fit({ canonical: "https://site.example/a" }), fit({ canonical: "https://example.org/a" })],
  },
  "flipboard/picture": {
    breaks: [withoutImage(), HIDDEN_IMAGE, fit({ image: { url: image.url, alt: "" } })],
    fits: [fit()],
  },
  "flipboard/picture-size": {
    breaks: [withImage({ width: 499, height: 900 }), withImage({ width: 900, height: 499 })],
    fits: [withImage({ width: 500, height: 500 }), withoutImage(), fit({ image: { url: image.url, alt: "" } })],
  },
  "msn/title-length": {
    breaks: [fit({ title: "" }), fit({ title: "x".repeat(20) }), fit({ title: "😀".repeat(20) })],
    fits: [fit({ title: "x".repeat(21) })],
  },
  "msn/short-title": { breaks: [fit({ title: "x".repeat(151) })], fits: [fit({ title: "x".repeat(150) })] },
  "msn/title-on-cards": {
    breaks: [fit({ title: "x".repeat(75) }), fit({ title: "x".repeat(150) })],
    fits: [fit({ title: "x".repeat(74) }), fit({ title: "x".repeat(151) })],
  },
  "msn/address-in-title": {
    breaks: [fit({ title: "All of it is at https://example.org" }), fit({ title: "All of it is at WWW.example.org" })],
    fits: [fit({ title: "What http is, and what www means" })],
  },
  "msn/text-length": {
    breaks: [fit({ blocks: [block({ textLength: 449 })] }), fit({ html: "x".repeat(500_001) }), fit({ blocks: [] })],
    fits: [fit({ blocks: [block({ textLength: 449 }), block({ textLength: 1 })] }), fit({ html: "x".repeat(500_000) })],
  },
  "msn/https": { breaks: insecure, fits: secure },
  "msn/credentials": {
    breaks: [fit({ canonical: "https://a:b@elsewhere.example/" }), withImage({ url: "https://a@elsewhere.example/" })],
    fits: [fit({ canonical: "https://elsewhere.example/a@b" })],
  },
  "msn/picture": { breaks: [withoutImage(), HIDDEN_IMAGE, REPLACED], fits: [fit(), IN_TEXT] },
  "msn/picture-type": {
    breaks: [withImage({ type: "image/avif" }), withImage({ type: "image/svg+xml" })],
    fits: ["png", "jpeg", "gif", "webp"].map((type) => withImage({ type: `image/${type}` })),
  },
  "msn/moving-picture": { breaks: [withImage({ type: "image/gif" })], fits: [withImage({ type: "image/png" })] },
  "msn/picture-bytes": {
    breaks: [withImage({ length: 15_000_001 })],
    fits: [withImage({ length: 15_000_000 }), fit({ image: { url: image.url, alt: "" } })],
  },
  "msn/picture-size": {
    breaks: [withImage({ width: 719, height: 719 })],
    fits: [withImage({ width: 720, height: 400 }), withImage({ width: 400, height: 720 }), withoutImage()],
  },
  "msn/picture-ratio": {
    breaks: [withImage({ width: 999, height: 2000 }), withImage({ width: 1891, height: 1000 })],
    fits: [withImage({ width: 1000, height: 2000 }), withImage({ width: 1890, height: 1000 })],
  },
  "msn/depth": { breaks: [fit({ blocks: [block({ depth: 10 })] })], fits: [fit({ blocks: [block({ depth: 9 })] })] },
  "newsbreak/picture": { breaks: [withoutImage(), HIDDEN_IMAGE, REPLACED], fits: [fit(), IN_TEXT] },
  "newsbreak/language": {
    breaks: [fit({ language: "de" }), fit({ language: "enm" })],
    fits: [fit(), fit({ language: "en" }), fit({ language: "en-GB" })],
  },
  "newsbreak/author": { breaks: [fit({ authors: [] })], fits: [fit()] },
  "newsbreak/picture-credit": {
    breaks: [fit({ image: { url: image.url, alt: "" } })],
    fits: [fit(), withoutImage(), HIDDEN_IMAGE],
  },
  "ninjs/uri": {
    breaks: ["tag:example.org,2026:straße", "https://example.org/100%", "https://example.org/?a[]=1", "urn:a#b#c"].map(
      (id) => fit({ id }),
    ),
    fits: ["https://example.org/100%25?a=(1)#b", "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"].map((id) =>
      fit({ id }),
    ),
  },
  "smartnews/title": { breaks: [fit({ title: "" })], fits: [fit({ title: "x" })] },
  "smartnews/https": { breaks: insecure, fits: secure },
  "smartnews/campaign-parameters": {
    breaks: [
      fit({ canonical: "https://elsewhere.example/?a=1&utm_source=x" }),
      fit({ canonical: "https://elsewhere.example/?UTM_ID=x" }),
      fit({ canonical: "https://elsewhere.example/?gclid=x" }),
    ],
    fits: [fit(), fit({ canonical: "https://elsewhere.example/?id=utm_source" })],
  },
  "smartnews/thumbnail": { breaks: [withoutImage(), HIDDEN_IMAGE, IN_TEXT], fits: [fit()] },
};

const rules = dialectRules.flatMap(({ rules: ofDialect }) => ofDialect.map((rule) => ({ name: rule.name, rule })));

const breachesOf = (rule: Rule, item: Item, siteUrl = "https://site.example") =>
  rule.findBreaches(item, sampleChannel(), siteUrl);

describe("the rules of the dialects", () => {
  it("have an example each, and there is none of a rule that is not there", () => {
    expect(rules.map(({ name }) => name).toSorted()).toEqual(Object.keys(EXAMPLES).toSorted());
  });

  it.each(rules)("name their source and the day on which it was read: $name", ({ rule }) => {
    expect(new URL(rule.source).protocol).toBe("https:");
    expect(rule.readOn).toMatch(/^2026-11-2[56]$/);
    expect(["must", "should"]).toContain(rule.level);
  });

  it("are in docs/partners.md, each with its level and its source", () => {
    const docs = readFileSync("docs/partners.md", "utf8");
    const rows = Array.from(docs.matchAll(/^\| `(\w+\/[\w-]+)` \| (must|should) \|/gm), ([, name, level]) => [
      name,
      level,
    ]);
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(rules.map(({ name, rule }) => [name, rule.level])));
    for (const { rule } of rules) expect(docs).toContain(`](${rule.source})`);
  });

  it.each(rules)("break where they should, with one place and advice: $name", ({ name, rule }) => {
    for (const item of EXAMPLES[name]?.breaks ?? []) {
      const breaches = breachesOf(rule, item);
      expect(breaches).toHaveLength(1);
      expect(breaches[0]?.message).toMatch(/^[A-Z].+\. (?:[A-Z].+)\.$/);
    }
    expect(EXAMPLES[name]?.breaks.length).toBeGreaterThan(0);
  });

  it.each(rules)("hold just on the other side: $name", ({ name, rule }) => {
    for (const item of EXAMPLES[name]?.fits ?? []) expect(breachesOf(rule, item)).toEqual([]);
    expect(EXAMPLES[name]?.fits.length).toBeGreaterThan(0);
  });

  it.each(rules)("hold for a story that is as all partners want it: $name", ({ rule }) => {
    expect(breachesOf(rule, fit())).toEqual([]);
  });
});

describe("the rules that want https", () => {
  const ofHttps = rules.filter(({ name }) => name.endsWith("/https"));

  it.each(ofHttps)("judge the story's own addresses by the url of site.yaml, once for all: $name", ({ rule }) => {
    const [breach, ...others] = breachesOf(rule, fit(), "http://site.example");
    expect(others).toEqual([]);
    expect(breach?.kind).toBe("story");
    expect(breach?.message).toContain("`url` in site.yaml is http://site.example");
  });

  it.each(ofHttps)("say where an address of another site stands: $name", ({ rule }) => {
    expect(insecure.flatMap((item) => breachesOf(rule, item))).toEqual([
      { kind: "key", key: "canonical", message: expect.stringContaining("http://elsewhere.example/a") },
      { kind: "key", key: "image", message: expect.stringContaining("http://elsewhere.example/a.jpg") },
      { kind: "block", block: 0, message: expect.stringContaining("http://elsewhere.example/a.jpg") },
    ]);
  });

  it.each(ofHttps)("do not take a site whose address only begins in the same way for this one: $name", ({ rule }) => {
    expect(
      breachesOf(rule, fit({ canonical: "https://example.org.evil.example/" }), "http://site.example"),
    ).toHaveLength(1);
    expect(breachesOf(rule, fit({ canonical: "http://example.org.evil.example/" }))).toHaveLength(1);
  });
});

describe("the HTML that MSN takes", () => {
  const allowed = dialectRules.find(({ name }) => name === "msn")?.allowedHtml;

  it("is its list, without frames, which stories do not have", () => {
    expect(Object.keys(allowed?.attributes ?? {}).toSorted()).toEqual(
      "a b blockquote br caption col colgroup div em h1 h2 h3 h4 h5 i img li ol p small span strong sub sup table tbody td tfoot th thead tr ul".split(
        " ",
      ),
    );
  });

  it("has addresses of links and pictures, and no style", () => {
    expect(allowed?.attributes.a).toEqual(["href"]);
    expect(allowed?.attributes.img).toContain("src");
    expect(Object.values(allowed?.attributes ?? {}).flat()).not.toContain("style");
  });

  it("drops nothing that it takes", () => {
    expect(allowed?.dropped.filter((name) => Object.hasOwn(allowed.attributes, name))).toEqual([]);
  });
});
