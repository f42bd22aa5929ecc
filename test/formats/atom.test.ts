import { describe, expect, it } from "vitest";
import { atom } from "../../src/formats/atom.ts";
import type { Feed } from "../../src/model/feed.ts";
import type { Item } from "../../src/model/item.ts";
import { englishWords } from "../../src/model/words/en.ts";
import { violationsOfAtom } from "./support/atom-rules.ts";
import { atomName, mediaName, tombstoneName, xmlName } from "./support/names.ts";
import { render } from "./support/render.ts";
import {
  expired,
  mixedAttachments,
  orderedNames,
  richFeed,
  richImage,
  richItem,
  sampleChannel,
  sampleFeed,
  sampleItem,
  UPDATED,
  withdrawn,
} from "./support/samples.ts";
import { childOf, childrenOf, readXml, textOf, textsOf, type XmlElement } from "./support/xml-reader.ts";

const feedOf = (feed = richFeed): XmlElement => readXml(render(atom, feed));

const entryWith = (changes: Partial<Item> = {}): XmlElement =>
  childOf(feedOf(sampleFeed({ items: [sampleItem(changes)] })), atomName("entry"));

const linksOf = (element: XmlElement, relation: string) =>
  childrenOf(element, atomName("link"))
    .filter(({ attributes }) => attributes.get("rel") === relation)
    .map(({ attributes }) => {
      const { rel: _, ...others } = Object.fromEntries(attributes);
      return others;
    });

const peopleOf = (element: XmlElement) =>
  childrenOf(element, atomName("author")).map(({ children }) => children.map(({ name, text }) => [name, text]));

describe("an Atom entry without a title", () => {
  it("has an empty one, since §4.1.2 wants the element", () => {
    expect(textsOf(entryWith({ title: "" }), atomName("title"))).toEqual([""]);
    expect(violationsOfAtom(render(atom, sampleFeed({ items: [sampleItem({ title: "" })] })))).toEqual([]);
  });
});

describe("an Atom feed", () => {
  it("has exactly one id, title and updated (§4.1.1)", () => {
    const feed = feedOf();
    expect(textsOf(feed, atomName("id"))).toEqual(["tag:example.org,2026:feeds"]);
    expect(textsOf(feed, atomName("title"))).toEqual(["The Courier"]);
    expect(textsOf(feed, atomName("updated"))).toEqual(["2026-01-02T09:00:00Z"]);
  });

  it("breaks no rule, whether it has all values or as few as possible", () => {
    expect(violationsOfAtom(render(atom, richFeed))).toEqual([]);
    expect(violationsOfAtom(render(atom, sampleFeed({ items: [], updated: 0 })))).toEqual([]);
  });

  it("links to itself, to the page for people and to its hubs (§4.1.1, WebSub §4)", () => {
    const feed = feedOf({ ...richFeed, base: "https://example.org/tags/a/", page: "https://example.org/a?b=1&c=2" });
    expect(linksOf(feed, "self")).toEqual([
      { type: "application/atom+xml", href: "https://example.org/tags/a/atom.xml" },
    ]);
    expect(linksOf(feed, "alternate")).toEqual([{ type: "text/html", href: "https://example.org/a?b=1&c=2" }]);
    expect(linksOf(feed, "hub")).toEqual([
      { href: "https://hub.example.net/" },
      { href: "https://hub.example.com/?a=1&b=2" },
    ]);
  });

  it("has an author for the entries that have none (§4.1.1)", () => {
    const feed = feedOf(sampleFeed());
    expect(peopleOf(feed)).toEqual([
      [
        [atomName("name"), "The Courier"],
        [atomName("uri"), "https://example.org/"],
      ],
    ]);
    expect(peopleOf(childOf(feed, atomName("entry")))).toEqual([]);
  });

  it("has its licence as a link (RFC 4946), and its rights as text for people (§4.2.10)", () => {
    expect(linksOf(feedOf(), "license")).toEqual([{ href: "https://creativecommons.org/licenses/by-nd/4.0/" }]);
    expect(textOf(feedOf(), atomName("rights"))).toBe("© 2026 & all");
  });

  it("has a square icon and a wide logo (§4.2.5, §4.2.8)", () => {
    expect(textOf(feedOf(), atomName("icon"))).toBe("https://example.org/media/icon.png");
    expect(textOf(feedOf(), atomName("logo"))).toBe("https://example.org/media/banner.png");
  });

  it("has its language and its description", () => {
    expect(feedOf().attributes.get(xmlName("lang"))).toBe("en");
    expect(textOf(feedOf(), atomName("subtitle"))).toBe("News of every kind");
  });
});

