import { describe, expect, it } from "vitest";
import { MEDIA_NAMESPACE, renderMedia } from "../../../src/formats/modules/media-rss.ts";
import type { Item } from "../../../src/model/item.ts";
import { mediaName } from "../support/names.ts";
import { mediaRules } from "../support/rules.ts";
import { mixedAttachments, orderedNames, richImage, richItem, sampleItem } from "../support/samples.ts";
import { childOf, childrenOf, readXml, textOf, type XmlElement } from "../support/xml-reader.ts";

const read = (changes: Partial<Item>): XmlElement => {
  const item = readXml(`<item xmlns:media="${MEDIA_NAMESPACE}">${renderMedia(sampleItem(changes))}</item>`);
  expect(mediaRules(item)).toEqual([]);
  return item;
};

const attributesOf = (element: XmlElement | undefined) => Object.fromEntries(element?.attributes ?? []);

const contentsOf = (item: XmlElement) => childrenOf(item, mediaName("content")).map(attributesOf);

describe("Media RSS", () => {
  it("is nothing to a story that has no picture and no attachment", () => {
    expect(renderMedia(sampleItem())).toBe("");
  });

  it("has a picture with its size, description and credit, and as a thumbnail", () => {
    const item = read({ image: richImage });
    const content = childOf(item, mediaName("content"));
    const size = { width: "4", height: "3" };
    const url = "https://example.org/media/a.jpg";
    expect(attributesOf(content)).toEqual({ url, type: "image/jpeg", medium: "image", fileSize: "9", ...size });
    expect(textOf(content, mediaName("description"))).toBe("A & B");
    expect(textOf(content, mediaName("credit"))).toBe("Jo");
    expect(attributesOf(childOf(item, mediaName("thumbnail")))).toEqual({ url, ...size });
  });

  it.each([
    [4_294_967_295, 4_294_967_295],
    [0, 3],
    [100_000, 100_000],
  ])("has no size that no picture has, which older versions stored: %i × %i", (width, height) => {
    const item = read({ image: { ...richImage, width, height } });
    for (const element of [childOf(item, mediaName("content")), childOf(item, mediaName("thumbnail"))]) {
      expect(attributesOf(element)).not.toHaveProperty("width");
      expect(attributesOf(element)).not.toHaveProperty("height");
    }
  });

  it("has a remote picture by its URL alone, and calls it an image all the same", () => {
    const item = read({ image: { url: "https://cdn.example.net/?a=1&b=2", alt: "" } });
    expect(contentsOf(item)).toEqual([{ url: "https://cdn.example.net/?a=1&b=2", medium: "image" }]);
    expect(childOf(item, mediaName("content")).children).toEqual([]);
  });

  it("has every attachment, also those for which RSS has no second enclosure", () => {
    expect(contentsOf(read({ attachments: richItem.attachments })).map(({ url }) => url)).toEqual([
      "https://example.org/media/a.mp3",
      "https://cdn.example.net/b.pdf?a=1&b=2",
    ]);
  });

  it("has the sound before films, films before the rest, and the picture last: some readers take the first", () => {
    const urls = contentsOf(read({ image: richImage, attachments: mixedAttachments })).map(({ url }) => url);
    expect(urls).toEqual([...orderedNames.map((name) => `https://example.org/media/${name}`), richImage.url]);
  });

  it.each([
    ["audio/mpeg", "audio"],
    ["video/mp4", "video"],
    ["image/png", "image"],
    ["application/pdf", undefined],
    ["text/plain; charset=utf-8", undefined],
  ])("calls the medium of %s %s", (type, medium) => {
    const [content] = contentsOf(read({ attachments: [{ url: "https://example.org/a", type }] }));
    expect(content?.medium).toBe(medium);
  });

  it.each([
    [61.4, "61"],
    [0, "0"],
    [59.5, "60"],
    [0.4, "1"],
    [0.0000001, "1"],
    [31_536_000, "31536000"],
  ])("rounds %d seconds, because readers parse an integer: %s", (duration, text) => {
    const attachments = [{ url: "https://example.org/a", type: "audio/mpeg", duration }];
    expect(contentsOf(read({ attachments }))[0]?.duration).toBe(text);
  });

  it("has no fileSize for an empty file, since it must be positive", () => {
    const attachments = [{ url: "https://example.org/a", type: "audio/mpeg", length: 0 }];
    expect(contentsOf(read({ attachments }))[0]).not.toHaveProperty("fileSize");
  });

  it("has the licence for people where usage is stated, and says nothing of it otherwise", () => {
    const license = "https://example.org/?a&b";
    expect(renderMedia(sampleItem({ license }), {})).toBe("");
    expect(renderMedia(sampleItem({ license }), { usage: { license: "https://example.org/terms" } })).toBe(
      '<media:license href="https://example.org/?a&#x26;b">https://example.org/?a&#x26;b</media:license>\n',
    );
  });
});
