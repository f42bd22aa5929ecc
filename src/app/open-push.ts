import { hubUrl } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import { createOutboundForRequest, hubOf, requireHub } from "../push/bindings.ts";
import { isWithinLimit } from "../push/rate-limit.ts";
import type { Push } from "../routes/subscribe.ts";
import type { Env } from "./environment.ts";

/**
 * Opens what the routes for subscribers need; undefined if site.yaml does not name the built-in hub. Throws if a
 * binding that the hub needs is missing.
 */
export const openPush = ({ url, hubs }: Channel, env: Env): Push | undefined => {
  if (!hubs.includes(hubUrl(url))) {
    if (hubs.length > 0 && env.HUB === undefined)
      console.warn("No hub is told of changes: bind HUB in wrangler.toml (docs/push.md).");
    return undefined;
  }
  requireHub(env);
  return {
    hub: () => hubOf(env),
    outbound: () => createOutboundForRequest(url, env),
    isWithinLimit: (request) => isWithinLimit(env.HUB_LIMIT, request),
  };
};