describe("an Atom entry", () => {
  it("has id, title, dates, an alternate link, summary and content (§4.1.2)", () => {
    expect(entryWith({ updated: UPDATED }).children.map(({ name, text }) => [name, text])).toEqual([
      [atomName("id"), "tag:example.org,2026:story"],
      [atomName("title"), "Story"],
      [atomName("link"), ""],
      [atomName("published"), "2026-01-01T18:00:00Z"],
      [atomName("updated"), "2026-01-02T09:00:00Z"],
      [atomName("summary"), "In short"],
      [atomName("content"), "<p>In full</p>"],
    ]);
  });

  it("has one alternate link: to where the story lives", () => {
    const canonical = "https://elsewhere.example/?a=1&b=2";
    expect(linksOf(entryWith({ canonical }), "alternate")).toEqual([{ type: "text/html", href: canonical }]);
  });

  it("has no content in a feed of summaries, but an alternate link and a summary", () => {
    const entry = childOf(feedOf(sampleFeed({ view: { scope: { kind: "all" }, text: "summary" } })), atomName("entry"));
    expect(textsOf(entry, atomName("content"))).toEqual([]);
    expect(linksOf(entry, "alternate")).toHaveLength(1);
    expect(textOf(entry, atomName("summary"))).toBe("In short");
  });

  it("marks title and summary as plain text, and content as HTML (§3.1.1)", () => {
    const entry = entryWith({ title: "1 < 2 & <b>", summary: "&amp;", html: "<p>]] > &#x26;</p>" });
    expect(textOf(entry, atomName("title"))).toBe("1 < 2 & <b>");
    expect(textOf(entry, atomName("summary"))).toBe("&amp;");
    expect(textOf(entry, atomName("content"))).toBe("<p>]] > &#x26;</p>");
    const types = ["title", "summary", "content"].map((name) => childOf(entry, atomName(name)).attributes.get("type"));
    expect(types).toEqual([undefined, undefined, "html"]);
  });

  it("has every author with page and e-mail address (§3.2)", () => {
    expect(peopleOf(entryWith({ authors: richItem.authors }))).toEqual([
      [
        [atomName("name"), "Ana & Béla"],
        [atomName("uri"), "https://example.org/ana?a=1&b=2"],
        [atomName("email"), "ana@example.org"],
      ],
      [[atomName("name"), "Bo"]],
    ]);
  });

  it("names categories by the term that readers show, and their scheme (§4.2.2)", () => {
    const categories = childrenOf(entryWith(richItem), atomName("category"));
    expect(categories.map(({ attributes }) => Object.fromEntries(attributes))).toEqual([
      { term: "World & Politics", scheme: "https://example.org/sections/" },
      { term: "C++ & <C>", scheme: "https://example.org/tags/" },
      { term: "Iraq", scheme: "https://example.org/tags/" },
    ]);
  });

  it("links to every attachment and to a picture whose type is known (§4.2.7)", () => {
    expect(linksOf(entryWith(richItem), "enclosure")).toEqual([
      { type: "audio/mpeg", length: "100", title: "Listen & learn", href: "https://example.org/media/a.mp3" },
      { type: "application/pdf", href: "https://cdn.example.net/b.pdf?a=1&b=2" },
      { type: "image/jpeg", length: "9", href: "https://example.org/media/a.jpg" },
    ]);
    expect(linksOf(entryWith({ image: { url: "https://e.example/x", alt: "" } }), "enclosure")).toEqual([]);
  });

  it("links to sound first, then to films, then to the rest, and to the picture last", () => {
    const entry = entryWith({ image: richImage, attachments: mixedAttachments });
    expect(linksOf(entry, "enclosure").map(({ href }) => href)).toEqual([
      ...orderedNames.map((name) => `https://example.org/media/${name}`),
      richImage.url,
    ]);
  });

  it("links to its source with rel=via, if that has an address, and to its licence (RFC 4946)", () => {
    const entry = entryWith(richItem);
    expect(linksOf(entry, "via")).toEqual([{ title: "The Paper, Jo Writer", href: "https://paper.example/1" }]);
    expect(linksOf(entry, "license")).toEqual([{ href: "https://creativecommons.org/licenses/by/4.0/" }]);
    expect(linksOf(entryWith({ source: { title: "The Paper" } }), "via")).toEqual([]);
  });

  it("has its language if it is not the channel's", () => {
    expect(entryWith({ language: "ar" }).attributes.get(xmlName("lang"))).toBe("ar");
    expect(entryWith().attributes.size).toBe(0);
  });

  it("has its picture and attachments as Media RSS too", () => {
    expect(childrenOf(entryWith(richItem), mediaName("content"))).toHaveLength(3);
  });
});

