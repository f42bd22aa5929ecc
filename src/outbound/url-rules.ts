import { isLoopbackAddress, isPublicAddress } from "./public-address.ts";

const MAX_LENGTH = 2048;

/** What web servers listen on; anything else is somebody's database or mail. */
const PORTS = ["", "80", "443", "8080", "8443"];

/** Names that never lead into the internet (RFC 6761, RFC 6762, RFC 7686, RFC 8375, RFC 9476, and what networks call themselves). */
const NOT_PUBLIC =
  /\.(?:localhost|localdomain|local|internal|intranet|private|corp|home|mail|lan|docker|svc|consul|arpa|onion|i2p|alt|test|invalid|example)$/;

/** A name with a dot, as DNS has them (RFC 1035 §2.3.4), below a top level that is letters or punycode (RFC 3696 §2). */
const NAME = /^(?=.{1,253}$)(?:[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?\.)+(?:[a-z]{2,63}|xn--[a-z\d-]{1,59})$/;

/** The host as it was written, without user and port: what stands there must be what is meant. */
const AUTHORITY = /^https?:\/\/([^/?#]*)/i;

const hostAsWritten = (text: string): string => (AUTHORITY.exec(text)?.[1] ?? "").replace(/:\d*$/, "");

/** The IP address that a host is written as, if it is one. */
export const literalAddress = (host: string): string | undefined => {
  if (host.startsWith("[")) return host.slice(1, -1);
  return /^[\d.]+$/.test(host) ? host : undefined;
};

const isLoopbackHost = (host: string): boolean => {
  const address = literalAddress(host);
  return address === undefined ? host === "localhost" : isLoopbackAddress(address);
};

/** Whether a site is one that somebody tries out at home. */
export const isLoopbackSite = (siteUrl: string): boolean => isLoopbackHost(new URL(siteUrl).hostname);

const checkSpelling = (text: string): string | undefined => {
  if (text.length > MAX_LENGTH) return `has more than ${MAX_LENGTH} characters`;
  // What URL parsers skip or take for something else.
  if (!/^[\x21-\x7e]*$/.test(text) || text.includes("\\")) return "must be ASCII without spaces and backslashes";
  if (!AUTHORITY.test(text) || !URL.canParse(text)) return "must be an absolute http or https URL";
  if (AUTHORITY.exec(text)?.[1]?.includes("@")) return "must not hold a user name or a password";
  const { hash, hostname } = new URL(text);
  if (hash !== "" || text.includes("#")) return "must not have a fragment";
  // Decimal, octal and hexadecimal addresses, percent codes: none of them by accident.
  return hostAsWritten(text).toLowerCase() === hostname ? undefined : "must have its host in its usual spelling";
};

const checkHost = (host: string, siteHost: string): string | undefined => {
  if (host === siteHost) return "is this very site";
  const address = literalAddress(host);
  const isPublic = address === undefined ? NAME.test(host) && !NOT_PUBLIC.test(host) : isPublicAddress(address);
  return isPublic ? undefined : "must be on the public internet";
};

/**
 * Why nothing may be sent to a callback, as the end of a sentence; nothing where it may. A site on loopback has callbacks on
 * loopback, and nowhere else; all others have public ones.
 */
export const checkCallback = (text: string, siteUrl: string): string | undefined => {
  const refused = checkSpelling(text);
  if (refused !== undefined) return refused;
  const { hostname, port } = new URL(text);
  if (isLoopbackSite(siteUrl)) {
    return isLoopbackHost(hostname) ? undefined : "must be on this machine, as the site itself is";
  }
  if (!PORTS.includes(port)) return "must be at a port for the web: 80, 443, 8080 or 8443";
  return checkHost(hostname, new URL(siteUrl).hostname);
};
