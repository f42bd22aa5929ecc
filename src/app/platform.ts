import { waitUntil } from "cloudflare:workers";
import { type EdgeCache, openEdgeCache } from "../editions/edge-cache.ts";

/** What a worker takes from its platform besides the bindings: tests bring their own. */
export interface Platform {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Lets work go on after the response has been sent. */
  readonly waitUntil: (work: Promise<unknown>) => void;
  /** Milliseconds that a reader waits for the database; 2000 if it is absent. */
  readonly timeoutMs?: number;
  /** The compatibility flags of the worker, by name; nothing is said of them if they are absent. */
  readonly compatibilityFlags?: Readonly<Record<string, boolean>>;
  /** Opens the edge cache of the site at an origin. If it is absent, editions are cached in memory only. */
  readonly openEdgeCache?: (origin: string) => EdgeCache;
}

/** The platform of a deployed worker. */
export const cloudflarePlatform: Platform = {
  now: Date.now,
  waitUntil,
  compatibilityFlags: Cloudflare.compatibilityFlags,
  openEdgeCache: (origin) => openEdgeCache(origin, () => caches.open("editions")),
};
