import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { partyOf } from "../../../src/outbound/party.ts";
import { pickInTurns } from "../../../src/push/shard/pick-in-turns.ts";

interface Waiting {
  readonly callback: string;
  readonly address?: string;
}

const pick = (waiting: readonly Waiting[], limit: number): readonly string[] =>
  pickInTurns(waiting, ({ callback, address }) => partyOf(callback, address), limit).map(({ callback }) => callback);

const many = (count: number, one: (index: number) => Waiting): readonly Waiting[] =>
  Array.from({ length: count }, (_, index) => one(index));

const GOOD = { callback: "https://reader.example.net/good" };

describe("whoever waits alone", () => {
  it.each<[string, readonly Waiting[]]>([
    ["many callbacks of one host", many(1000, (index) => ({ callback: `https://evil.com/${index}` }))],
    ["many hosts of one domain", many(1000, (index) => ({ callback: `https://x${index}.evil.com/` }))],
    [
      "many domains at one address",
      many(1000, (index) => ({ callback: `https://evil${index}.com/`, address: "93.184.215.14" })),
    ],
    [
      "many domains in a /48",
      many(1000, (index) => ({ callback: `https://evil${index}.com/`, address: `2606:4700:1:${index}::1` })),
    ],
    ["many ports of one machine", many(1000, () => ({ callback: "http://127.0.0.1:9000/" }))],
  ])("is picked first, however long the queue of %s is", (_, flood) => {
    expect(pick([...flood, GOOD], 12)[0]).toBe(GOOD.callback);
  });

  it("is picked early even if its domain is that of many who hang", () => {
    const flood = many(1000, (index) => ({ callback: `https://evil.hosting.com/${index}` }));
    expect(pick([...flood, { callback: "https://good.hosting.com/" }], 12)[0]).toBe("https://good.hosting.com/");
  });
});

it("everybody has a turn: of those with equally many none has two before another has one", () => {
  const waiting = ["a1", "a2", "a3", "b1", "b2", "b3", "c1", "c2", "c3"].map((name) => ({
    callback: `https://${name.charAt(0)}.com/${name}`,
  }));
  expect(pick(waiting, 5).map((callback) => callback.slice(-2))).toEqual(["a1", "b1", "c1", "a2", "b2"]);
});

it("nobody is picked twice, nobody is left out, and no more are picked than may be", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 5 })), fc.nat({ max: 30 }), (hosts, limit) => {
      const waiting = hosts.map((host, index) => ({ callback: `https://h${host}.com/${index}` }));
      const picked = pick(waiting, limit);
      expect(picked).toHaveLength(Math.min(limit, hosts.length));
      expect(new Set(picked).size).toBe(picked.length);
    }),
  );
});

it.each<[string, readonly Waiting[], number, readonly string[]]>([
  [
    "as many as may be picked stay as they are",
    ["https://b.com/1", "https://b.com/2", "https://a.com/1"].map((callback) => ({ callback })),
    3,
    ["https://b.com/1", "https://b.com/2", "https://a.com/1"],
  ],
  [
    "whoever has the fewest is first, and of those with equally many whoever waits the longest",
    ["b.com/1", "b.com/2", "c.com/1", "c.com/2", "a.com/1"].map((name) => ({ callback: `https://${name}` })),
    4,
    ["https://a.com/1", "https://b.com/1", "https://c.com/1", "https://b.com/2"],
  ],
  [
    "hosts of a domain take its turns in turn, the one with the fewest first",
    ["x.a.com/1", "x.a.com/2", "y.a.com/1", "b.com/1", "b.com/2", "b.com/3", "b.com/4"].map((name) => ({
      callback: `https://${name}`,
    })),
    5,
    ["https://y.a.com/1", "https://b.com/1", "https://x.a.com/1", "https://b.com/2", "https://x.a.com/2"],
  ],
  [
    "whichever has more waiting, domain or network, has the turn",
    [
      { callback: "https://a.com/1", address: "93.184.215.14" },
      { callback: "https://b.com/1", address: "93.184.215.14" },
      { callback: "https://c.com/1", address: "93.184.215.14" },
      { callback: "https://d.com/1", address: "1.2.3.4" },
      { callback: "https://d.com/2", address: "1.2.3.4" },
    ],
    4,
    ["https://d.com/1", "https://a.com/1", "https://d.com/2", "https://b.com/1"],
  ],
])("%s", (_, waiting, limit, expected) => expect(pick(waiting, limit)).toEqual(expected));
