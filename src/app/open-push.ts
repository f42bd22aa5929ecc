import { namesBuiltInHub } from "../lib/optional-bindings.ts";
import type { Channel } from "../model/channel.ts";
import { checkHubVariables, createOutboundForRequest, hubOf } from "../push/bindings.ts";
import { isWithinLimit } from "../push/rate-limit.ts";
import type { Push } from "../routes/subscribe.ts";
import type { Env } from "./environment.ts";

/**
 * Opens what the routes for subscribers need; undefined if the built-in hub is not among the hubs. Throws if a variable
 * of it is unknown or wrong.
 */
export const openPush = (channel: Channel, env: Env): Push | undefined => {
  if (!namesBuiltInHub(channel)) return undefined;
  checkHubVariables(env);
  return {
    hub: () => hubOf(env),
    outbound: () => createOutboundForRequest(channel.url, env),
    isWithinLimit: (request) => isWithinLimit(env.HUB_LIMIT, request),
  };
};
