import ipaddr from "ipaddr.js";

/** All of the global unicast space (RFC 4291 §2.4): what lies outside was never given to anyone. */
const GLOBAL = ipaddr.IPv6.parseCIDR("2000::/3");

/** Public by its range, but answered by the machine next door: Azure's wire server. */
const NEAR = ["168.63.129.16"];

/** Whether an IP address is one that anybody on the internet can reach: not private, loopback, link-local, reserved … */
export const isPublicAddress = (text: string): boolean => {
  // A zone id names a network of the machine's own.
  if (!ipaddr.isValid(text) || text.includes("%")) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast" || NEAR.includes(address.toString())) return false;
  return address instanceof ipaddr.IPv6 ? address.match(GLOBAL) : true;
};

/** What may be counted as one: an IPv4 address; of IPv6 the network (/64), where everybody has as many addresses as they like. */
export const networkOf = (text: string): string => {
  if (!ipaddr.isValid(text)) return text;
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv4) return address.toString();
  return address.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(":");
};

/** Whether an IP address is this machine. */
export const isLoopbackAddress = (text: string): boolean =>
  ipaddr.isValid(text) && ipaddr.parse(text).range() === "loopback";
