import type { HubBindings } from "../push/bindings.ts";
import type { Checks } from "../schedule/scheduler.ts";
import type { PublicationLoader } from "../store/loaded/publication-source.ts";
import type { UsageBindings } from "../usage/usage.ts";

/** The bindings and variables of wrangler.toml. */
export interface Env extends HubBindings, UsageBindings {
  /** The media of content/; a publication that is loaded has none. */
  readonly ASSETS?: Pick<Fetcher, "fetch"> | undefined;
  readonly VERSION?: WorkerVersionMetadata;
  /** Replaces `url` of content/site.yaml unless it is empty. */
  readonly SITE_URL?: string;
  /** `d1` in the newsroom's environment, so that the reading worker does not start there. */
  readonly STORE?: string;
  /** The newsroom's stories. */
  readonly DB?: D1Database;
  /** The Durable Object that notices what appears and leaves by itself, and loads the publication if it was not built into the worker. */
  readonly SCHEDULER?: { getByName(name: string): Checks & Partial<PublicationLoader> };
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

/** The one scheduler of the site; undefined if it is not bound. */
export const schedulerOf = ({ SCHEDULER }: Env) => SCHEDULER?.getByName("scheduler");

/** Lets the scheduler, if it is bound, check which stories have appeared or left, and set its alarm anew. */
export const wakeScheduler = async (env: Env): Promise<void> => schedulerOf(env)?.check();
