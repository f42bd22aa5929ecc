import type { CompilerVersion } from "../model/compiler-version.ts";
import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { PublicationStorage } from "../store/loaded/load-publication.ts";
import type { LoadedStory } from "../store/loaded/publication-source.ts";

/** Key of the object's storage: all of a loaded publication but its stories. */
const LOADED = "loaded_publication";

type Head = {
  readonly digest: string;
  readonly at: Instant;
  readonly site: string;
  readonly version: CompilerVersion;
};

type Row = { readonly id: string; readonly slug: string; readonly text: string; readonly item: string };

// Only `write` has written it, by this version of the schema.
const parseItem = (json: string): Item => JSON.parse(json);

const storyOf = ({ item, ...source }: Row): LoadedStory => ({ ...source, item: parseItem(item) });

/** Stores a publication that was loaded in the scheduler's Durable Object: a row for each story, and only changed ones are written. */
export const openStoredPublication = (
  storage: Pick<DurableObjectStorage, "kv" | "sql" | "transactionSync">,
): PublicationStorage => ({
  read() {
    const { kv, sql } = storage;
    const head = kv.get<Head>(LOADED);
    if (head === undefined) return undefined;
    const { digest, at, site, version } = head;
    const stories = sql.exec<Row>("SELECT id, slug, text, item FROM loaded_stories").toArray().map(storyOf);
    return { digest, at, publication: { site, version, stories } };
  },
  write({ digest, at, publication }, former) {
    const { kv, sql } = storage;
    const { site, version, stories } = publication;
    const known = new Map(former?.stories.map((story) => [story.id, story]));
    const changed = stories.filter((story) => known.get(story.id) !== story);
    const ids = new Set(stories.map((story) => story.id));
    storage.transactionSync(() => {
      // What could not be read must not come back later.
      if (former === undefined) sql.exec("DELETE FROM loaded_stories");
      for (const old of known.keys()) if (!ids.has(old)) sql.exec("DELETE FROM loaded_stories WHERE id = ?", old);
      for (const { id, slug, text, item } of changed) {
        sql.exec(
          "INSERT OR REPLACE INTO loaded_stories (id, slug, text, item) VALUES (?, ?, ?, ?)",
          ...[id, slug, text, JSON.stringify(item)],
        );
      }
      kv.put<Head>(LOADED, { digest, at, site, version });
    });
  },
});
