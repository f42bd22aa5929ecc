import type { EdgeCache } from "../editions/edge-cache.ts";
import type { HubBindings } from "../push/bindings.ts";
import type { Scheduler } from "../worker.ts";

/** The bindings and variables of wrangler.toml. */
export interface Env extends HubBindings {
  readonly ASSETS: Pick<Fetcher, "fetch">;
  readonly VERSION?: WorkerVersionMetadata;
  /** Replaces `url` of content/site.yaml unless it is empty. */
  readonly SITE_URL?: string;
  /** `d1`: stories are those of DB, and content/ only gives site.yaml and the media that it names. */
  readonly STORE?: string;
  readonly DB?: D1Database;
  readonly SCHEDULER?: DurableObjectNamespace<Scheduler>;
  /** Media files that were uploaded. */
  readonly MEDIA?: R2Bucket;
  /** The owner's token: turns the publish API on. A secret, without a default. */
  readonly PUBLISH_TOKEN?: string;
  /** `true`: whoever changes a story must say which version (428). */
  readonly REQUIRE_IF_MATCH?: string;
  /** Seconds for which an instance may not notice what another one wrote; 3 unless it says otherwise. */
  readonly REVISION_SECONDS?: string;
}

/** What a worker is given beside its bindings. */
export interface Platform {
  /** Milliseconds. */
  readonly now: () => number;
  readonly waitUntil: (work: Promise<unknown>) => void;
  /** Milliseconds for which a reader waits for the database; 2000 unless it says otherwise. */
  readonly timeoutMs?: number;
  /** Is told of every write to the newsroom. */
  readonly onWritten?: (bindings: Env) => Promise<void>;
  /** Opens what keeps editions outside of the isolate, for a site at an origin. */
  readonly openEdgeCache?: (origin: string) => EdgeCache;
}
