import { cacheControl } from "../http/cache-control.ts";
import type { EncodedRepresentation } from "../http/representation.ts";
import { type BoundedCache, createBoundedCache } from "../lib/bounded-cache.ts";
import { createSingleFlight, type SingleFlight } from "../lib/single-flight.ts";
import type { Freshness } from "../model/channel.ts";
import type { Lookup } from "../model/lookup.ts";
import type { EdgeCache } from "./edge-cache.ts";
import { type Edition, OVERHEAD_BYTES, sizeOfEdition } from "./edition.ts";
import { createFragments, type Fragments } from "./fragments.ts";

const MAX_EDITIONS_BYTES = 32 * 1024 * 1024;
const MAX_DELTAS_BYTES = 4 * 1024 * 1024;
const MAX_LATEST_KEYS_BYTES = 1024 * 1024;

/** What the cache is made with. */
export interface EditionCacheSettings {
  readonly freshness: Freshness;
  /** Shared by the isolates of a data centre; also holds the last good editions for the day the store fails. */
  readonly edgeCache?: EdgeCache;
  /** Lets work go on after the response has been sent. */
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/** Editions that have been rendered: in the memory of the isolate, then in the edge cache. All bounded in bytes. */
export interface EditionCache extends EditionCacheSettings {
  /** By a key that holds the path, the revision and the last transition, so that no entry is ever wrong, only unused. */
  readonly editions: BoundedCache<Edition>;
  /** By path, the key of the edition that was rendered last. */
  readonly latestKeys: BoundedCache<string>;
  /** Deltas to the editions: after a new story, most clients ask for the same one. */
  readonly deltas: BoundedCache<EncodedRepresentation>;
  /** The stories that are rendered in the editions. */
  readonly fragments: Fragments;
  /** Renders an edition, or encodes one, once for all who ask at the same time. */
  readonly rendering: SingleFlight<Lookup<Edition>>;
  readonly encoding: SingleFlight<EncodedRepresentation>;
  /** Cache-Control of what neither appears nor leaves soon. */
  readonly usualCacheControl: string;
  /** Number of the last known revision that took a story from readers: no edition from before it may be shown again. */
  readonly lastRemoval: { revision: number };
}

/** An empty cache. */
export const createEditionCache = (settings: EditionCacheSettings): EditionCache => {
  const fragments = createFragments();
  return {
    ...settings,
    editions: createBoundedCache(MAX_EDITIONS_BYTES, sizeOfEdition, ({ feed }) => {
      if (feed !== undefined) fragments.remove(feed.document);
    }),
    latestKeys: createBoundedCache(MAX_LATEST_KEYS_BYTES, (key) => key.length * 2 + 64),
    deltas: createBoundedCache(MAX_DELTAS_BYTES, ({ body }) => body.buffer.byteLength + OVERHEAD_BYTES),
    fragments,
    rendering: createSingleFlight(settings.waitUntil),
    encoding: createSingleFlight(settings.waitUntil),
    usualCacheControl: cacheControl(settings.freshness, 0, Number.POSITIVE_INFINITY),
    lastRemoval: { revision: 0 },
  };
};
