import type { Authenticator } from "../admin/authenticate.ts";
import { findTokenFault } from "../lib/bearer-token.ts";
import {
  type BindingNeeds,
  HUB_FLAGS,
  missingBindings,
  namesBuiltInHub,
  optionalBindings,
} from "../lib/optional-bindings.ts";
import { sha256 } from "../lib/sha256.ts";
import { basePathOf, hubUrl } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import { changedAtOf } from "../model/publication.ts";
import type { Revision } from "../model/snapshot.ts";
import type { RateLimiters } from "../partners/rates.ts";
import { isHubBound } from "../push/bindings.ts";
import { isWithinLimit } from "../push/rate-limit.ts";
import { withReload } from "../routes/development/reload.ts";
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
  /** Whether site.yaml names the built-in hub: it is off all the same, and not in the channel, if a binding is missing. */
  readonly namesHub: boolean;
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

/** Says of each binding that is missing what does not work without it, and if the hub is on, of each compatibility flag. */
const warnOfMissing = (
  env: Env,
  needs: BindingNeeds,
  flags: Platform["compatibilityFlags"],
  isHubOn: boolean,
): void => {
  const bound: Readonly<Record<string, unknown>> = { ...env };
  for (const { names, without } of optionalBindings(needs)) {
    const missing = names.filter((name) => bound[name] === undefined);
    if (missing.length > 0) console.warn(missingBindings(missing, without));
  }
  if (!isHubOn || flags === undefined) return;
  for (const [flag, without] of Object.entries(HUB_FLAGS)) {
    if (flags[flag] !== true) console.warn(`wrangler.toml has no compatibility flag ${flag}: ${without}.`);
  }
};

/** Feeds must not name a hub that does not answer. */
const withoutBuiltInHub = (channel: Channel): Channel => ({
  ...channel,
  hubs: channel.hubs.filter((hub) => hub !== hubUrl(channel.url)),
});

const rateLimitersOf = (env: Env): RateLimiters => ({
  standard: { burst: env.PARTNER_STANDARD_BURST, steady: env.PARTNER_STANDARD },
  high: { burst: env.PARTNER_HIGH_BURST, steady: env.PARTNER_HIGH },
});

/** What a site is opened with. */
export interface SiteOptions {
  /** A compiled publication, as the build writes it. */
  readonly text: string;
  readonly revision: Revision;
  /**
   * If the publication is loaded while the worker runs: what identifies the version of the worker, and whether it is the first one that
   * this isolate opens. Otherwise the id of the revision is that of the deployment.
   */
  readonly loaded?: { readonly deployment: string; readonly isFirst: boolean };
  readonly env: Env;
  readonly platform: Platform;
  readonly openSource: OpenContentSource;
}

/**
 * Opens the site of a compiled publication with the bindings. Throws an Error that says what to change if a binding or variable is
 * missing or wrong.
 */
export const openSite = ({ text, revision, env, platform, openSource, loaded }: SiteOptions): OpenedSite => {
  const { PUBLISH_TOKEN = "", SITE_URL = "", MISS_LIMIT } = env;
  const hasHub = isHubBound(env);
  const complete = openBundled(text, SITE_URL, revision);
  const bundled = hasHub ? complete : { ...complete, channel: withoutBuiltInHub(complete.channel) };
  const source = openSource({ bundled, env, platform });
  const { store, contracts, assets, findEditor = async () => undefined, addRoutes } = source;
  const { now, waitUntil, openEdgeCache } = platform;
  const push = openPush(store.channel, env);
  if (loaded?.isFirst !== false) {
    const needs = { channel: complete.channel, isNewsroom: addRoutes !== undefined, isLoaded: loaded !== undefined };
    warnOfMissing(env, needs, platform.compatibilityFlags, push !== undefined);
  }
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
  const basePath = basePathOf(store.channel.url);
  // Only a build for this machine writes when it changed something.
  const isOnThisMachine = changedAtOf(text) !== undefined;
  return {
    ...{ site, source, basePath, deployment: loaded?.deployment ?? revision.id },
    router: isOnThisMachine ? withReload(router, basePath) : router,
    namesHub: namesBuiltInHub(complete.channel),
  };
};
