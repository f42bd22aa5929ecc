import type { Outside } from "./ask-subscriber.ts";
import { addressOf, checkCallback, isLoopbackSite } from "./callback.ts";
import { checkAddresses, type Resolver } from "./resolver.ts";

/** The outside, behind the rules for callbacks: by their spelling and, where there is a resolver, by their addresses. */
export const openOutside = (
  siteUrl: string,
  timeOut: number,
  fetch: typeof globalThis.fetch,
  resolve: Resolver | undefined,
): Outside => {
  /** An address was judged with the spelling. */
  const resolverOf = (host: string): Resolver | undefined =>
    isLoopbackSite(siteUrl) || addressOf(host) !== undefined ? undefined : resolve;
  return {
    fetch,
    timeOut,
    async check(callback) {
      const refused = checkCallback(callback, siteUrl);
      if (refused !== undefined) return refused;
      const { hostname } = new URL(callback);
      const resolver = resolverOf(hostname);
      return resolver && checkAddresses(hostname, resolver);
    },
    async addressOf(callback) {
      const { hostname } = new URL(callback);
      const [first] = (await resolverOf(hostname)?.(hostname)) ?? [];
      return first;
    },
  };
};
