import type { HubBindings } from "../push/bindings.ts";
import type { SchedulerObject } from "../schedule/scheduler.ts";
import type { UsageBindings } from "../usage/usage.ts";

/** The bindings and variables of wrangler.toml. */
export interface Env extends HubBindings, UsageBindings {
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
  /** The owner's token, a secret without a default. There is no API if it is not set, or shorter than 32 characters. */
  readonly PUBLISH_TOKEN?: string;
  /** `true`: whoever changes a story must say which version of it (428). */
  readonly REQUIRE_IF_MATCH?: string;
  /** How often one address may request what does not exist, or send a token that nobody has. */
  readonly MISS_LIMIT?: Pick<RateLimit, "limit">;
  /** How often a partner may ask in a minute, and in ten seconds, by the rate of its contract. */
  readonly PARTNER_STANDARD?: Pick<RateLimit, "limit">;
  readonly PARTNER_STANDARD_BURST?: Pick<RateLimit, "limit">;
  readonly PARTNER_HIGH?: Pick<RateLimit, "limit">;
  readonly PARTNER_HIGH_BURST?: Pick<RateLimit, "limit">;
  /** Seconds for which an isolate may not notice what another one wrote; 3 if it is not set. */
  readonly REVISION_SECONDS?: string;
}

/** Lets the scheduler, if it is bound, check which stories have appeared or left, and set its alarm anew. */
export const wakeScheduler = async ({ SCHEDULER }: Env): Promise<void> => SCHEDULER?.getByName("scheduler").check();
