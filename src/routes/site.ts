import type { BoundedCache } from "../editions/cache.ts";
import type { Representation } from "../http/represent.ts";
import type { Store } from "../store/store.ts";

/** All that the handlers need from outside; worker.ts puts it together, tests their own. */
export interface Site {
  readonly store: Store;
  /** Paths that are answered elsewhere, each with that address. */
  readonly redirects: ReadonlyMap<string, string>;
  /** The media files of the deployed version. */
  readonly assets: { fetch(request: Request): Promise<Response> };
  /** Milliseconds. */
  readonly now: () => number;
  /** Ready answers. Their keys hold revision and epoch, so none is ever wrong, only unused. */
  readonly editions: BoundedCache<Representation>;
}
