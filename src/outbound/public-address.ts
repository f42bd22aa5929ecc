import ipaddr from "ipaddr.js";

/** The global unicast space (RFC 4291 §2.4): nothing outside of it was ever assigned. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/** Public by their range, but answered by the machine next door: Azure's wire server. */
const CLOUD_SERVICES = ["168.63.129.16"];

/**
 * Whether a text is an IP address that anybody on the internet can reach: not private, loopback, link-local, reserved …
 */
export const isPublicAddress = (text: string): boolean => {
  // A zone id names a network of the machine's own.
  if (!ipaddr.isValid(text) || text.includes("%")) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast" || CLOUD_SERVICES.includes(address.toString())) return false;
  return address instanceof ipaddr.IPv6 ? address.match(GLOBAL_UNICAST) : true;
};

/**
 * Returns what requests are counted by: an IPv4 address, or the network (/64) of an IPv6 address, in which everybody
 * has as many addresses as they like. What is not an address is returned as it is.
 */
export const networkOf = (text: string): string => {
  if (!ipaddr.isValid(text)) return text;
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv4) return address.toString();
  return address.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(":");
};

/**
 * Returns the network in which whoever has one public address may have many: 256 of IPv4 (/24), and the /48 of IPv6 that
 * providers assign to a customer. Undefined for what is no address, or not a public one.
 */
export const wideNetworkOf = (text: string): string | undefined => {
  if (!ipaddr.isValid(text) || !isPublicAddress(text)) return undefined;
  const address = ipaddr.process(text);
  return address instanceof ipaddr.IPv4
    ? address.octets.slice(0, 3).join(".")
    : address.parts
        .slice(0, 3)
        .map((part) => part.toString(16))
        .join(":");
};

/** Whether a text is an IP address of this machine. */
export const isLoopbackAddress = (text: string): boolean =>
  ipaddr.isValid(text) && ipaddr.parse(text).range() === "loopback";
