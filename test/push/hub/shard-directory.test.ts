import { describe, expect, it } from "vitest";
import { type Directory, openDirectory } from "../../../src/push/hub/shard-directory.ts";
import { NOW } from "../in-durable-object.ts";
import { withTables } from "./with-tables.ts";

const TOPIC = "https://courier.example.org/rss.xml";
const ONE = `${TOPIC}#0/2`;
const TWO = `${TOPIC}#1/2`;
const HOST = "reader.example.net";
const ADDRESS = "192.88.98.1";

/** Opens a directory, and what tells all that is stored of its shards and hosts. */
const withDirectory = (
  test: (
    directory: Directory,
    stored: () => { readonly shards: readonly unknown[]; readonly hosts: readonly unknown[] },
  ) => void,
): Promise<void> =>
  withTables((sql) =>
    test(openDirectory(sql), () => ({
      shards: sql.exec("SELECT * FROM shards ORDER BY shard").toArray(),
      hosts: sql.exec("SELECT * FROM hosts ORDER BY host, shard").toArray(),
    })),
  );

/** A shard as it is stored. */
const shardRow = (more: object) => ({ shard: ONE, topic: TOPIC, etag: "first", reported_calls: 0, ...more });
const hostRow = (host: string, shard: string, subscribers: number) => ({ host, shard, subscribers });

describe("a call to a shard", () => {
  it("counts one subscriber, however many names its host has, and a renewal none", () =>
    withDirectory((directory, stored) => {
      expect([
        directory.recordCall(ONE, TOPIC, "first", [HOST, ADDRESS], NOW),
        directory.recordCall(ONE, TOPIC, "second", [HOST], NOW + 9),
        directory.recordCall(TWO, TOPIC, "second", [HOST], NOW + 9),
        directory.recordCall(ONE, TOPIC, "third", [], NOW + 99),
      ]).toEqual([NOW + 1, NOW + 2, NOW + 10, NOW + 3]);
      expect(stored()).toEqual({
        shards: [
          shardRow({ subscribers: 2, calls: NOW + 3 }),
          shardRow({ shard: TWO, etag: "second", subscribers: 1, calls: NOW + 10 }),
        ],
        hosts: [hostRow(ADDRESS, ONE, 1), hostRow(HOST, ONE, 2), hostRow(HOST, TWO, 1)],
      });
      expect([directory.countSubscribers(TOPIC), directory.countSubscribers("another")]).toEqual([3, 0]);
      expect([HOST, ADDRESS, "other.example.net"].map(directory.countOnHost)).toEqual([3, 1, 0]);
    }));

  it("that failed is taken back, and nothing else", () =>
    withDirectory((directory, stored) => {
      for (const shard of [ONE, ONE, TWO]) directory.recordCall(shard, TOPIC, "first", [HOST, ADDRESS], NOW);
      directory.undoCall(ONE, NOW + 2, [HOST, ADDRESS]);
      const two = shardRow({ shard: TWO, subscribers: 1, calls: NOW + 1 });
      const once = {
        shards: [shardRow({ subscribers: 1, calls: NOW + 2 }), two],
        hosts: [ONE, TWO]
          .map((shard) => hostRow(ADDRESS, shard, 1))
          .concat([ONE, TWO].map((shard) => hostRow(HOST, shard, 1))),
      };
      expect(stored()).toEqual(once);
      // A renewal was counted for nothing.
      directory.undoCall(ONE, NOW + 2, []);
      expect(stored()).toEqual(once);
      directory.undoCall(ONE, NOW + 2, [HOST, ADDRESS]);
      expect(stored()).toEqual({ shards: [two], hosts: [hostRow(ADDRESS, TWO, 1), hostRow(HOST, TWO, 1)] });
    }));

  it("that failed leaves a shard to which a later one is on its way, with no numbers below zero", () =>
    withDirectory((directory, stored) => {
      const first = directory.recordCall(ONE, TOPIC, "first", [HOST], NOW);
      directory.recordCall(ONE, TOPIC, "first", [], NOW);
      for (let times = 0; times < 2; times++) directory.undoCall(ONE, first, [HOST]);
      expect(stored()).toEqual({
        shards: [shardRow({ subscribers: 0, calls: NOW + 2 })],
        hosts: [hostRow(HOST, ONE, 0)],
      });
    }));
});

