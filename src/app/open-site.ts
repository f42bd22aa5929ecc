import type { Authenticator } from "../admin/authenticate.ts";
import { findTokenFault } from "../lib/bearer-token.ts";
import { sha256 } from "../lib/sha256.ts";
import { basePathOf } from "../model/address.ts";
import type { Revision } from "../model/snapshot.ts";
import type { RateLimiters } from "../partners/rates.ts";
import { isWithinLimit } from "../push/rate-limit.ts";
import { createRouter } from "../routes/router.ts";
import { createSite, type Site } from "../routes/site.ts";
import { openBundled } from "../store/bundled/bundled-store.ts";
import { usageOf } from "../usage/usage.ts";
import type { ContentSource, OpenContentSource } from "./content-source.ts";
import type { Env } from "./environment.ts";
import { openPush } from "./open-push.ts";
import { openUsage } from "./open-usage.ts";
import type { Platform } from "./platform.ts";

/** A worker's site, ready to answer. */
export interface OpenedSite {
  readonly site: Site;
  readonly router: ReturnType<typeof createRouter>;
  /** The path below which the site lies; empty if that is the root of its origin. */
  readonly basePath: string;
  readonly source: ContentSource;
  /** Identifies the version of the worker and of its content/. */
  readonly deployment: string;
}

/**
 * Returns the hash of the owner's token; undefined if it is not set, or could be guessed or not be sent, which is logged.
 * The token itself goes no further than this.
 */
const readOwnerTokenHash = (token: string): string | undefined => {
  if (token === "") return undefined;
  const fault = findTokenFault(token);
  if (fault === undefined) return sha256(token);
  console.error(
    `PUBLISH_TOKEN ${fault}. Until it is another one, there is no API. \`openssl rand -hex 32\` prints one.`,
  );
  return undefined;
};

/** What is amiss without a compatibility flag, if the hub is on. */
const HUB_FLAGS: Readonly<Record<string, string>> = {
  global_fetch_strictly_public: "callbacks of subscribers may reach addresses of your own zone that are not public",
  queue_consumer_no_wait_for_wait_until: "a subscriber that lets us wait holds up all others",
};

const warnOfMissingFlags = ({ compatibilityFlags }: Platform): void => {
  if (compatibilityFlags === undefined) return;
  for (const [flag, consequence] of Object.entries(HUB_FLAGS)) {
    if (compatibilityFlags[flag] === true) continue;
    console.warn(`Without the compatibility flag ${flag}, ${consequence}: add it in wrangler.toml (docs/push.md).`);
  }
};

const rateLimitersOf = (env: Env): RateLimiters => ({
  standard: { burst: env.PARTNER_STANDARD_BURST, steady: env.PARTNER_STANDARD },
  high: { burst: env.PARTNER_HIGH_BURST, steady: env.PARTNER_HIGH },
});

/** What a site is opened with. */
export interface SiteOptions {
  /** A compiled publication, as the build writes it. */
  readonly text: string;
  readonly revision: Revision;
  /** Identifies the version of the worker; by default, the id of the revision. */
  readonly deployment?: string;
  readonly env: Env;
  readonly platform: Platform;
  readonly openSource: OpenContentSource;
}

/**
 * Opens the site of a compiled publication with the bindings. Throws an Error that says what to change if a binding or variable is
 * missing or wrong.
 */
export const openSite = ({
  text,
  revision,
  env,
  platform,
  openSource,
  deployment = revision.id,
}: SiteOptions): OpenedSite => {
  const { PUBLISH_TOKEN = "", SITE_URL = "", MISS_LIMIT } = env;
  if (MISS_LIMIT === undefined) {
    console.warn(
      "Requests for what does not exist are not limited: bind MISS_LIMIT in wrangler.toml (docs/deploy.md).",
    );
  }
  const source = openSource({ bundled: openBundled(text, SITE_URL, revision), env, platform });
  const { store, contracts, assets, findEditor = async () => undefined, addRoutes } = source;
  const { now, waitUntil, openEdgeCache } = platform;
  const push = openPush(store.channel, env);
  if (push !== undefined) warnOfMissingFlags(platform);
  const site = createSite({ store, assets, now, waitUntil, edgeCache: openEdgeCache?.(store.channel.url) });
  const mayMiss = (request: Request) => isWithinLimit(MISS_LIMIT, request);
  const ownerTokenHash = readOwnerTokenHash(PUBLISH_TOKEN);
  const authenticator: Authenticator | undefined =
    ownerTokenHash === undefined ? undefined : { ownerTokenHash, findEditor, mayMiss };
  const partners = {
    ...{ contracts, limiters: rateLimitersOf(env), mayMiss, now },
    usage: openUsage(env, platform),
    usageReader: () => usageOf(env),
  };
  const router = createRouter({ site, push, authenticator, partners, mayMiss, addNewsroomRoutes: addRoutes });
  return { site, router, basePath: basePathOf(store.channel.url), source, deployment };
};
