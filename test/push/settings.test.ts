import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkTimeoutMs, grantLeaseMs, type HubVariables, readHubSettings } from "../../src/push/settings.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const NAMES = [
  ...["HUB_LEAST_LEASE", "HUB_USUAL_LEASE", "HUB_MOST_LEASE", "HUB_RETRY_AFTER", "HUB_GIVE_UP_AFTER", "HUB_CLAIM"],
  ...["HUB_TIME_OUT", "HUB_MOST_PER_TOPIC", "HUB_MOST_PER_HOST", "HUB_SHARD_SIZE"],
];

const HARDLY_MORE = "HUB_CLAIM is hardly more than HUB_TIME_OUT, so nothing could be delivered in time. Make it more.";

describe("the settings of the hub", () => {
  const usual = readHubSettings({});

  it("have defaults", () => {
    expect(usual).toEqual({
      lease: { minMs: HOUR, usualMs: 10 * DAY, maxMs: 30 * DAY },
      retry: { firstMs: MINUTE, maxMs: 6 * HOUR },
      giveUpAfterMs: 3 * DAY,
      claimMs: 3 * MINUTE,
      ...{ timeoutMs: 10_000, quickTimeoutMs: 1000, provenTimeoutMs: 3000 },
      maxPerTopic: 100_000,
      maxPerHost: 1000,
      shardSize: 10_000,
    });
  });

  it("are read from variables: times in seconds, the rest in numbers", () => {
    const variables: HubVariables = {
      ...{ HUB_LEAST_LEASE: "60", HUB_USUAL_LEASE: "3600", HUB_MOST_LEASE: "7200" },
      ...{ HUB_RETRY_AFTER: "0.5", HUB_GIVE_UP_AFTER: "600", HUB_CLAIM: "30", HUB_TIME_OUT: "3" },
      ...{ HUB_MOST_PER_TOPIC: "50", HUB_MOST_PER_HOST: "5", HUB_SHARD_SIZE: "10" },
    };
    expect(readHubSettings(variables)).toEqual({
      lease: { minMs: MINUTE, usualMs: HOUR, maxMs: 2 * HOUR },
      retry: { firstMs: 500, maxMs: 6 * HOUR },
      giveUpAfterMs: 10 * MINUTE,
      claimMs: 30_000,
      ...{ timeoutMs: 3000, quickTimeoutMs: 1000, provenTimeoutMs: 3000 },
      ...{ maxPerTopic: 50, maxPerHost: 5, shardSize: 10 },
    });
  });

  it.each([
    ["100", 10_000, 30_000],
    ["2", 1000, 2000],
    ["0.5", 500, 500],
  ])(
    "with a HUB_TIME_OUT of %s let callbacks take a part of it at first, but a second at least",
    (text, quick, proven) => {
      const { quickTimeoutMs, provenTimeoutMs } = readHubSettings({ HUB_TIME_OUT: text });
      expect([quickTimeoutMs, provenTimeoutMs]).toEqual([quick, proven]);
    },
  );

  it.each<[HubVariables, readonly [minMs: number, usualMs: number, maxMs: number]]>([
    [{ HUB_LEAST_LEASE: "864001" }, [864_001_000, 864_001_000, 30 * DAY]],
    [{ HUB_LEAST_LEASE: "2592001" }, [2_592_001_000, 2_592_001_000, 2_592_001_000]],
    [{ HUB_MOST_LEASE: "7200" }, [HOUR, 2 * HOUR, 2 * HOUR]],
    [{ HUB_LEAST_LEASE: "60", HUB_MOST_LEASE: "60" }, [MINUTE, MINUTE, MINUTE]],
    [{ HUB_LEAST_LEASE: "2592001", HUB_MOST_LEASE: "" }, [2_592_001_000, 2_592_001_000, 2_592_001_000]],
  ])("let defaults of leases give way to what was set: %j", (variables, expected) => {
    const { minMs, usualMs, maxMs } = readHubSettings(variables).lease;
    expect([minMs, usualMs, maxMs]).toEqual(expected);
  });

  it.each([
    ["60", 180_000],
    ["61", 183_000],
    ["59", 180_000],
  ])("with a HUB_TIME_OUT of %s have a HUB_CLAIM of three times that at least", (text, claimMs) => {
    expect(readHubSettings({ HUB_TIME_OUT: text }).claimMs).toBe(claimMs);
    expect(readHubSettings({ HUB_TIME_OUT: text, HUB_CLAIM: "" }).claimMs).toBe(claimMs);
  });

  it.each<[HubVariables, string | undefined]>([
    [{ HUB_LEAST_LEASE: "61", HUB_MOST_LEASE: "60" }, "HUB_LEAST_LEASE is more than HUB_MOST_LEASE. Make it less."],
    [{ HUB_LEAST_LEASE: "60", HUB_MOST_LEASE: "60" }, undefined],
    [{ HUB_LEAST_LEASE: "3601", HUB_MOST_LEASE: "3601" }, undefined],
    [{ HUB_MOST_LEASE: "3599" }, "HUB_LEAST_LEASE is more than HUB_MOST_LEASE. Make it less."],
    // The check of an address takes ten seconds more at most, or a quarter.
    [{ HUB_TIME_OUT: "30", HUB_CLAIM: "40" }, HARDLY_MORE],
    [{ HUB_TIME_OUT: "30", HUB_CLAIM: "40.001" }, undefined],
    [{ HUB_TIME_OUT: "3", HUB_CLAIM: "4" }, HARDLY_MORE],
    [{ HUB_TIME_OUT: "3", HUB_CLAIM: "4.01" }, undefined],
    [{ HUB_TIME_OUT: "100", HUB_CLAIM: "110" }, HARDLY_MORE],
    [{ HUB_TIME_OUT: "100", HUB_CLAIM: "111" }, undefined],
    [{ HUB_CLAIM: "10" }, HARDLY_MORE],
  ])("refuse what contradicts itself: %j", (variables, message) => {
    const reading = () => readHubSettings(variables);
    if (message === undefined) expect(reading).not.toThrow();
    else expect(reading).toThrow(message);
  });

  it.each([
    [20_000, 5000],
    [39_996, 9999],
    [40_000, 10_000],
    [44_000, 10_000],
  ])("with a claim of %i ms leave %i ms for the check of an address", (claimMs, expected) => {
    expect(checkTimeoutMs(claimMs)).toBe(expected);
  });

  it.each(NAMES)("have the default of %s if it is empty", (name) => {
    expect(readHubSettings({ [name]: "" })).toEqual(usual);
  });

  describe.each(NAMES)("refuse a %s", (name) => {
    it.each(["0", "-1", "ten", "10s", "1,5", "NaN", "Infinity", "-Infinity", " "])(
      "of %j, and say how to mend it",
      (text) => {
        expect(() => readHubSettings({ [name]: text })).toThrow(
          `${name} is \`${text}\`. Set it to a number above 0, or leave it out.`,
        );
      },
    );
  });
});

describe("a lease", () => {
  const settings = readHubSettings({ HUB_LEAST_LEASE: "60", HUB_USUAL_LEASE: "3600", HUB_MOST_LEASE: "7200" });

  it.each<[string, number | undefined, number]>([
    ["no wish", undefined, HOUR],
    ["a wish in between", 4000, 4_000_000],
    ["the least", 60, MINUTE],
    ["less than that", 59, MINUTE],
    ["a second", 1, MINUTE],
    ["the most", 7200, 2 * HOUR],
    ["more than that", 7201, 2 * HOUR],
    ["for ever", 999_999_999_999, 2 * HOUR],
  ])("is granted for %s", (_, wish, granted) => expect(grantLeaseMs(settings, wish)).toBe(granted));

  it("never lies outside its bounds, whatever is wished", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), (wish) => {
        const granted = grantLeaseMs(settings, wish);
        expect(granted).toBeGreaterThanOrEqual(settings.lease.minMs);
        expect(granted).toBeLessThanOrEqual(settings.lease.maxMs);
      }),
    );
  });
});
