import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Files, GIF, ORIGIN, site, story } from "../fixtures/publication.ts";
import { NOW } from "./support/sample-site.ts";
import { serveFiles } from "./support/serve.ts";

// A site answers as if there were no hidden story in it.

const HOUR = 3_600_000;
const iso = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

const SITE: Files = {
  "site.yaml": site({
    sections: { world: "The World" },
    authors: { ann: { name: "Ann" } },
    feedLength: 2,
    markdown: true,
  }),
  ...Object.fromEntries(["0", "1", "2"].map((name) => [`media/${name}.gif`, GIF])),
};

const indexes = fc.constantFrom("0", "1", "2");

/** The front matter of a story, by when it is published and whether it is a draft. */
const front = fc.record(
  {
    tags: fc.uniqueArray(fc.constantFrom("0", "1", "C", "C++", "C#"), { maxLength: 2 }),
    authors: fc.constantFrom(["ann"], [{ name: "Eve" }]),
    section: fc.constant("world"),
    feeds: fc.constant(false),
    usage: fc.constant({ "ai-train": "no" }),
    license: fc.constant("https://creativecommons.org/licenses/by/4.0/"),
    image: indexes.map((index) => ({ src: `media/${index}.gif`, alt: "" })),
    life: fc.integer({ min: 1, max: 90 }),
    correctedAfter: fc.integer({ min: 1, max: 90 }),
  },
  { requiredKeys: [] },
);

type Front = Partial<ReturnType<typeof translationAt>> &
  (typeof front extends fc.Arbitrary<infer Value> ? Value : never);

const storyAt = (name: string, hours: number, { life, correctedAfter, ...more }: Front, isDraft: boolean): string => {
  const published = NOW + hours * HOUR;
  return story(name, {
    ...{ ...more, published: iso(published), draft: isDraft, aliases: [`once-${name}`] },
    ...(life !== undefined && { expires: iso(published + life * HOUR) }),
    ...(correctedAfter !== undefined && {
      corrections: [{ at: iso(published + correctedAfter * HOUR), note: "It was another." }],
    }),
  });
};

const visible = fc.record({ hours: fc.integer({ min: -100, max: 0 }), front });
const hidden = fc.record({
  hours: fc.integer({ min: -100, max: 100 }),
  isDraft: fc.boolean(),
  isTranslation: fc.boolean(),
  front,
});

/** What makes a story a translation of the first visible one. */
const translationAt = (index: number) => ({
  language: ["de", "fr", "es", "it", "pt"][index],
  translationOf: "tag:courier.example,2026:visible-0",
});

const names = [
  "c",
  "c~plus-plus~",
  "c~hash~",
  "0",
  "1",
  "2",
  "eve",
  "ann",
  "world",
  "visible-0",
  "hidden-0",
  "once-hidden-0",
  "once-visible-0",
];
const paths = [
  ...["/rss.xml", "/atom.xml", "/feed.json", "/summaries/rss.xml", "/feed", "/", "/style.css", "/hub", "/robots.txt"],
  ...["/license.xml", "/.well-known/tdmrep.json", "/sitemap.xml", "/sitemaps/1.xml", "/sitemaps/pages-1.xml"],
  ...["/subscribe", "/opml.xml", "/source/rss.xml", "/source/archive/1/rss.xml", "/sitemaps/2.xml"],
  ...["/page/2", "/page/3", "/archive", "/archive/2026/02", "/archive/2026/03", "/news-sitemap.xml"],
  ...[1, 2, 3].map((page) => `/archive/${page}/rss.xml`),
  ...names.flatMap((name) => [
    ...["tags", "authors", "sections", "articles"].flatMap((folder) =>
      ["rss.xml", "archive/1/atom.xml"].map((file) => `/${folder}/${name}/${file}`),
    ),
    ...["tags", "authors", "sections"].flatMap((folder) => [`/${folder}/${name}`, `/${folder}/${name}/page/2`]),
    ...["tags", "authors", "articles"].map((folder) => `/source/${folder}/${name}/atom.xml`),
    ...[`/articles/${name}.md`, `/oembed?url=${ORIGIN}/articles/${name}`],
    ...[`/articles/${name}`, `/articles/${name}/republish`, `/media/${name}.gif`, `/${name}`],
  ]),
];

describe("what is hidden", () => {
  it("changes no status, header or byte of any answer", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(visible, { maxLength: 5 }),
        fc.array(hidden, { minLength: 1, maxLength: 5 }),
        async (visibleStories, hiddenStories) => {
          const shown: Files = Object.fromEntries(
            visibleStories.map(({ hours, front: keys }, index) => [
              `visible-${index}.md`,
              storyAt(`visible-${index}`, hours, keys, false),
            ]),
          );
          const concealed: Files = Object.fromEntries(
            hiddenStories.map(({ hours, isDraft, isTranslation, front: keys }, index) => [
              `hidden-${index}.md`,
              storyAt(
                `hidden-${index}`,
                isDraft || hours > 0 ? hours : 1 - hours,
                isTranslation && visibleStories.length > 0 ? { ...keys, ...translationAt(index) } : keys,
                isDraft,
              ),
            ]),
          );
          const deployment = { now: NOW + 500, deployed: NOW - 1000 * HOUR };
          const sites = [
            await serveFiles({ ...SITE, ...shown }, deployment),
            await serveFiles({ ...SITE, ...shown, ...concealed }, deployment),
          ];
          for (const path of paths) {
            const [without, withHidden] = await Promise.all(
              sites.map(async ({ fetch }) => {
                const answers = [];
                for (const dest of ["empty", "document"]) {
                  const headers = { "a-im": "feed", "if-none-match": 'W/"x"', "sec-fetch-dest": dest };
                  const response = await fetch(path, { headers });
                  answers.push([path, dest, response.status, [...response.headers], [...(await response.bytes())]]);
                }
                return answers;
              }),
            );
            expect(withHidden).toEqual(without);
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});
