import type { Outside } from "./ask-subscriber.ts";
import { isLoopbackSite, refuseCallback } from "./callback.ts";
import { type Resolver, refuseAddresses } from "./resolver.ts";

/** The outside, behind the rules for callbacks: by their spelling and, where there is a resolver, by their addresses. */
export const openOutside = (
  siteUrl: string,
  timeOut: number,
  fetch: typeof globalThis.fetch,
  resolve: Resolver | undefined,
): Outside => ({
  fetch,
  timeOut,
  async refuse(callback) {
    const refused = refuseCallback(callback, siteUrl);
    if (refused !== undefined || resolve === undefined || isLoopbackSite(siteUrl)) return refused;
    const { hostname } = new URL(callback);
    // An address was judged with the spelling.
    return /^[\d.]+$|^\[/.test(hostname) ? undefined : refuseAddresses(hostname, resolve);
  },
});
