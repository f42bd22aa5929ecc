import ipaddr from "ipaddr.js";

/** Whether an address is in one of some networks (CIDR). An IPv4 address that is written as IPv6 is the same one. */
export const isInNetworks = (address: string, networks: readonly string[]): boolean => {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return networks.some((network) => {
    const [base, bits] = ipaddr.parseCIDR(network);
    return base.kind() === parsed.kind() && parsed.match([base, bits]);
  });
};
