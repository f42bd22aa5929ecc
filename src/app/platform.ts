import { waitUntil } from "cloudflare:workers";
import { openEdgeCache } from "../editions/edge-cache.ts";
import type { Platform } from "./environment.ts";

/** The platform of a deployed worker. */
export const cloudflare: Platform = {
  now: Date.now,
  waitUntil,
  openEdgeCache: (origin) => openEdgeCache(origin, () => caches.open("editions")),
};
