import type { HttpClient } from "./guarded-fetch.ts";
import { checkAddresses, type Resolver } from "./resolver.ts";
import { checkUrl, isLoopbackSite, literalAddress } from "./url-rules.ts";

/** How requests to addresses that strangers name are checked and sent. */
export interface Outbound extends HttpClient {
  /**
   * Returns why nothing may be sent to a URL just now, as the end of a sentence ("must not have a fragment"), or
   * undefined if something may. Rejects if the resolver cannot tell.
   */
  readonly check: (url: string) => Promise<string | undefined>;
  /**
   * Returns an IP address of a URL's host, or undefined if it is not looked up. Rejects if the resolver cannot tell.
   */
  readonly addressOf: (url: string) => Promise<string | undefined>;
}

/**
 * Makes the `Outbound` of a site. URLs are checked by their spelling and, if there is a resolver, by the addresses of
 * their hosts. Hosts are not looked up for a site on loopback, which sends requests to loopback only.
 */
export const createOutbound = (siteUrl: string, client: HttpClient, resolve?: Resolver): Outbound => {
  /** What to look a host up with; undefined for an IP address, which was checked with the spelling. */
  const resolverFor = (host: string): Resolver | undefined =>
    isLoopbackSite(siteUrl) || literalAddress(host) !== undefined ? undefined : resolve;
  return {
    ...client,
    async check(url) {
      const reason = checkUrl(url, siteUrl);
      if (reason !== undefined) return reason;
      const { hostname } = new URL(url);
      const resolver = resolverFor(hostname);
      return resolver && checkAddresses(hostname, resolver);
    },
    async addressOf(url) {
      const { hostname } = new URL(url);
      const [first] = (await resolverFor(hostname)?.(hostname)) ?? [];
      return first;
    },
  };
};
