import { describe, expect, it } from "vitest";
import { createOutbound } from "../../src/outbound/outbound.ts";
import type { Resolver } from "../../src/outbound/resolver.ts";

describe("an Outbound", () => {
  const SITE = "https://courier.example.org";
  const client = { fetch, timeoutMs: 1000, userAgent: "Tests" };

  /** Makes an `Outbound` whose resolver knows some names that look public, and the list of what is looked up. */
  const open = (site: string) => {
    const asked: string[] = [];
    const known: Readonly<Record<string, readonly string[]>> = {
      "news.example.com": ["93.184.215.14", "2606:4700::1111"],
      "metadata.azure.com": ["169.254.169.254"],
      "wireserver.example.com": ["168.63.129.16"],
      "127.0.0.1.nip.io": ["127.0.0.1"],
      "localtest.me": ["127.0.0.1", "::1"],
      "half.example.com": ["93.184.215.14", "10.0.0.8"],
      "far.example.com": [],
    };
    const resolve: Resolver = async (host) => {
      asked.push(host);
      const addresses = known[host];
      if (addresses === undefined) throw new Error("SERVFAIL");
      return addresses;
    };
    return { asked, outbound: createOutbound(site, client, resolve) };
  };

  it.each<[string, string | undefined, readonly string[]]>([
    ["https://news.example.com:8443/a", "93.184.215.14", ["news.example.com"]],
    ["https://far.example.com/", undefined, ["far.example.com"]],
    // The address is there already.
    ["https://93.184.215.14/", undefined, []],
    ["https://[2606:4700::1111]/", undefined, []],
  ])("knows the first address of %s: %s", async (url, address, lookedUp) => {
    const { asked, outbound } = open(SITE);
    expect([await outbound.addressOf(url), asked]).toEqual([address, lookedUp]);
  });

  it("knows no address without a resolver, or where the site is on loopback; it rejects if the resolver can't tell", async () => {
    expect(await createOutbound(SITE, client).addressOf("https://news.example.com/")).toBeUndefined();
    expect(await open("http://localhost:8787").outbound.addressOf("https://news.example.com/")).toBeUndefined();
    await expect(open(SITE).outbound.addressOf("https://fails.example.com/")).rejects.toThrow("SERVFAIL");
  });

  it.each<[string, RegExp]>([
    ["https://metadata.azure.com/", /private network/],
    ["https://wireserver.example.com/", /private network/],
    ["https://127.0.0.1.nip.io/", /private network/],
    ["https://localtest.me:8443/", /private network/],
    ["https://half.example.com/?x=1", /private network/],
    ["https://far.example.com/", /no resolver knows/],
  ])("refuses a public name by its addresses: %s", async (callback, why) => {
    expect(await open(SITE).outbound.check(callback)).toMatch(why);
  });

  it("allows a name with public addresses, which it looks up each time", async () => {
    const { asked, outbound } = open(SITE);
    expect(await outbound.check("https://NEWS.example.com:8443/?x=1")).toBeUndefined();
    expect(await outbound.check("https://news.example.com/")).toBeUndefined();
    expect(asked).toEqual(["news.example.com", "news.example.com"]);
  });

  it("fails if the resolver does", async () => {
    await expect(open(SITE).outbound.check("https://broken.example.com/")).rejects.toThrow("SERVFAIL");
  });

  it.each<[string, string, RegExp | undefined]>([
    ["for an address", "https://93.184.215.14/", undefined],
    ["for an address of IPv6", "https://[2606:4700::1111]:8443/", undefined],
    ["for a private address", "https://10.0.0.1/", /public internet/],
    ["for what its spelling forbids", "https://user@news.example.com/", /user name/],
    ["for a name that is not public", "https://printer.local/", /public internet/],
    ["for a port that is not", "https://news.example.com:22/", /port/],
  ])("does not ask the resolver %s", async (_, callback, why) => {
    const { asked, outbound } = open(SITE);
    const refused = await outbound.check(callback);
    if (why === undefined) expect(refused).toBeUndefined();
    else expect(refused).toMatch(why);
    expect(asked).toEqual([]);
  });

  it("does not ask the resolver for a site on loopback", async () => {
    const { asked, outbound } = open("http://localhost:8787");
    expect(await outbound.check("http://localhost:4000/")).toBeUndefined();
    expect(await outbound.check("https://news.example.com/")).toMatch(/on this machine/);
    expect(asked).toEqual([]);
  });

  it("goes by the spelling alone without a resolver", async () => {
    const outbound = createOutbound(SITE, client);
    expect(await outbound.check("https://metadata.azure.com/")).toBeUndefined();
    expect(await outbound.check("https://localhost/")).toMatch(/public internet/);
  });
});
