import { checkAddresses, type Resolver } from "./resolver.ts";
import { checkCallback, isLoopbackSite, literalAddress } from "./url-rules.ts";

/** How push reaches the outside. */
export interface Outbound {
  readonly fetch: typeof globalThis.fetch;
  /** Why nothing may be sent to a callback just now; nothing where it may. Fails where nobody can tell. */
  readonly check: (callback: string) => Promise<string | undefined>;
  /** IP address that a callback leads to, as far as that is known. */
  readonly addressOf: (callback: string) => Promise<string | undefined>;
  /** Milliseconds. */
  readonly timeoutMs: number;
}

/** The outside, behind the rules for callbacks: by their spelling and, where there is a resolver, by their addresses. */
export const createOutbound = (
  siteUrl: string,
  timeoutMs: number,
  fetch: typeof globalThis.fetch,
  resolve: Resolver | undefined,
): Outbound => {
  /** An address was judged with the spelling. */
  const resolverOf = (host: string): Resolver | undefined =>
    isLoopbackSite(siteUrl) || literalAddress(host) !== undefined ? undefined : resolve;
  return {
    fetch,
    timeoutMs,
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
