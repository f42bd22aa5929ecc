import { isLoopbackAddress, isPublicAddress } from "./public-address.ts";

const MAX_LENGTH = 2048;

/** Ports that web servers listen on; at others there is a database or a mail server. */
const PORTS = ["", "80", "443", "8080", "8443"];

/**
 * Names that never lead to the internet (RFC 6761, RFC 6762, RFC 7686, RFC 8375, RFC 9476, and what networks call
 * themselves).
 */
const NOT_PUBLIC =
  /\.(?:localhost|localdomain|local|internal|intranet|private|corp|home|mail|lan|docker|svc|consul|arpa|onion|i2p|alt|test|invalid|example)$/;

/**
 * A name with a dot, as DNS has them (RFC 1035 §2.3.4), below a top level that is letters or punycode (RFC 3696 §2).
 */
const NAME = /^(?=.{1,253}$)(?:[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?\.)+(?:[a-z]{2,63}|xn--[a-z\d-]{1,59})$/;

/** The authority as it was written (RFC 3986 §3.2). */
const AUTHORITY = /^https?:\/\/([^/?#]*)/i;

const authorityOf = (text: string): string => AUTHORITY.exec(text)?.[1] ?? "";

/** Returns the IP address that a URL's host is written as, without brackets, or undefined if it is a name. */
export const literalAddress = (host: string): string | undefined => {
  if (host.startsWith("[")) return host.slice(1, -1);
  return /^[\d.]+$/.test(host) ? host : undefined;
};

const isLoopbackHost = (host: string): boolean => {
  const address = literalAddress(host);
  return address === undefined ? host === "localhost" : isLoopbackAddress(address);
};

/** Whether a site's URL is on loopback: somebody tries it out at home. */
export const isLoopbackSite = (siteUrl: string): boolean => isLoopbackHost(new URL(siteUrl).hostname);

const checkSpelling = (text: string): string | undefined => {
  if (text.length > MAX_LENGTH) return `has more than ${MAX_LENGTH} characters`;
  // What URL parsers skip or take for something else.
  if (!/^[\x21-\x7e]*$/.test(text) || text.includes("\\")) return "must be ASCII without spaces and backslashes";
  if (!AUTHORITY.test(text) || !URL.canParse(text)) return "must be an absolute http or https URL";
  const authority = authorityOf(text);
  if (authority.includes("@")) return "must not hold a user name or a password";
  const { hash, hostname } = new URL(text);
  if (hash !== "" || text.includes("#")) return "must not have a fragment";
  // Not decimal, octal or hexadecimal addresses, nor percent codes: the host that is written must be the one that is
  // meant.
  const host = authority.replace(/:\d*$/, "");
  return host.toLowerCase() === hostname ? undefined : "must have its host in its usual spelling";
};

const checkHost = (host: string, siteHost: string): string | undefined => {
  if (host === siteHost) return "is this very site";
  const address = literalAddress(host);
  const isPublic = address === undefined ? NAME.test(host) && !NOT_PUBLIC.test(host) : isPublicAddress(address);
  return isPublic ? undefined : "must be on the public internet";
};

/**
 * Returns why nothing may be sent to a URL by the way it is written, as the end of a sentence, or undefined if
 * something may. A site on loopback sends to loopback, and nowhere else; all others send to the public internet.
 */
export const checkUrl = (text: string, siteUrl: string): string | undefined => {
  const reason = checkSpelling(text);
  if (reason !== undefined) return reason;
  const { hostname, port } = new URL(text);
  if (isLoopbackSite(siteUrl)) {
    return isLoopbackHost(hostname) ? undefined : "must be on this machine, as the site itself is";
  }
  if (!PORTS.includes(port)) return "must be at a port for the web: 80, 443, 8080 or 8443";
  return checkHost(hostname, new URL(siteUrl).hostname);
};
