import fc from "fast-check";
import { expect, it } from "vitest";
import { type PackageItem, toFeed } from "../../src/interop/feed-package.ts";
import { fromFeed } from "../../src/interop/from-feed.ts";
import { basePathOf } from "../../src/model/address.ts";
import { keyOfName } from "../../src/model/names/name-key.ts";
import { readPublication } from "../../src/model/publication.ts";
import { arbitrarySite, arbitraryStories } from "../formats/support/arbitrary-story.ts";
import { textOfHtml } from "../formats/support/html.ts";
import { LATE, publish } from "../formats/support/publish.ts";
import { mainFeed } from "./support/content-folder.ts";

/** The package has no sections: one with the name of a tag of the same story comes back as that tag. */
const hasDistinctNames = ({ category = [] }: PackageItem): boolean =>
  new Set(category.map(({ name = "" }) => keyOfName(name))).size === category.length;

it("a Feed that toFeed makes can be mounted, and has the same stories then", () =>
  fc.assert(
    fc.asyncProperty(arbitrarySite, arbitraryStories, async (site, stories) => {
      const feed = await mainFeed(publish(site, stories));
      const given = toFeed(feed);
      fc.pre(given.items.every(hasDistinctNames));
      const source = fromFeed(() => given);
      const content = await source.load(basePathOf(new URL(feed.page).href), undefined, LATE);
      const { text, messages } = source.compile(content, undefined);
      expect([...content.messages, ...messages]).toEqual([]);
      const known = ({ id, title, published, html }: (typeof feed.items)[number]) => ({
        id,
        title,
        published,
        text: textOfHtml(html),
      });
      const { items } = readPublication(text);
      const byId = (all: readonly (typeof feed.items)[number][]) => new Map(all.map((item) => [item.id, known(item)]));
      expect(byId(items)).toEqual(byId(feed.items));
    }),
    { numRuns: 50 },
  ));
