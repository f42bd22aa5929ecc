import { describe, expect, it } from "vitest";
import type { Channel } from "../../../src/model/channel.ts";
import type { Item } from "../../../src/model/item.ts";
import { renderArticlePage } from "../../../src/pages/article-page.ts";
import { renderStoryPage } from "../../../src/pages/lists/story-page.ts";
import { renderRepublishPage } from "../../../src/pages/republish-page.ts";
import { type Files, GIF, ORIGIN, SVG, site } from "../../fixtures/publication.ts";
import { compileStory } from "../compile-story.ts";
import { readPage } from "../read-page.ts";

/** The metadata of a page: its properties in order, and the kind of card. */
const metadataOf = async (page: string): Promise<readonly (readonly [string, string])[]> =>
  (await readPage(page)).flatMap(({ name, attributes }) => {
    const key = attributes.property ?? attributes.name ?? "";
    return name === "meta" && /^(?:og|article|twitter):/.test(key) ? [[key, attributes.content ?? ""] as const] : [];
  });

const cardOf = async (...story: Parameters<typeof compileStory>) => {
  const { item, channel } = await compileStory(...story);
  return metadataOf(renderArticlePage(item, channel));
};

const valuesOf = (metadata: readonly (readonly [string, string])[], key: string): readonly string[] =>
  metadata.flatMap(([name, value]) => (name === key ? [value] : []));

/** A GIF of a given size: its head is all that is read of it. */
const gif = (width: number, height: number): Uint8Array => {
  const bytes = GIF.slice();
  new DataView(bytes.buffer).setUint16(6, width, true);
  new DataView(bytes.buffer).setUint16(8, height, true);
  return bytes;
};

describe("the card of a story", () => {
  it("has all that Open Graph has of an article, with absolute addresses", async () => {
    const metadata = await cardOf(
      {
        title: 'A & "B"',
        summary: "S.",
        language: "pt-PT",
        authors: [{ name: "Ann", url: "https://ann.example/" }, { name: "Bob" }],
        section: "world",
        tags: ["One", "Two & three"],
        image: { src: "media/large.gif", alt: "What it shows" },
        updated: "2026-02-01T00:00:00Z",
      },
      undefined,
      { "site.yaml": site({ sections: { world: "The World" } }), "media/large.gif": gif(1200, 630) },
    );
    expect(metadata).toEqual([
      ["og:type", "article"],
      ["og:title", 'A & "B"'],
      ["og:description", "S."],
      ["og:url", `${ORIGIN}/articles/a`],
      ["og:site_name", "The Courier"],
      ["og:locale", "pt_PT"],
      ["og:image", `${ORIGIN}/media/large.gif`],
      ["og:image:type", "image/gif"],
      ["og:image:width", "1200"],
      ["og:image:height", "630"],
      ["og:image:alt", "What it shows"],
      ["twitter:image:alt", "What it shows"],
      ["article:published_time", "2026-01-01T00:00:00Z"],
      ["article:modified_time", "2026-02-01T00:00:00Z"],
      ["article:author", "https://ann.example/"],
      ["article:author", "Bob"],
      ["article:section", "The World"],
      ["article:tag", "One"],
      ["article:tag", "Two & three"],
      ["twitter:card", "summary_large_image"],
    ]);
  });

  it.each([
    ["is large without a size that is known", "https://x.example/x.jpg", "summary_large_image"],
    ["is small with a small picture", "media/small.gif", "summary"],
    ["is large with the smallest picture that is not enlarged", "media/fits.gif", "summary_large_image"],
  ])("%s", async (_, src, card) => {
    const media: Files = { "media/small.gif": gif(299, 200), "media/fits.gif": gif(300, 157) };
    const used = Object.fromEntries(Object.entries(media).filter(([path]) => path === src));
    expect(valuesOf(await cardOf({ image: { src, alt: "" } }, undefined, used), "twitter:card")).toEqual([card]);
  });

  it.each([
    ["has the publication's icon if the story has no picture", {}, "media/icon.gif"],
    ["has it if the story's is a drawing", { image: { src: "media/x.svg", alt: "" } }, "media/icon.gif"],
    [
      "has it if the story's is of a kind that few show",
      { image: { src: "https://x.example/x.heic", alt: "", type: "image/heic" } },
      "media/icon.gif",
    ],
  ])("%s, and is small", async (_, front, path) => {
    const metadata = await cardOf(front, undefined, {
      "site.yaml": site({ icon: "media/icon.gif", image: "media/logo.gif" }),
      ...{ "media/icon.gif": gif(512, 512), "media/logo.gif": GIF, "media/x.svg": SVG },
    });
    expect(valuesOf(metadata, "og:image")).toEqual([`${ORIGIN}/${path}`]);
    expect(valuesOf(metadata, "twitter:card")).toEqual(["summary"]);
  });

  it("has the publication's logo if there is no icon, and no picture if there is none", async () => {
    const files: Files = { "site.yaml": site({ image: "media/logo.gif" }), "media/logo.gif": GIF };
    expect(valuesOf(await cardOf({}, undefined, files), "og:image")).toEqual([`${ORIGIN}/media/logo.gif`]);
    const metadata = await cardOf({});
    expect(metadata.filter(([key]) => key.startsWith("og:image"))).toEqual([]);
  });

  it("leads to the original if that is elsewhere", async () => {
    const metadata = await cardOf({ canonical: "https://elsewhere.example/a" });
    expect(valuesOf(metadata, "og:url")).toEqual(["https://elsewhere.example/a"]);
  });
});

const renderHomePage = (channel: Channel, items: readonly Item[]): string =>
  renderStoryPage(channel, { scope: { kind: "all" }, name: "", items, number: 1, hasOlder: false, hasFeeds: true });

it.each([["the front page", renderHomePage, `${ORIGIN}/`, "The Courier"]] as const)(
  "the card of %s is one of a website",
  async (_, render, url, title) => {
    const { item, channel } = await compileStory();
    const metadata = await metadataOf(render(channel, [item]));
    expect(metadata).toEqual([
      ["og:type", "website"],
      ["og:title", title],
      ["og:description", "News of the example."],
      ["og:url", url],
      ["og:site_name", "The Courier"],
      ["og:locale", "en_US"],
      ["twitter:card", "summary"],
    ]);
  },
);

it("the page with a story to republish has a card, too", async () => {
  const { item, channel } = await compileStory();
  expect(valuesOf(await metadataOf(renderRepublishPage(item, channel)), "og:type")).toEqual(["website"]);
});
