import ipaddr from "ipaddr.js";

const MAPPED_BITS = 96;

/** A network. One of IPv4 that is written as IPv6 (`::ffff:192.0.2.0/120`) is the same one. */
const parseNetwork = (network: string): readonly [ipaddr.IPv4 | ipaddr.IPv6, number] => {
  const [base, bits] = ipaddr.parseCIDR(network);
  const isMapped = base instanceof ipaddr.IPv6 && base.isIPv4MappedAddress() && bits >= MAPPED_BITS;
  return isMapped ? [base.toIPv4Address(), bits - MAPPED_BITS] : [base, bits];
};

/** Whether an address is in one of some networks (CIDR). An IPv4 address that is written as IPv6 is the same one. */
export const isInNetworks = (address: string, networks: readonly string[]): boolean => {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return networks.some((network) => {
    const [base, bits] = parseNetwork(network);
    return base.kind() === parsed.kind() && parsed.match([base, bits]);
  });
};
