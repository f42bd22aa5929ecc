import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isInNetworks } from "../../src/partners/networks.ts";

describe("an address", () => {
  it.each([
    ["192.0.2.0", ["192.0.2.0/24"], true],
    ["192.0.2.255", ["192.0.2.0/24"], true],
    ["192.0.3.0", ["192.0.2.0/24"], false],
    ["192.0.2.77", ["192.0.2.99/24"], true],
    ["192.0.2.1", ["192.0.2.1/32"], true],
    ["192.0.2.2", ["192.0.2.1/32"], false],
    ["8.8.8.8", ["0.0.0.0/0"], true],
    ["2001:db8::1", ["0.0.0.0/0"], false],
    ["8.8.8.8", ["::/0"], false],
    ["2001:db8::1", ["::/0"], true],
    ["2001:db8:0:1::", ["2001:db8::/64"], false],
    ["2001:db8:0:0:ffff::", ["2001:db8::/64"], true],
    ["::ffff:192.0.2.1", ["192.0.2.0/24"], true],
    ["192.0.2.1", ["::ffff:192.0.2.0/120"], true],
    ["::ffff:192.0.2.1", ["::ffff:192.0.2.0/120"], true],
    ["192.0.3.1", ["::ffff:192.0.2.0/120"], false],
    ["192.0.2.1", ["10.0.0.0/8", "192.0.2.0/24"], true],
    ["192.0.2.1", [], false],
    ["", ["0.0.0.0/0", "::/0"], false],
    ["unknown", ["0.0.0.0/0", "::/0"], false],
    ["192.0.2.1, 10.0.0.1", ["0.0.0.0/0", "::/0"], false],
  ])("%s in %s: %s", (address, networks, isIn) => {
    expect(isInNetworks(address, networks)).toBe(isIn);
  });

  it("of IPv4 is in a network exactly if the first bits are the same", () => {
    const octets = fc.array(fc.nat({ max: 255 }), { minLength: 4, maxLength: 4 });
    const numberOf = (parts: readonly number[]): bigint => parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
    fc.assert(
      fc.property(octets, octets, fc.nat({ max: 32 }), (address, base, bits) => {
        const isSame = numberOf(address) >> BigInt(32 - bits) === numberOf(base) >> BigInt(32 - bits);
        expect(isInNetworks(address.join("."), [`${base.join(".")}/${bits}`])).toBe(isSame);
      }),
    );
  });
});
