import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createLimits } from "./support/limits.ts";
import { filesWith, hashOf, NOW, VALID_TOKEN, WRONG_TOKEN } from "./support/partner-states.ts";
import { type ServedSite, serveFiles } from "./support/serve.ts";

const contract = (token: string, more: object = {}) => ({
  tokens: [{ sha256: hashOf(token) }],
  formats: ["rss"],
  ...more,
});

const FILES = filesWith({
  acme: contract(VALID_TOKEN),
  near: contract(VALID_TOKEN, { networks: ["192.0.2.0/24"] }),
  busy: contract("token-of-busy", { rate: "high" }),
  off: contract("token-of-off", { enabled: false }),
  open: { open: true, formats: ["rss"] },
});

const FEED = "/partners/acme/rss.xml";

/** A served site that counts, and the status of a request from an address. */
const serve = async (bindings = createLimits()) => {
  const served: ServedSite = await serveFiles(FILES, { now: NOW, bindings });
  const get = (path: string, token = "", address = "192.0.2.1"): Promise<Response> =>
    served.fetch(path, {
      headers: { "cf-connecting-ip": address, ...(token !== "" && { authorization: `Bearer ${token}` }) },
    });
  const statusesOf = async (count: number, ...request: Parameters<typeof get>): Promise<readonly number[]> => {
    const statuses: number[] = [];
    for (let done = 0; done < count; done++) statuses.push((await get(...request)).status);
    return statuses;
  };
  return { ...bindings, get, statusesOf };
};

const times = (count: number, status: number): readonly number[] => Array.from({ length: count }, () => status);

describe("requests without a right token", () => {
  it.each([
    ["no token", FEED, ""],
    ["a wrong token", FEED, WRONG_TOKEN],
    ["a token at an unknown partner's", "/partners/nobody", VALID_TOKEN],
    ["a token from a wrong network", "/partners/near/rss.xml", VALID_TOKEN],
  ])("are 60 a minute from an address, then 429: %s", async (_, path, token) => {
    const { get, statusesOf, MISS_LIMIT, PARTNER_STANDARD, PARTNER_STANDARD_BURST } = await serve();
    expect(await statusesOf(61, path, token, "198.51.100.1")).toEqual([...times(60, 401), 429]);
    const refused = await get(path, token, "198.51.100.1");
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      "retry-after": "60",
      "cache-control": "private, no-store",
    });
    expect(refused.headers.has("ratelimit-policy")).toBe(false);
    expect((await get(path, token, "198.51.100.2")).status).toBe(401);
    expect([...MISS_LIMIT.counts]).toEqual([
      ["198.51.100.1", 62],
      ["198.51.100.2", 1],
    ]);
    expect([PARTNER_STANDARD.counts.size, PARTNER_STANDARD_BURST.counts.size]).toEqual([0, 0]);
  });

  it("count by network in IPv6", async () => {
    const { statusesOf } = await serve();
    expect(await statusesOf(60, FEED, "", "2001:db8:1:2::1")).toEqual(times(60, 401));
    expect(await statusesOf(1, FEED, "", "2001:db8:1:2:ffff::9")).toEqual([429]);
    expect(await statusesOf(1, FEED, "", "2001:db8:1:3::1")).toEqual([401]);
  });

  it("use up no partner's allowance, and keep none out that asks from the same address", async () => {
    const { statusesOf } = await serve();
    await statusesOf(100, FEED, WRONG_TOKEN);
    expect(await statusesOf(20, FEED, VALID_TOKEN)).toEqual(times(20, 200));
  });
});

describe("requests with a right token", () => {
  it("count by partner, whatever the address, and not as misses", async () => {
    const { statusesOf, MISS_LIMIT } = await serve();
    expect(await statusesOf(12, FEED, VALID_TOKEN, "192.0.2.1")).toEqual(times(12, 200));
    expect(await statusesOf(10, FEED, VALID_TOKEN, "192.0.2.2")).toEqual([...times(8, 200), 429, 429]);
    expect(await statusesOf(1, "/partners/near/rss.xml", VALID_TOKEN)).toEqual([200]);
    expect(MISS_LIMIT.counts.size).toBe(0);
  });

  it("are told when to ask again, and how many there may be, in ten seconds and in a minute", async () => {
    const limits = createLimits();
    const { get, statusesOf } = await serve(limits);
    await statusesOf(20, FEED, VALID_TOKEN);
    const policy = '"burst";q=20;w=10, "steady";q=60;w=60';
    const burst = await get(FEED, VALID_TOKEN);
    expect([burst.status, burst.headers.get("retry-after"), burst.headers.get("ratelimit-policy")]).toEqual([
      ...[429, "10", policy],
    ]);
    for (const _ of [1, 2]) {
      limits.PARTNER_STANDARD_BURST.counts.clear();
      await statusesOf(20, FEED, VALID_TOKEN);
    }
    limits.PARTNER_STANDARD_BURST.counts.clear();
    const steady = await get(FEED, VALID_TOKEN);
    expect([steady.status, steady.headers.get("retry-after"), steady.headers.get("ratelimit-policy")]).toEqual([
      ...[429, "60", policy],
    ]);
    expect(await steady.text()).not.toContain(VALID_TOKEN);
  });

  it("have another rate by contract", async () => {
    const { get, statusesOf } = await serve();
    expect(await statusesOf(150, "/partners/busy/rss.xml", "token-of-busy")).toEqual(times(150, 200));
    const refused = await get("/partners/busy/rss.xml", "token-of-busy");
    expect([refused.status, refused.headers.get("ratelimit-policy")]).toEqual([
      ...[429, '"burst";q=150;w=10, "steady";q=600;w=60'],
    ]);
  });

  it("count for terms, for files that the contract does not have, for what is not modified, and while it is disabled", async () => {
    const { get, statusesOf, PARTNER_STANDARD_BURST } = await serve();
    await statusesOf(5, "/partners/acme", VALID_TOKEN);
    await statusesOf(5, "/partners/acme/atom.xml", VALID_TOKEN);
    expect(PARTNER_STANDARD_BURST.counts).toEqual(new Map([["acme", 10]]));
    expect(await statusesOf(21, "/partners/off", "token-of-off")).toEqual([...times(20, 403), 429]);
    expect((await get("/partners/off", "token-of-off")).headers.get("retry-after")).toBe("10");
  });
});

describe("requests for an open contract's feeds", () => {
  it("count by address, so that nobody uses up what others may ask for", async () => {
    const { statusesOf, MISS_LIMIT } = await serve();
    expect(await statusesOf(21, "/partners/open/rss.xml", "", "192.0.2.1")).toEqual([...times(20, 200), 429]);
    expect(await statusesOf(20, "/partners/open/rss.xml", "anything", "192.0.2.2")).toEqual(times(20, 200));
    expect(MISS_LIMIT.counts.size).toBe(0);
  });
});

describe("the bindings of wrangler.toml", () => {
  it("let the first twenty in, and not all of seventy", async () => {
    const bindings = Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith("PARTNER_")));
    expect(Object.keys(bindings)).toHaveLength(4);
    const served = await serveFiles(FILES, { now: NOW, bindings });
    const statuses: number[] = [];
    for (let count = 0; count < 70; count++) {
      const headers = { authorization: `Bearer ${VALID_TOKEN}` };
      statuses.push((await served.fetch(FEED, { headers })).status);
    }
    expect(statuses.slice(0, 20)).toEqual(times(20, 200));
    expect(statuses).toContain(429);
  });
});
