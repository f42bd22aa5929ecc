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

/** What an edition cache depends on. */
export interface EditionCacheSettings {
  readonly freshness: Freshness;
  /** Shared by the isolates of a data centre. Also has the last edition of each path, for when the store fails. */
  readonly edgeCache?: EdgeCache;
  /** Lets work go on after the response has been sent (Cloudflare's `waitUntil`). */
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/** The editions that have been rendered: in the isolate's memory, bounded in bytes, and in the edge cache. */
export interface EditionCache extends EditionCacheSettings {
  /** By path, revision and last transition, so that no entry is ever wrong, only unused. */
  readonly editions: BoundedCache<Edition>;
  /** The key of the edition that was rendered last, by path. */
  readonly latestKeys: BoundedCache<string>;
  /** Deltas to the editions: after a new story, most clients request the same one. */
  readonly deltas: BoundedCache<EncodedRepresentation>;
  /** Index of the stories that are rendered in the editions. */
  readonly fragments: Fragments;
  /** Renders an edition once for all requests that need it at the same time. */
  readonly rendering: SingleFlight<Lookup<Edition>>;
  /** Compresses an edition once for all requests that need it at the same time. */
  readonly encoding: SingleFlight<EncodedRepresentation>;
  /** Cache-Control of an edition, unless something in it is taken from readers before it would end. */
  readonly usualCacheControl: string;
  /**
   * Number of the last known revision that removed a story which readers could see: no earlier edition may be served
   * again. Undefined as long as the store has not said it.
   */
  lastRemoval: number | undefined;
}

/** Creates an empty cache. */
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
    lastRemoval: undefined,
  };
};
