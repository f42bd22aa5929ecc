import type { Authenticator } from "../admin/authenticate.ts";
import type { Lookup } from "../catalog/find-feed.ts";
import type { EdgeCache } from "../editions/edge-cache.ts";
import { type Edition, OVERHEAD_BYTES, sizeOfEdition } from "../editions/edition.ts";
import { createFragments, type Fragments } from "../editions/fragments.ts";
import type { Format } from "../formats/format.ts";
import { formats } from "../formats/formats.ts";
import { cacheControl } from "../http/cache-control.ts";
import { createNegotiator } from "../http/negotiate.ts";
import type { EncodedRepresentation } from "../http/representation.ts";
import { type BoundedCache, createBoundedCache } from "../lib/bounded-cache.ts";
import { createSingleFlight, type SingleFlight } from "../lib/single-flight.ts";
import type { Newsroom } from "../newsroom/newsroom.ts";
import type { Outbound } from "../outbound/outbound.ts";
import type { Hub } from "../push/rpc.ts";
import type { Store } from "../store/store.ts";
import { redirectsOf } from "./paths.ts";

/** The hub, as requests reach it. */
export interface Push {
  readonly hub: () => Hub;
  /** What judges the callback of a request. */
  readonly outbound: () => Pick<Outbound, "addressOf" | "check">;
  /** Whether whoever asks has not asked too often. */
  readonly isWithinLimit: (request: Request) => Promise<boolean>;
}

/** What a site is made of: worker.ts takes it from the platform, tests bring their own. */
export interface Parts {
  readonly store: Store;
  /** The media files of the deployed version. */
  readonly assets: { fetch(request: Request): Promise<Response> };
  /** Milliseconds. */
  readonly now: () => number;
  /** Keeps editions for other isolates, and for the day the store fails. */
  readonly edgeCache?: EdgeCache;
  /** Where stories are written; absent where they come from content/, or nobody may write. */
  readonly newsroom?: Newsroom;
  /** Lets editors in; absent where there are none. */
  readonly authenticator?: Authenticator;
  /** Where readers subscribe; absent where site.yaml does not name the built-in hub. */
  readonly push?: Push;
  /** Lets work go on after the answer has been sent. */
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/** All that the handlers need from outside. */
export interface Site extends Parts {
  /** Where old addresses are answered now. */
  readonly redirects: ReadonlyMap<string, string>;
  /** Cache-Control of what neither appears nor disappears soon. */
  readonly usualCacheControl: string;
  /** The format that an Accept header prefers. */
  readonly negotiate: (accept: string | null) => Format | undefined;
  /** Ready answers. Their keys hold revision and the time of the last transition, so none is ever wrong, only unused. */
  readonly editions: BoundedCache<Edition>;
  /** Deltas to them: after a new story, most clients ask for the same one. */
  readonly deltas: BoundedCache<EncodedRepresentation>;
  /** Stories that are rendered in them. */
  readonly fragments: Fragments;
  /** Makes editions, and codings of them, once for all who ask at the same time. */
  readonly making: SingleFlight<Lookup<Edition>>;
  readonly encoding: SingleFlight<EncodedRepresentation>;
  /** Number of the revision that last took a story from readers, as far as is known: no edition from before may be shown again. */
  readonly departed: { at: number };
  /** By path, the key of the edition that was made last. */
  readonly latest: BoundedCache<string>;
}

const EDITIONS_BYTES = 32 * 1024 * 1024;
const DELTAS_BYTES = 4 * 1024 * 1024;
const LATEST_BYTES = 1024 * 1024;

/** A site with an empty memory. */
export const createSite = (parts: Parts): Site => {
  const { channel } = parts.store;
  const fragments = createFragments();
  return {
    ...parts,
    redirects: redirectsOf(channel),
    usualCacheControl: cacheControl(channel.freshness, 0, Number.POSITIVE_INFINITY),
    negotiate: createNegotiator(formats, ({ mediaType, alsoKnownAs }) => [mediaType, ...alsoKnownAs]),
    editions: createBoundedCache(EDITIONS_BYTES, sizeOfEdition, ({ feed }) => {
      if (feed !== undefined) fragments.forget(feed.document);
    }),
    deltas: createBoundedCache(DELTAS_BYTES, ({ body }) => body.buffer.byteLength + OVERHEAD_BYTES),
    fragments,
    making: createSingleFlight(parts.waitUntil),
    encoding: createSingleFlight(parts.waitUntil),
    departed: { at: 0 },
    latest: createBoundedCache(LATEST_BYTES, (key) => key.length * 2 + 64),
  };
};