describe("a story that left an Atom feed", () => {
  it("is a tombstone with ref and when, and the reason if there is one (RFC 6721 §3)", () => {
    const tombstones = childrenOf(feedOf(), tombstoneName("deleted-entry"));
    expect(
      tombstones.map((one) => [Object.fromEntries(one.attributes), textOf(one, tombstoneName("comment"))]),
    ).toEqual([
      [{ ref: "tag:example.org,2026:gone", when: "2026-01-02T09:00:00Z" }, "It was wrong & <harmful>"],
      [{ ref: "tag:example.org,2026:over", when: "2026-01-02T09:00:00Z" }, undefined],
    ]);
  });

  const entriesOf = (changes: Partial<Feed>) =>
    childrenOf(feedOf(sampleFeed({ items: [], tombstones: [withdrawn, expired], ...changes })), atomName("entry"));

  it("is no entry any more, unless it was withdrawn lately", () => {
    expect(entriesOf({ notices: [] })).toEqual([]);
  });

  it("is a notice under the same id, of the time of its tombstone, with the reason and nothing of the story", () => {
    const [notice, ...others] = entriesOf({ notices: [withdrawn] });
    expect(others).toEqual([]);
    expect(notice?.children.map(({ name, text }) => [name, text])).toEqual([
      [atomName("id"), "tag:example.org,2026:gone"],
      [atomName("title"), "Withdrawn"],
      [atomName("link"), ""],
      [atomName("published"), "2026-01-01T18:00:00Z"],
      [atomName("updated"), "2026-01-02T09:00:00Z"],
      [atomName("summary"), "It was wrong & <harmful>"],
      [atomName("content"), "It was wrong &#x26; &#x3C;harmful&#x3E;"],
    ]);
    expect(notice && linksOf(notice, "alternate")).toEqual([{ type: "text/html", href: withdrawn.url }]);
  });

  it("is told of in its own language", () => {
    const channel = sampleChannel({ words: { de: { ...englishWords, withdrawn: "Zurückgezogen" } } });
    const german = { ...withdrawn, language: "de" };
    const feed = feedOf(sampleFeed({ channel, items: [], notices: [german], tombstones: [german] }));
    const notice = childOf(feed, atomName("entry"));
    expect(textOf(notice, atomName("title"))).toBe("Zurückgezogen");
    expect(notice.attributes.get(xmlName("lang"))).toBe("de");
    expect(childOf(feed, tombstoneName("deleted-entry")).attributes.get(xmlName("lang"))).toBe("de");
  });

  it("is a notice without content in a feed of summaries", () => {
    const [notice] = entriesOf({ notices: [withdrawn], view: { scope: { kind: "all" }, text: "summary" } });
    expect(notice && textsOf(notice, atomName("content"))).toEqual([]);
    expect(notice && textsOf(notice, atomName("summary"))).toEqual(["It was wrong & <harmful>"]);
  });
});
