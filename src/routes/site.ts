import { type BoundedCache, createCache } from "../editions/cache.ts";
import type { Format } from "../formats/format.ts";
import { formats } from "../formats/formats.ts";
import { cacheControl } from "../http/caching.ts";
import { createNegotiator } from "../http/negotiate.ts";
import type { Representation } from "../http/represent.ts";
import type { Store } from "../store/store.ts";
import { redirectsOf } from "./paths.ts";

/** What a site is made of: worker.ts takes it from the platform, tests bring their own. */
export interface Parts {
  readonly store: Store;
  /** The media files of the deployed version. */
  readonly assets: { fetch(request: Request): Promise<Response> };
  /** Milliseconds. */
  readonly now: () => number;
}

/** All that the handlers need from outside. */
export interface Site extends Parts {
  /** Where old addresses are answered now. */
  readonly redirects: ReadonlyMap<string, string>;
  /** Cache-Control of what neither appears nor disappears soon. */
  readonly usualCacheControl: string;
  /** The format that an Accept header prefers. */
  readonly negotiate: (accept: string | null) => Format | undefined;
  /** Ready answers. Their keys hold revision and epoch, so none is ever wrong, only unused. */
  readonly editions: BoundedCache<Representation>;
}

const EDITIONS_BYTES = 32 * 1024 * 1024;

/** What headers and the entry itself take, beside the body. */
const EDITION_OVERHEAD = 4096;

/** A site with an empty memory. */
export const createSite = (parts: Parts): Site => ({
  ...parts,
  redirects: redirectsOf(parts.store.channel),
  usualCacheControl: cacheControl(parts.store.channel.freshness, 0, Number.POSITIVE_INFINITY),
  negotiate: createNegotiator(formats, ({ mediaType, alsoKnownAs }) => [mediaType, ...alsoKnownAs]),
  editions: createCache(EDITIONS_BYTES, ({ body }) => body.byteLength + EDITION_OVERHEAD),
});
