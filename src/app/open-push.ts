import { hubUrl } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import { createOutboundForRequest, hubOf, requireHub } from "../push/bindings.ts";
import { isWithinLimit } from "../push/rate-limit.ts";
import type { Push } from "../routes/site.ts";
import type { Env } from "./environment.ts";

/** The hub, where site.yaml names the built-in one. Throws where what it takes is not bound. */
export const openPush = ({ url, hubs }: Channel, bindings: Env): Push | undefined => {
  if (!hubs.includes(hubUrl(url))) {
    if (hubs.length > 0 && bindings.HUB === undefined)
      console.warn("No hub is told of changes: bind HUB in wrangler.toml (docs/push.md).");
    return undefined;
  }
  requireHub(bindings);
  return {
    outbound: () => createOutboundForRequest(url, bindings),
    hub: () => hubOf(bindings),
    isWithinLimit: (request) => isWithinLimit(bindings.HUB_LIMIT, request),
  };
};
