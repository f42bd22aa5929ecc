import { wideNetworkOf } from "./public-address.ts";
import { literalAddress } from "./url-rules.ts";

/** Whose callback it is, as far as its address tells: what must not hold up others. */
export interface Party {
  /** Name and port. */
  readonly host: string;
  /**
   * What the host shares with others that may belong to the same owner: its domain, and the network of its address. Names
   * below a domain and addresses in a network cost nothing.
   */
  readonly groups: readonly string[];
}

/** Second-level labels below which countries register names: `co.uk`, `com.au`. */
const SECOND_LEVEL = /^(?:.{1,3}|info|govt|school|firm|store)$/;

/**
 * Returns the domain that somebody has registered to get a host name, as far as its spelling tells: the public suffix
 * list is larger than this whole worker. Where it errs, strangers share a turn, or one owner has several.
 */
const domainOf = (hostname: string): string => {
  const labels = hostname.split(".");
  const [secondLevel = "", topLevel = ""] = labels.slice(-2);
  return labels.slice(topLevel.length === 2 && SECOND_LEVEL.test(secondLevel) ? -3 : -2).join(".");
};

/** Returns whose callback it is. `address` is an IP address of its host, if it was looked up. */
export const partyOf = (callback: string, address: string | null | undefined): Party => {
  const { host, hostname } = new URL(callback);
  const literal = literalAddress(hostname);
  const domain = literal === undefined && hostname.includes(".") ? [`domain ${domainOf(hostname)}`] : [];
  const network = wideNetworkOf(literal ?? address ?? "");
  return { host, groups: [...domain, ...(network === undefined ? [] : [`network ${network}`])] };
};

/** Returns all that a party is known by. */
export const keysOf = ({ host, groups }: Party): readonly string[] => [`host ${host}`, ...groups];
