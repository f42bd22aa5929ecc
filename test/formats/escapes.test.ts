import { expect, it } from "vitest";
import { atom } from "../../src/formats/atom.ts";
import { rss } from "../../src/formats/rss.ts";
import { escapeAttribute } from "../../src/formats/xml.ts";
import { MAIN_VIEW } from "../../src/model/view.ts";
import { sampleChannel } from "./support/samples.ts";
import { readXml } from "./support/xml-reader.ts";

// URLs, ids and titles that hold what XML gives a meaning, in every place that has one, those that `compile` never fills so too.
const NASTY = `https://example.org/?a=1&b="2"<3>`;

it("every text and attribute of a feed is escaped, of its head and its notices too", () => {
  const channel = sampleChannel({
    url: NASTY,
    license: NASTY,
    rights: NASTY,
    icon: { url: NASTY, alt: "" },
    image: { url: NASTY, alt: "" },
    words: {},
  });
  const notice = { id: NASTY, slug: "x", url: NASTY, published: 0, at: 1, reason: NASTY, language: "en" };
  for (const format of [rss, atom]) {
    const feed = {
      ...{ channel, view: MAIN_VIEW, id: NASTY, title: NASTY, page: NASTY, base: NASTY, hubs: [NASTY] },
      ...{ current: NASTY, previous: NASTY, updated: 1, items: [], notices: [notice], tombstones: [notice] },
    };
    const text = format.renderHead(feed) + format.renderTombstones(feed).join("") + format.foot;
    expect(text).not.toContain("a=1&b=");
    expect(text).not.toContain("<3>");
    expect(() => readXml(text.replace(/^(<\?[^\n]*\n)+/, ""))).not.toThrow();
  }
});

it("each tab and line feed of an attribute has its reference", () => {
  expect(escapeAttribute("a\tb\tc")).toBe("a&#x9;b&#x9;c");
  expect(escapeAttribute("a\nb\nc")).toBe("a&#xA;b&#xA;c");
  expect(escapeAttribute("\t")).toBe("&#x9;");
});
