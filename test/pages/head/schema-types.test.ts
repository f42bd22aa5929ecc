import type { NewsArticle, WebSite, WithContext } from "schema-dts";
import { describe, expect, it } from "vitest";
import { isRecord } from "../../../src/lib/is-record.ts";
import { newsArticleOf } from "../../../src/pages/head/news-article.ts";
import { webSiteOf } from "../../../src/pages/head/web-site.ts";
import { type Files, GIF, ORIGIN, site } from "../../fixtures/publication.ts";
import { compileStory } from "../compile-story.ts";

// The types are those of schema.org as Google publishes them (schema-dts): tsc fails if one does not hold.

const FILES: Files = {
  "site.yaml": site({
    ...{ sections: { world: "World" }, icon: "media/x.gif", rights: "© Us", usage: { "ai-train": "no" } },
    authors: { foreign: { name: "Foreign Desk", type: "organization", url: "https://desk.example/" } },
  }),
  "media/x.gif": GIF,
};

const RICH = {
  authors: ["foreign", { name: "Ann", type: "person" }],
  section: "world",
  tags: ["One"],
  image: { src: "media/x.gif", alt: "What it shows", credit: "Bob" },
  license: "https://license.example/",
  source: { title: "Other", url: "https://other.example/" },
  corrections: [{ at: "2026-01-05T00:00:00Z", note: "It was Tuesday." }],
};

/** All values of a key, however deep. */
const valuesOf = (data: unknown, key: string): readonly unknown[] => {
  if (Array.isArray(data)) return data.flatMap((one) => valuesOf(one, key));
  if (!isRecord(data)) return [];
  return Object.entries(data).flatMap(([name, value]) => [...(name === key ? [value] : []), ...valuesOf(value, key)]);
};

describe.each([
  ["with all that a story can have", RICH],
  ["with nothing that it could be without", {}],
])("the data of a story %s", (_, front) => {
  it("is a NewsArticle of schema.org", async () => {
    const { item, channel } = await compileStory(front, undefined, FILES);
    const data: WithContext<NewsArticle> = newsArticleOf(item, channel);
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
  });

  // https://developers.google.com/search/docs/appearance/structured-data/article
  it("keeps what Google asks of articles", async () => {
    const { item, channel } = await compileStory(front, undefined, FILES);
    const data = newsArticleOf(item, channel);
    expect(data.headline).toMatch(/\S/);
    for (const date of [...valuesOf(data, "datePublished"), ...valuesOf(data, "dateModified")])
      expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(valuesOf(data, "dateModified")).toHaveLength(1);
    const authors = [data.author].flat();
    expect(authors.length).toBeGreaterThan(0);
    for (const author of authors) {
      expect(["Person", "Organization", "NewsMediaOrganization"]).toContain(author["@type"]);
      expect(author.name).toMatch(/\S/);
    }
    expect(data.publisher.logo?.url).toBe(`${ORIGIN}/media/x.gif`);
    for (const url of valuesOf(data, "url")) expect(String(url)).toMatch(/^https:\/\//);
  });
});

it("a desk is an organization, and everybody else a person", async () => {
  const { item, channel } = await compileStory(RICH, undefined, FILES);
  expect(newsArticleOf(item, channel).author).toEqual([
    { "@type": "Organization", name: "Foreign Desk", url: "https://desk.example/" },
    { "@type": "Person", name: "Ann" },
  ]);
});

it("the data of the front page is a WebSite of schema.org", async () => {
  const { channel } = await compileStory({}, undefined, FILES);
  const data: WithContext<WebSite> = webSiteOf(channel);
  expect(data).toMatchObject({ name: "The Courier", url: `${ORIGIN}/`, inLanguage: "en" });
});
