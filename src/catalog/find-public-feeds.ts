import type { ListedFeed, ListedFeeds } from "../model/feed.ts";
import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { Scope } from "../model/scope.ts";
import { isInNamedFeed } from "../model/selection.ts";
import type { Store } from "../store/store.ts";
import { takeVisible } from "./take-visible.ts";

/** So many of the newest stories say which tags and authors there are: no list of all names is kept anywhere. */
const MAX_STORIES = 1000;

/** So many tags, and as many authors, are listed. */
const MAX_LISTED = 200;

interface Name {
  readonly key: string;
  readonly name: string;
}

/** The names of stories that are newest first, each with the newest story that has it. */
const namesWithNewest = (
  kind: "author" | "tag",
  items: readonly Item[],
  namesOf: (item: Item) => readonly Name[],
): readonly ListedFeed[] => {
  const feeds = new Map<string, ListedFeed>();
  for (const item of items) {
    for (const { key, name } of namesOf(item)) {
      if (!feeds.has(key)) feeds.set(key, { scope: { kind, key }, name, newest: item });
    }
  }
  return [...feeds.values()];
};

const listed = (scope: Scope, name: string, newest: Item | undefined): ListedFeed => ({
  scope,
  name,
  ...(newest && { newest }),
});

/**
 * The feeds that readers may choose at `now`: of the sections and of the feeds that site.yaml names, and of the tags and authors of the
 * newest stories that they may see. A story that states its feeds is in those alone.
 */
export const findPublicFeeds = async (store: Store, now: Instant): Promise<ListedFeeds> => {
  const { sections, feeds, language } = store.channel;
  const stories = store.storiesBetween(Number.MIN_SAFE_INTEGER, now, now, MAX_STORIES);
  const items = await takeVisible(stories, MAX_STORIES, now);
  const inFeeds = items.filter((item) => item.feeds === undefined);
  const tags = namesWithNewest("tag", inFeeds, (item) => item.tags);
  const authors = namesWithNewest("author", inFeeds, (item) => item.authors);
  return {
    sections: sections.map(({ key, name }) =>
      listed(
        { kind: "section", key },
        name,
        inFeeds.find(({ section }) => section?.key === key),
      ),
    ),
    named: feeds.map((feed) =>
      listed(
        { kind: "feed", key: feed.key },
        feed.title,
        items.find((item) => isInNamedFeed(item, feed, language)),
      ),
    ),
    tags: tags.slice(0, MAX_LISTED),
    authors: authors.slice(0, MAX_LISTED),
    isCut: items.length === MAX_STORIES || tags.length > MAX_LISTED || authors.length > MAX_LISTED,
  };
};
