import { describe, expect, it } from "vitest";
import { rss } from "../../src/formats/rss.ts";
import type { Channel } from "../../src/model/channel.ts";
import type { Item } from "../../src/model/item.ts";
import { englishWords } from "../../src/model/words/en.ts";
import { textOfHtml } from "./support/html.ts";
import { atomName, contentName, dcName, dctermsName, mediaName } from "./support/names.ts";
import { render } from "./support/render.ts";
import { violationsOfRss } from "./support/rss-rules.ts";
import { hexadecimalReferences } from "./support/rules.ts";
import {
  expired,
  mixedAttachments,
  PUBLISHED,
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

const channelOf = (feed = richFeed): XmlElement => childOf(readXml(render(rss, feed)), "channel");

const channelWith = (changes: Partial<Channel>): XmlElement =>
  channelOf(sampleFeed({ channel: sampleChannel(changes) }));

const itemWith = (changes: Partial<Item> = {}): XmlElement =>
  childOf(channelOf(sampleFeed({ items: [sampleItem(changes)] })), "item");

const linksOf = (element: XmlElement, relation: string) =>
  childrenOf(element, atomName("link"))
    .filter(({ attributes }) => attributes.get("rel") === relation)
    .map(({ attributes }) => attributes.get("href"));

describe("an RSS item without a title", () => {
  it("leaves the element out, and has a description, as RSS wants", () => {
    const item = itemWith({ title: "" });
    expect(textsOf(item, "title")).toEqual([]);
    expect(textOf(item, "description")).toBe("In short");
    expect(violationsOfRss(render(rss, sampleFeed({ items: [sampleItem({ title: "" })] })), UPDATED)).toEqual([]);
  });
});

describe("an RSS channel", () => {
  it("has a title, a link to the page for people and a description", () => {
    const channel = channelOf();
    expect(textOf(channel, "title")).toBe("The Courier");
    expect(textOf(channel, "link")).toBe("https://example.org/");
    expect(textOf(channel, "description")).toBe("News of every kind");
  });

  it("breaks no rule, whether it has all values or as few as possible", () => {
    expect(violationsOfRss(render(rss, richFeed), UPDATED)).toEqual([]);
    expect(violationsOfRss(render(rss, sampleFeed({ items: [] })), UPDATED)).toEqual([]);
  });

  it("links to itself with atom:link rel=self (§5.1.1), in every view", () => {
    expect(linksOf(channelOf(), "self")).toEqual(["https://example.org/rss.xml"]);
    const scoped = sampleFeed({ base: "https://example.org/summaries/tags/iraq/" });
    expect(linksOf(channelOf(scoped), "self")).toEqual(["https://example.org/summaries/tags/iraq/rss.xml"]);
  });

  it("links to its WebSub hubs and its licence", () => {
    expect(linksOf(channelOf(), "hub")).toEqual(["https://hub.example.net/", "https://hub.example.com/?a=1&b=2"]);
    expect(linksOf(channelOf(), "license")).toEqual(["https://creativecommons.org/licenses/by-nd/4.0/"]);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ["https://example.org", { domain: "example.org", port: "443" }],
    ["http://localhost:8787", { domain: "localhost", port: "8787" }],
    ["http://localhost", { domain: "localhost", port: "80" }],
  ])("has a cloud element if the hub is the site's own: %s", (url, place) => {
    const channel = channelWith({ url, hubs: ["https://hub.example.net/", `${url}/hub`] });
    expect(Object.fromEntries(childOf(channel, "cloud").attributes)).toEqual({
      ...place,
      path: "/rsscloud/pleaseNotify",
      ...{ registerProcedure: "", protocol: "http-post" },
    });
    expect(childrenOf(channelOf(), "cloud")).toEqual([]);
  });

  it("has its language, its copyright and the date of its last change", () => {
    const channel = channelOf();
    expect(textOf(channel, "language")).toBe("en");
    expect(textOf(channel, "copyright")).toBe("© 2026 & all");
    expect(textOf(channel, "lastBuildDate")).toBe("Fri, 02 Jan 2026 09:00:00 GMT");
  });

  it("has no lastBuildDate if it is empty, rather than one of 1970", () => {
    expect(textsOf(channelOf(sampleFeed({ items: [], updated: 0 })), "lastBuildDate")).toEqual([]);
  });

  it("has a picture with its size (§4.1.1.9), whose title and link are the channel's own", () => {
    const feed = { ...richFeed, title: "The Courier: Iraq", page: "https://example.org/tags/iraq" };
    const image = childOf(channelOf(feed), "image");
    expect(image.children.map(({ name, text }) => [name, text])).toEqual([
      ["url", "https://example.org/media/banner.png"],
      ["title", "The Courier: Iraq"],
      ["link", "https://example.org/tags/iraq"],
      ["width", "144"],
      ["height", "40"],
    ]);
  });

  it("has neither picture nor rights if the channel has none", () => {
    expect(channelWith({}).children.map(({ name }) => name)).toEqual([
      "title",
      "link",
      "description",
      atomName("link"),
      "language",
      "lastBuildDate",
      "docs",
      "generator",
      "item",
    ]);
  });
});

describe("RSS text", () => {
  it("has & < > as hexadecimal references, and no others (§3.1)", () => {
    const document = render(rss, sampleFeed({ items: [sampleItem({ title: "AT&T <b> \"'" })] }));
    expect(document).toContain("<title>AT&#x26;T &#x3C;b&#x3E; \"'</title>");
    expect(hexadecimalReferences(render(rss, richFeed))).toEqual([]);
  });

  it("shows a plain summary as it was written, although a description is HTML", () => {
    const item = itemWith({ summary: "1 < 2 & <b>not bold</b> &amp;" });
    expect(textOf(item, "description")).toBe("1 &#x3C; 2 &#x26; &#x3C;b&#x3E;not bold&#x3C;/b&#x3E; &#x26;amp;");
    expect(textOfHtml(textOf(item, "description") ?? "")).toBe("1 < 2 & <b>not bold</b> &amp;");
    expect(textOf(channelWith({ description: "This & <that>" }), "description")).toBe("This &#x26; &#x3C;that&#x3E;");
  });

  it("has dates with four-digit years in GMT (§3.2), and DCMI dates as RFC 3339", () => {
    const item = itemWith({ updated: UPDATED });
    expect(textOf(item, "pubDate")).toBe("Thu, 01 Jan 2026 18:00:00 GMT");
    expect(textOf(item, dctermsName("modified"))).toBe("2026-01-02T09:00:00Z");
  });
});

describe("an RSS item", () => {
  it("has title, link, description, guid and date", () => {
    expect(itemWith().children.map(({ name, text }) => [name, text])).toEqual([
      ["title", "Story"],
      ["link", "https://example.org/articles/story"],
      ["description", "In short"],
      [contentName("encoded"), "<p>In full</p>"],
      ["guid", "tag:example.org,2026:story"],
      ["pubDate", "Thu, 01 Jan 2026 18:00:00 GMT"],
    ]);
  });

  it("puts the description before content:encoded (§5.2.1)", () => {
    const names = itemWith().children.map(({ name }) => name);
    expect(names.indexOf("description")).toBeLessThan(names.indexOf(contentName("encoded")));
  });

  it("has no content:encoded in a feed of summaries", () => {
    const feed = sampleFeed({ view: { scope: { kind: "all" }, text: "summary" } });
    expect(textsOf(childOf(channelOf(feed), "item"), contentName("encoded"))).toEqual([]);
  });

  it("links to where the story lives", () => {
    expect(textOf(itemWith({ canonical: "https://elsewhere.example/?a=1&b=2" }), "link")).toBe(
      "https://elsewhere.example/?a=1&b=2",
    );
  });

  it.each([
    ["is a tag: URI", { id: "tag:example.org,2026:story" }, "false"],
    ["is the link", { id: "https://example.org/articles/story" }, undefined],
    ["is an address, but not the link", { id: "https://example.org/old" }, "false"],
    [
      "is the page here of a story that lives elsewhere",
      { id: "https://example.org/articles/story", canonical: "https://e.example/" },
      "false",
    ],
    ["is where the story lives", { id: "https://e.example/", canonical: "https://e.example/" }, undefined],
  ])("has the right isPermaLink (§4.1.1.20.6): the guid %s", (_, changes, isPermaLink) => {
    const guid = childOf(itemWith(changes), "guid");
    expect(guid.text).toBe(changes.id);
    expect(guid.attributes.get("isPermaLink")).toBe(isPermaLink);
  });

  const sound = { url: "https://example.org/media/a.mp3", type: "audio/mpeg" };
  const pdf = { url: "https://cdn.example.net/b.pdf?a=1&b=2", type: "application/pdf" };
  it.each<[string, Partial<Item>, readonly Record<string, unknown>[]]>([
    ["none without attachment and picture", {}, []],
    ["the sound of a story that has a picture and a document too", richItem, [{ ...sound, length: "100" }]],
    [
      "the first sound, wherever it stands",
      { image: richImage, attachments: mixedAttachments },
      [{ url: "https://example.org/media/d.mp3", type: "audio/mpeg", length: "0" }],
    ],
    [
      "the first film of a story without sound",
      { image: richImage, attachments: mixedAttachments.filter(({ type }) => !type.startsWith("audio/")) },
      [{ url: "https://example.org/media/b.mp4", type: "video/mp4", length: "0" }],
    ],
    ["the document of a story that has a picture", { image: richImage, attachments: [pdf] }, [{ ...pdf, length: "0" }]],
    ["an unknown length as 0", { attachments: [pdf] }, [{ ...pdf, length: "0" }]],
    [
      "a type with quoted codecs",
      { attachments: [{ ...pdf, type: 'audio/ogg; codecs="opus"' }] },
      [{ url: pdf.url, type: 'audio/ogg; codecs="opus"', length: "0" }],
    ],
    [
      "the picture where there is no attachment",
      { image: richImage },
      [{ url: richImage.url, type: "image/jpeg", length: "9" }],
    ],
    ["no picture of unknown type", { image: { url: "https://e.example/x", alt: "" } }, []],
  ])("has at most one enclosure with url, type and length (§4.1.1.20.5): %s", (_, changes, expected) => {
    const enclosures = childrenOf(itemWith(changes), "enclosure");
    expect(enclosures.map(({ attributes }) => Object.fromEntries(attributes))).toEqual(expected);
  });

  it("has every author as dc:creator and none as author, which needs an e-mail address (§5.3.1)", () => {
    const item = itemWith({ authors: richItem.authors });
    expect(textsOf(item, dcName("creator"))).toEqual(["Ana & Béla", "Bo"]);
    expect(textsOf(item, "author")).toEqual([]);
  });

  it("distinguishes section and tags by their domain", () => {
    const categories = childrenOf(childrenOf(channelOf(), "item")[1] ?? channelOf(), "category");
    expect(categories.map(({ text, attributes }) => [text, attributes.get("domain")])).toEqual([
      ["World & Politics", "https://example.org/sections/"],
      ["C++ & <C>", "https://example.org/tags/"],
      ["Iraq", "https://example.org/tags/"],
    ]);
  });

  it("has its source, its licence and its own language", () => {
    const item = itemWith(richItem);
    expect(textOf(item, dcName("source"))).toBe("The Paper, Jo Writer, https://paper.example/1");
    expect(linksOf(item, "license")).toEqual(["https://creativecommons.org/licenses/by/4.0/"]);
    expect(textOf(item, dcName("language"))).toBe("ar");
    expect(textOf(itemWith({ source: { title: "The Paper" } }), dcName("source"))).toBe("The Paper");
  });

  it("has the date of its modification only if it was modified", () => {
    expect(textsOf(itemWith({ updated: PUBLISHED }), dctermsName("modified"))).toEqual([]);
  });

  it("has its picture and attachments as Media RSS", () => {
    expect(childrenOf(itemWith(richItem), mediaName("content"))).toHaveLength(3);
  });
});

describe("a story that left an RSS feed", () => {
  it("is replaced by a notice with the same guid and the reason, and nothing of the story", () => {
    const notice = childOf(channelOf(sampleFeed({ items: [], notices: [withdrawn] })), "item");
    expect(notice.children.map(({ name, text }) => [name, text])).toEqual([
      ["title", "Withdrawn"],
      ["link", "https://example.org/articles/gone"],
      ["description", "It was wrong &#x26; &#x3C;harmful&#x3E;"],
      ["guid", "tag:example.org,2026:gone"],
      ["pubDate", "Thu, 01 Jan 2026 18:00:00 GMT"],
      [dctermsName("modified"), "2026-01-02T09:00:00Z"],
    ]);
  });

  it.each([
    ["its page", "https://example.org/articles/gone", undefined],
    ["another address", "https://example.org/old", "false"],
  ])("has the isPermaLink that its guid had: %s", (_, id, isPermaLink) => {
    const notice = childOf(channelOf(sampleFeed({ items: [], notices: [{ ...withdrawn, id }] })), "item");
    expect(childOf(notice, "guid").attributes.get("isPermaLink")).toBe(isPermaLink);
  });

  it("is not mentioned once its notice has ended: RSS has no tombstones", () => {
    expect(render(rss, sampleFeed({ items: [], tombstones: [withdrawn, expired] }))).not.toContain(
      "tag:example.org,2026:gone",
    );
  });

  it("uses the publisher's words", () => {
    const words = { en: { ...englishWords, withdrawn: "Taken back" } };
    const feed = sampleFeed({ channel: sampleChannel({ words }), items: [], notices: [withdrawn] });
    expect(textOf(childOf(channelOf(feed), "item"), "title")).toBe("Taken back");
  });

  it("is in the story's language, and says so", () => {
    const words = { de: { ...englishWords, withdrawn: "Zurückgezogen" } };
    const notices = [{ ...withdrawn, language: "de-AT" }];
    const feed = sampleFeed({ channel: sampleChannel({ words }), items: [], notices });
    const item = childOf(channelOf(feed), "item");
    expect(textOf(item, "title")).toBe("Zurückgezogen");
    expect(textOf(item, dcName("language"))).toBe("de-AT");
  });
});
