import { describe, expect, it } from "vitest";
import { renderNewsArticle } from "../../../src/pages/head/news-article.ts";
import { GIF, ORIGIN, site } from "../../fixtures/publication.ts";
import { compileStory } from "../compile-story.ts";

const dataOf = async (...story: Parameters<typeof compileStory>): Promise<unknown> => {
  const { item, channel } = await compileStory(...story);
  const { text } = renderNewsArticle(item, channel);
  expect(text).toMatch(/^<script type="application\/ld\+json">[^<]*<\/script>\n$/);
  return JSON.parse(text.replace(/^<script[^>]*>|<\/script>\n$/g, ""));
};

const publisher = { "@type": "NewsMediaOrganization", name: "The Courier", url: `${ORIGIN}/` };

describe("schema.org NewsArticle", () => {
  it("has the first words of a story without a title for a headline", async () => {
    expect(await dataOf({ title: "" }, "word ".repeat(60))).toMatchObject({
      headline: `${"word ".repeat(15).trim()}…`,
    });
  });

  it("has the values that the story has, and the publication as its author if there is none", async () => {
    expect(await dataOf({ title: "T", summary: "S" })).toEqual({
      "@context": "https://schema.org",
      "@type": "NewsArticle",
      "@id": "tag:courier.example,2026:a",
      url: `${ORIGIN}/articles/a`,
      mainEntityOfPage: `${ORIGIN}/articles/a`,
      headline: "T",
      description: "S",
      datePublished: "2026-01-01T00:00:00Z",
      dateModified: "2026-01-01T00:00:00Z",
      inLanguage: "en",
      author: publisher,
      publisher,
      isAccessibleForFree: true,
    });
  });

  it("has all values that a story can have", async () => {
    const data = await dataOf(
      {
        canonical: "https://elsewhere.example/t",
        authors: [{ name: "Ann", url: "https://ann.example/" }],
        section: "world",
        tags: ["One", "Two"],
        image: { src: "media/x.gif", alt: "What it shows", credit: "Bob" },
        language: "de",
        license: "https://license.example/",
        source: { title: "Other", url: "https://other.example/" },
        corrections: [{ at: "2026-01-05T00:00:00Z", note: "It was Tuesday." }],
      },
      undefined,
      { "site.yaml": site({ sections: { world: "World" }, icon: "media/x.gif" }), "media/x.gif": GIF },
    );
    expect(data).toMatchObject({
      mainEntityOfPage: "https://elsewhere.example/t",
      dateModified: "2026-01-05T00:00:00Z",
      inLanguage: "de",
      author: [{ "@type": "Person", name: "Ann", url: "https://ann.example/" }],
      publisher: { ...publisher, logo: { "@type": "ImageObject", url: `${ORIGIN}/media/x.gif` } },
      image: [
        {
          "@type": "ImageObject",
          url: `${ORIGIN}/media/x.gif`,
          width: "1",
          height: "1",
          caption: "What it shows",
          creditText: "Bob",
        },
      ],
      articleSection: "World",
      keywords: ["One", "Two"],
      license: "https://license.example/",
      isBasedOn: "https://other.example/",
      correction: [{ "@type": "CorrectionComment", datePublished: "2026-01-05T00:00:00Z", text: "It was Tuesday." }],
    });
  });

  it("has the license of the publication if the story has none, and several authors", async () => {
    const front = { authors: [{ name: "Ann" }, { name: "Bob", url: "https://bob.example/" }] };
    const license = "https://license.example/of-all";
    expect(await dataOf(front, undefined, { "site.yaml": site({ license, language: "fr" }) })).toMatchObject({
      ...{ license, inLanguage: "fr" },
      author: [
        { "@type": "Person", name: "Ann" },
        { "@type": "Person", name: "Bob", url: "https://bob.example/" },
      ],
    });
  });

  it("can't be ended by text of the story", async () => {
    expect(await dataOf({ title: "</script><!--<script>" })).toMatchObject({ headline: "</script><!--<script>" });
  });
});
