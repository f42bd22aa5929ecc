import fc from "fast-check";
import { Feed } from "feed";
import { describe, expect, it } from "vitest";
import { atom } from "../../src/formats/atom.ts";
import { jsonFeed } from "../../src/formats/json-feed.ts";
import { rss } from "../../src/formats/rss.ts";
import { contentFromFeed, type PackageItem, toFeed } from "../../src/interop/feed-package.ts";
import { keyOfName } from "../../src/model/names/name-key.ts";
import { arbitrarySite, arbitraryStories } from "../formats/support/arbitrary-story.ts";
import { violationsOfAtom } from "../formats/support/atom-rules.ts";
import { textOfHtml } from "../formats/support/html.ts";
import { violationsOfJsonFeed } from "../formats/support/json-feed-schema.ts";
import { LATE, publish } from "../formats/support/publish.ts";
import { render } from "../formats/support/render.ts";
import { violationsOfRss } from "../formats/support/rss-rules.ts";
import { arbitraryItem, arbitraryOptions } from "./support/arbitrary-package-feed.ts";
import { compileFiles, mainFeed, openCompiled } from "./support/content-folder.ts";

const RUNS = 100;

// A carriage return in HTML is a line feed (HTML §13.2.3.5). Ids within a text get the new slug as a prefix.
const comparableBody = (html: string): string => (/ id="/.test(html) ? textOfHtml(html) : html.replace(/\r\n?/g, "\n"));

/** The values that must survive the way through a content folder. */
const comparableItem = ({ title, link, id, date, published, author, category, content, description }: PackageItem) => ({
  ...{ title, link, id, date, published, author, description },
  categories: category?.map(({ name }) => name),
  content: content && comparableBody(content),
});

/** The package has no sections: one with the name of a tag of the same story comes back as that tag. */
const hasDistinctNames = ({ category = [] }: PackageItem): boolean =>
  new Set(category.map(({ name = "" }) => keyOfName(name))).size === category.length;

describe("contentFromFeed", () => {
  it("restores through compile what toFeed was given: titles, links, ids, dates, authors, categories, bodies", () =>
    fc.assert(
      fc.asyncProperty(arbitrarySite, arbitraryStories, async (site, stories) => {
        const given = toFeed(await mainFeed(publish(site, stories)));
        fc.pre(given.items.every(hasDistinctNames));
        const again = toFeed(await mainFeed(openCompiled(await compileFiles(contentFromFeed(given)))));
        expect(again.items.map(comparableItem)).toEqual(given.items.map(comparableItem));
        const { id, title, link, description, language } = given.options;
        expect(again.options).toMatchObject({ id, title, link, description, language });
      }),
      { numRuns: RUNS },
    ));

  it("accepts any feed: what compile lets through is safe in every format, the rest has a message", () =>
    fc.assert(
      fc.asyncProperty(arbitraryOptions, fc.array(arbitraryItem, { maxLength: 3 }), async (options, items) => {
        const given = new Feed(options);
        for (const item of items) given.addItem(item);
        const compiled = await compileFiles(contentFromFeed(given));
        if (compiled.publication === undefined) {
          expect(compiled.files.flatMap(({ messages }) => messages.filter(({ fatal }) => fatal))).not.toEqual([]);
          return;
        }
        const feed = await mainFeed(openCompiled(compiled));
        expect(violationsOfRss(render(rss, feed), LATE)).toEqual([]);
        expect(violationsOfAtom(render(atom, feed))).toEqual([]);
        expect(violationsOfJsonFeed(render(jsonFeed, feed))).toEqual([]);
        for (const { html } of feed.items) expect(html).not.toMatch(/<script|<iframe|<[^>]* on\w+=|href="javascript:/i);
      }),
      { numRuns: RUNS },
    ));
});
