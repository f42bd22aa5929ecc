import type { Ask } from "./request-context.ts";
import type { Site } from "./site.ts";

/** What answers a request. */
export type Handler = (ask: Ask, site: Site) => Promise<Response>;
