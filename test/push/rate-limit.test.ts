import { expect, it } from "vitest";
import { isWithinLimit } from "../../src/push/rate-limit.ts";

const requestOf = (address?: string): Request =>
  new Request("https://courier.example/hub", address === undefined ? {} : { headers: { "cf-connecting-ip": address } });

/** What a client is counted by. */
const keyOf = async (address?: string): Promise<string | undefined> => {
  let key: string | undefined;
  const limit = async (counted: { readonly key: string }) => {
    ({ key } = counted);
    return { success: true };
  };
  await isWithinLimit({ limit }, requestOf(address));
  return key;
};

it.each([
  ["two addresses of one /64", "2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true],
  ["two /64", "2001:db8:1:2::1", "2001:db8:1:3::1", false],
  ["one IPv4 address", "192.0.2.1", "192.0.2.1", true],
  ["two IPv4 addresses", "192.0.2.1", "192.0.2.2", false],
  ["an IPv4 address and the same in IPv6", "192.0.2.1", "::ffff:192.0.2.1", true],
])("%s: counted as one or not", async (_, one, other, isSame) => {
  expect((await keyOf(one)) === (await keyOf(other))).toBe(isSame);
});

it("counts those together whose address is not known", async () => {
  expect(await keyOf()).toBe("");
});

it.each([
  [true, true],
  [false, false],
])("is what the limit says: %s", async (success, expected) => {
  expect(await isWithinLimit({ limit: async () => ({ success }) }, requestOf("192.0.2.1"))).toBe(expected);
});

it("is given where there is no limit", async () => {
  expect(await isWithinLimit(undefined, requestOf("192.0.2.1"))).toBe(true);
});
