import type { EdgeCache } from "../editions/edge-cache.ts";
import type { HubBindings } from "../push/bindings.ts";
import type { SchedulerObject } from "../schedule/scheduler.ts";

/** The bindings and variables of wrangler.toml. */
export interface Env extends HubBindings {
  readonly ASSETS: Pick<Fetcher, "fetch">;
  readonly VERSION?: WorkerVersionMetadata;
  /** Replaces `url` of content/site.yaml unless it is empty. */
  readonly SITE_URL?: string;
  /** `d1` in the newsroom's environment, so that the reading worker does not start there. */
  readonly STORE?: string;
  /** The newsroom's stories. */
  readonly DB?: D1Database;
  readonly SCHEDULER?: DurableObjectNamespace<SchedulerObject>;
  /** The newsroom's media files. */
  readonly MEDIA?: R2Bucket;
  /** The owner's token, which turns the API on. A secret without a default. */
  readonly PUBLISH_TOKEN?: string;
  /** `true`: whoever changes a story must say which version of it (428). */
  readonly REQUIRE_IF_MATCH?: string;
  /** Seconds for which an isolate may not notice what another one wrote; 3 if it is not set. */
  readonly REVISION_SECONDS?: string;
}

/** What a worker takes from its platform beside the bindings: tests bring their own. */
export interface Platform {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly waitUntil: (work: Promise<unknown>) => void;
  /** Milliseconds for which a reader waits for the database; 2000 if it is not given. */
  readonly timeoutMs?: number;
  /** Opens the edge cache of a site at an origin; without it, editions are cached in memory only. */
  readonly openEdgeCache?: (origin: string) => EdgeCache;
  /** Replaces what a write to the newsroom is followed by: waking the scheduler. */
  readonly onWritten?: (env: Env) => Promise<void>;
}
