import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { unstable_readConfig as readConfig } from "wrangler";
import { RATES } from "../../src/model/partners/partner.ts";
import { countRequest, RATE_WINDOWS, type RateLimiters, ratePolicy } from "../../src/partners/rates.ts";

const ROOT = resolve(import.meta.dirname, "../..");

// Wrangler's own types for it are not published.
const Config = v.object({
  ratelimits: v.array(v.object({ name: v.string(), namespace_id: v.string(), simple: v.unknown() })),
});

const BINDINGS = { burst: "_BURST", steady: "" } as const;

describe("the rates", () => {
  it.each([undefined, "newsroom"])("are those of wrangler.toml, in the environment %s", (env) => {
    const { ratelimits } = v.parse(
      Config,
      readConfig({ config: resolve(ROOT, "wrangler.toml"), ...(env !== undefined && { env }) }),
    );
    for (const rate of RATES) {
      for (const { name, requests, seconds } of RATE_WINDOWS[rate]) {
        const binding = `PARTNER_${rate.toUpperCase()}${BINDINGS[name]}`;
        const found = ratelimits.filter((one) => one.name === binding).map(({ simple }) => simple);
        expect({ binding, found }).toEqual({ binding, found: [{ limit: requests, period: seconds }] });
      }
    }
    expect(new Set(ratelimits.map(({ namespace_id }) => namespace_id)).size).toBe(ratelimits.length);
  });

  it("are those of docs/partners.md", () => {
    const text = readFileSync(resolve(ROOT, "docs/partners.md"), "utf8");
    for (const rate of RATES) {
      const [burst, steady] = RATE_WINDOWS[rate].map(({ requests }) => requests);
      expect(text).toContain(`| \`${rate}\` | ${burst} | ${steady} |`);
    }
  });

  it("are told as draft-ietf-httpapi-ratelimit-headers says", () => {
    expect(ratePolicy("standard")).toBe('"burst";q=20;w=10, "steady";q=60;w=60');
    expect(ratePolicy("high")).toBe('"burst";q=150;w=10, "steady";q=600;w=60');
  });
});

describe("a request", () => {
  const keys: string[] = [];
  const limit = (success: boolean, name: string) => ({
    limit: async ({ key }: { key: string }) => {
      keys.push(`${name} ${key}`);
      return { success };
    },
  });
  const limiters = (burst: boolean, steady: boolean): RateLimiters => ({
    standard: { burst: limit(burst, "burst"), steady: limit(steady, "steady") },
    high: { burst: undefined, steady: undefined },
  });

  it.each([
    [true, true, undefined, ["burst acme", "steady acme"]],
    [true, false, 60, ["burst acme", "steady acme"]],
    [false, true, 10, ["burst acme"]],
    [false, false, 10, ["burst acme"]],
  ])(
    "within the burst: %s, within the minute: %s, may come again in %s seconds",
    async (burst, steady, seconds, asked) => {
      keys.length = 0;
      expect(await countRequest(limiters(burst, steady), "standard", "acme")).toBe(seconds);
      expect(keys).toEqual(asked);
    },
  );

  it("is always within limits that are not bound", async () => {
    expect(await countRequest(limiters(false, false), "high", "acme")).toBeUndefined();
  });
});
