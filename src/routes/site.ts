import type { EdgeCache } from "../editions/edge-cache.ts";
import { createEditionCache, type EditionCache } from "../editions/edition-cache.ts";
import type { Format } from "../formats/format.ts";
import { formats } from "../formats/formats.ts";
import { createNegotiator } from "../http/negotiate.ts";
import type { Store } from "../store/store.ts";
import { createPartnerCache, type PartnerCache } from "./partners/partner-cache.ts";
import { redirectsOf } from "./redirects.ts";

/** Serves the bytes of media files by path, with a strong ETag. */
export interface Assets {
  fetch(request: Request): Promise<Response>;
}

/** The public site: what the routes for readers need. */
export interface Site {
  readonly store: Store;
  readonly assets: Assets;
  readonly cache: EditionCache;
  readonly partners: PartnerCache;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Target (path or URL) by path. */
  readonly redirects: ReadonlyMap<string, string>;
  /** The format that an Accept header prefers; undefined if it accepts none. */
  readonly negotiate: (accept: string | null) => Format | undefined;
}

/** What a site depends on. */
export interface SiteDependencies extends Pick<Site, "assets" | "now" | "store"> {
  /** Lets work go on after the response has been sent. */
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly edgeCache?: EdgeCache | undefined;
}

/** Creates a site with an empty cache. */
export const createSite = ({ store, assets, now, waitUntil, edgeCache }: SiteDependencies): Site => ({
  store,
  assets,
  now,
  cache: createEditionCache({ freshness: store.channel.freshness, waitUntil, ...(edgeCache && { edgeCache }) }),
  partners: createPartnerCache(),
  redirects: redirectsOf(store.channel),
  negotiate: createNegotiator(formats, ({ mediaType, alsoKnownAs }) => [mediaType, ...alsoKnownAs]),
});