describe("the report of a shard", () => {
  const report = { shard: ONE, topic: TOPIC };

  it("replaces its numbers and no other's; a host without any is forgotten", () =>
    withDirectory((directory, stored) => {
      for (const shard of [ONE, TWO]) directory.recordCall(shard, TOPIC, "first", [HOST, ADDRESS], NOW);
      directory.updateCounts({ ...report, calls: NOW + 1, subscribers: 5, hosts: { [HOST]: 5, [ADDRESS]: 0 } });
      directory.updateCounts({ ...report, calls: NOW, subscribers: 4, hosts: { [HOST]: 4, "new.example.net": 1 } });
      expect(stored()).toEqual({
        shards: [
          shardRow({ subscribers: 4, calls: NOW + 1, reported_calls: NOW + 1 }),
          shardRow({ shard: TWO, subscribers: 1, calls: NOW + 1 }),
        ],
        hosts: [
          hostRow(ADDRESS, TWO, 1),
          hostRow("new.example.net", ONE, 1),
          hostRow(HOST, ONE, 4),
          hostRow(HOST, TWO, 1),
        ],
      });
    }));

  it("that it has no subscribers deletes it and its hosts, unless a later call is on its way", () =>
    withDirectory((directory, stored) => {
      for (const shard of [ONE, TWO]) directory.recordCall(shard, TOPIC, "first", [HOST, ADDRESS], NOW);
      directory.updateCounts({ ...report, calls: NOW, subscribers: 0, hosts: { [HOST]: 0 } });
      expect(stored().shards).toHaveLength(2);
      expect(stored().hosts).toEqual([hostRow(ADDRESS, ONE, 1), hostRow(ADDRESS, TWO, 1), hostRow(HOST, TWO, 1)]);
      directory.updateCounts({ ...report, calls: NOW + 1, subscribers: 0, hosts: {} });
      expect(stored()).toEqual({
        shards: [shardRow({ shard: TWO, subscribers: 1, calls: NOW + 1 })],
        hosts: [hostRow(ADDRESS, TWO, 1), hostRow(HOST, TWO, 1)],
      });
    }));

  it("makes it known, with no edition, if it is not", () =>
    withDirectory((directory, stored) => {
      directory.updateCounts({ ...report, calls: 7, subscribers: 1, hosts: { [HOST]: 1 } });
      directory.updateCounts({ ...report, shard: TWO, calls: 8, subscribers: 0, hosts: {} });
      expect(stored()).toEqual({
        shards: [shardRow({ etag: "", subscribers: 1, calls: 7, reported_calls: 7 })],
        hosts: [hostRow(HOST, ONE, 1)],
      });
    }));
});

describe("a topic's shards", () => {
  it("become twice as many whenever all of them together are full", () =>
    withDirectory((directory) => {
      const counts: number[] = [];
      for (let subscribers = 0; subscribers < 9; subscribers++) {
        counts.push(directory.shardCountFor(TOPIC, 2));
        directory.recordCall(ONE, TOPIC, "first", [HOST], NOW);
      }
      expect(counts).toEqual([1, 1, 2, 2, 4, 4, 4, 4, 8]);
      expect([directory.shardCountFor(TOPIC, 2), directory.shardCountFor("another", 2)]).toEqual([8, 1]);
    }));

  it("each have the entity tag that they were given last", () =>
    withDirectory((directory) => {
      for (const shard of [TWO, ONE]) directory.recordCall(shard, TOPIC, "first", [HOST], NOW);
      directory.recordCall("another#0/1", "another", "first", [HOST], NOW);
      directory.recordEtag(TWO, "second");
      expect(directory.shardsOf(TOPIC)).toEqual([
        { shard: ONE, etag: "first" },
        { shard: TWO, etag: "second" },
      ]);
      expect(directory.shardsOf("another")).toEqual([{ shard: "another#0/1", etag: "first" }]);
    }));
});

it("topics are listed page by page, each once, in the order of their addresses", () =>
  withDirectory((directory) => {
    for (const shard of ["b#0/2", "a#0/1", "d#0/1", "b#1/2", "c#0/1"])
      directory.recordCall(shard, shard.slice(0, 1), "first", [HOST], NOW);
    expect(["", "a", "b", "d"].map((after) => directory.topicsAfter(after, 2))).toEqual([
      ["a", "b"],
      ["b", "c"],
      ["c", "d"],
      [],
    ]);
  }));
