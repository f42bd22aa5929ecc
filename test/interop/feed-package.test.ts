import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compilePublication } from "../../src/content/publication.ts";
import { fromFeed, type PackageItem, toFeed } from "../../src/interop/feed-package.ts";
import { openBundled } from "../../src/store/bundled.ts";
import type { Store } from "../../src/store/store.ts";
import { arbitrarySite, arbitraryStories } from "../formats/support/arbitrary-story.ts";
import { textOfHtml } from "../formats/support/html.ts";
import { FULL, feedAt, LATE, publish } from "../formats/support/publish.ts";

const RUNS = 1000;

const encoder = new TextEncoder();

/** Compiles what came from a feed of the package, and opens the store that would serve it. */
const settle = async (files: ReadonlyMap<string, string>): Promise<Store> => {
  const encoded = new Map([...files].map(([path, text]) => [path, encoder.encode(text)]));
  const { publication, files: reports } = await compilePublication(encoded);
  if (publication === undefined) throw new Error(reports.flatMap(({ messages }) => messages).join("\n"));
  return openBundled(JSON.stringify(publication), "", { id: "test", at: 0 });
};

const mainFeed = async (store: Store) => {
  const feed = await feedAt(store, FULL, LATE);
  if (feed === undefined) throw new Error("there is always a main feed");
  return feed;
};

// A carriage return in HTML is a line feed (HTML §13.2.3.5). The ids within a text get the new slug before them.
const body = (html: string): string => (/ id="/.test(html) ? textOfHtml(html) : html.replace(/\r\n?/g, "\n"));

/** What must survive the way through a content folder. */
const kept = ({ title, link, id, date, published, author, category, content, description }: PackageItem) => ({
  ...{ title, link, id, date, published, author, description },
  categories: category?.map(({ name }) => name),
  content: content && body(content),
});

describe("fromFeed", () => {
  it("gives back through compile what toFeed took: titles, links, ids, dates, authors, categories, bodies", () =>
    fc.assert(
      fc.asyncProperty(arbitrarySite, arbitraryStories, async (site, stories) => {
        const given = toFeed(await mainFeed(publish(site, stories)));
        const again = toFeed(await mainFeed(await settle(fromFeed(given))));
        expect(again.items.map(kept)).toEqual(given.items.map(kept));
        const { id, title, link, description, language } = given.options;
        expect(again.options).toMatchObject({ id, title, link, description, language });
      }),
      { numRuns: RUNS },
    ));
});
