import type { RequestContext } from "./request-context.ts";
import type { Site } from "./site.ts";

/** What answers a request. */
export type Handler = (context: RequestContext, site: Site) => Promise<Response>;
