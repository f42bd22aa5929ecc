import type { IRequest, IttyRouterType } from "itty-router";
import type { Authenticator } from "../admin/authenticate.ts";
import type { EdgeCache } from "../editions/edge-cache.ts";
import { createEditionCache, type EditionCache } from "../editions/edition-cache.ts";
import type { Format } from "../formats/format.ts";
import { formats } from "../formats/formats.ts";
import { createNegotiator } from "../http/negotiate.ts";
import type { Outbound } from "../outbound/outbound.ts";
import type { Hub } from "../push/rpc.ts";
import type { Store } from "../store/store.ts";
import { redirectsOf } from "./paths.ts";

/** Serves the bytes of media files by their path, with a strong ETag. */
export interface Assets {
  fetch(request: Request): Promise<Response>;
}

/** What answers readers. */
export interface Reading {
  readonly store: Store;
  readonly assets: Assets;
  readonly cache: EditionCache;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The address that answers now, by an old path. */
  readonly redirects: ReadonlyMap<string, string>;
  /** The format that an Accept header prefers; undefined if it accepts none. */
  readonly negotiate: (accept: string | null) => Format | undefined;
}

/** What answers subscribers. */
export interface Push {
  readonly hub: () => Hub;
  /** Checks the callback of a request. */
  readonly outbound: () => Pick<Outbound, "addressOf" | "check">;
  /** Whether the sender of a request is within the rate limit. */
  readonly isWithinLimit: (request: Request) => Promise<boolean>;
}

/** Adds routes to a router, in the order in which they are tried. */
export type AddRoutes = (router: IttyRouterType<IRequest, []>) => void;

/** All that the routes of a worker need. */
export interface Site {
  readonly reading: Reading;
  /** Absent if site.yaml does not name the built-in hub. */
  readonly push?: Push;
  /** Absent if the owner's token is not set: then there is no API. */
  readonly authenticator?: Authenticator;
  /** Adds the routes of the newsroom; absent in the reading worker. */
  readonly addNewsroomRoutes?: AddRoutes;
}

/** What answers readers, with an empty cache. */
export const createReading = ({
  store,
  assets,
  now,
  waitUntil,
  edgeCache,
}: Pick<Reading, "assets" | "now" | "store"> & {
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly edgeCache?: EdgeCache | undefined;
}): Reading => ({
  store,
  assets,
  now,
  cache: createEditionCache({ freshness: store.channel.freshness, waitUntil, ...(edgeCache && { edgeCache }) }),
  redirects: redirectsOf(store.channel),
  negotiate: createNegotiator(formats, ({ mediaType, alsoKnownAs }) => [mediaType, ...alsoKnownAs]),
});
