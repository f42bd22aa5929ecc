import { BlockList } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLoopbackAddress, isPublicAddress, networkOf } from "../../src/outbound/public-address.ts";

/** What IANA says is not globally reachable (the registries of special-purpose addresses), with multicast. */
const special: readonly (readonly [net: string, bits: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];

const special6: typeof special = [
  ["::", 3],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
  ["4000::", 2],
  ["8000::", 1],
];

describe("an address", () => {
  // Two lists: one for both would take IPv4 for IPv6 that is mapped.
  const blocked = new BlockList();
  const blocked6 = new BlockList();
  for (const [net, bits] of special) blocked.addSubnet(net, bits, "ipv4");
  for (const [net, bits] of special6) blocked6.addSubnet(net, bits, "ipv6");
  // Reachable, but no subscriber is there: AS112, AMT relays, and Azure's own.
  for (const net of ["192.31.196.0", "192.52.193.0", "192.175.48.0"]) blocked.addSubnet(net, 24, "ipv4");
  blocked6.addSubnet("2620:4f:8000::", 48, "ipv6");
  blocked.addAddress("168.63.129.16", "ipv4");

  const inNet = ([net, bits]: readonly [string, number]): fc.Arbitrary<string> => {
    const start = net.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
    return fc
      .nat({ max: 2 ** (32 - bits) - 1 })
      .map((rest) => [24, 16, 8, 0].map((shift) => ((start + rest) >>> shift) & 255).join("."));
  };

  it("of IPv4 is public unless IANA says otherwise", () => {
    const some = fc.oneof(fc.ipV4(), ...special.map(inNet));
    fc.assert(
      fc.property(some, (address) => {
        expect(isPublicAddress(address)).toBe(!blocked.check(address, "ipv4"));
        expect(isLoopbackAddress(address)).toBe(address.startsWith("127."));
      }),
      { numRuns: 2000 },
    );
  });

  it("of IPv6 is public unless IANA says otherwise", () => {
    const group = fc.nat({ max: 0xffff }).map((number) => number.toString(16));
    const start = fc.constantFrom(
      "2001",
      "2001:0",
      "2001:1ff",
      "2001:200",
      "2001:db8",
      "2002",
      "2606",
      "3fff",
      "3fff:fff",
    );
    const near = fc
      .tuple(start, fc.array(group, { minLength: 6, maxLength: 6 }))
      .map(([first, rest]) => [...first.split(":"), ...rest, "1"].slice(0, 8).join(":"));
    fc.assert(
      fc.property(fc.oneof(near, fc.ipV6()), (address) => {
        expect(isPublicAddress(address)).toBe(!blocked6.check(address, "ipv6"));
      }),
      { numRuns: 2000 },
    );
  });

  it.each(["", "localhost", "8.8.8.8/8", "8.8.8.8 ", "2606:4700::1111%eth0", "[2606:4700::1111]", "0250.077.0201.020"])(
    "is not public: %j",
    (text) => expect(isPublicAddress(text)).toBe(false),
  );
});

describe("the network by which requests are counted", () => {
  it.each<[string, string]>([
    ["192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:db8:1:2::", "2001:db8:1:2"],
    ["2001:db8::1", "2001:db8:0:0"],
    ["2001:DB8::ffff:1", "2001:db8:0:0"],
    ["2001:0db8:0000::2", "2001:db8:0:0"],
    ["::1", "0:0:0:0"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["", ""],
    ["nobody knows", "nobody knows"],
  ])("of %j is %j", (address, network) => expect(networkOf(address)).toBe(network));

  it("is the same for all addresses of a /64, however they are written", () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((number) => number.toString(16));
    const groups = fc.array(group, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(groups, groups, groups, (network, one, other) => {
        expect(networkOf([...network, ...one].join(":"))).toBe(networkOf([...network, ...other].join(":")));
      }),
    );
  });
});
