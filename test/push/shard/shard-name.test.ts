import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shardCountOf, shardName } from "../../../src/push/shard/shard-name.ts";

const TOPIC = "https://courier.example.org/rss.xml";

const callback = (number: number): string => `https://news.example.com/callback/${number}`;

describe("the name of a shard", () => {
  // Subscriptions are found by these names for ever.
  it.each<[string, number, string]>([
    ["https://news.example.com/callback", 1, `${TOPIC}#0/1`],
    ["https://news.example.com/callback", 2, `${TOPIC}#0/2`],
    ["https://news.example.com/callback", 8, `${TOPIC}#2/8`],
    ["https://news.example.com/callback?x=1", 8, `${TOPIC}#7/8`],
    ["https://example.net/", 1024, `${TOPIC}#565/1024`],
  ])("of %s among %i stays what it is", (text, shards, name) => expect(shardName(TOPIC, text, shards)).toBe(name));

  it("says how many shards there are", () => {
    const text = fc.string({ unit: fc.constantFrom("#", "/", "0", "12", "rss", "?", "ü") });
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 1_000_000 }), (topic, one, shards) => {
        const name = shardName(topic, one, shards);
        expect(shardCountOf(name)).toBe(shards);
        const number = Number(name.slice(`${topic}#`.length, name.lastIndexOf("/")));
        expect(number).toBeGreaterThanOrEqual(0);
        expect(number).toBeLessThan(shards);
        expect(shardName(topic, one, shards)).toBe(name);
      }),
    );
  });

  it("differs by topic and by the number of shards", () => {
    const names = [1, 2, 4, 8].flatMap((shards) =>
      [TOPIC, `${TOPIC}?x`].map((topic) => shardName(topic, callback(1), shards)),
    );
    expect(new Set(names).size).toBe(8);
  });

  it.each([2, 4, 8, 16, 7])("spreads callbacks evenly over %i shards", (shards) => {
    const counts = new Map<string, number>();
    for (let number = 0; number < 10_000; number++) {
      const name = shardName(TOPIC, callback(number), shards);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    expect(counts.size).toBe(shards);
    for (const count of counts.values()) expect(Math.abs((count * shards) / 10_000 - 1)).toBeLessThan(0.15);
  });

  it("is one of two for all callbacks of a shard when the number of shards doubles", () => {
    for (let number = 0; number < 1000; number++) {
      const [before, after] = [4, 8].map((shards) => shardName("", callback(number), shards));
      const was = Number(before?.slice(1, -2));
      expect([was, was + 4]).toContain(Number(after?.slice(1, -2)));
    }
  });
});
