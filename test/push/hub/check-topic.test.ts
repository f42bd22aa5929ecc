import { describe, expect, it } from "vitest";
import { checkTopic } from "../../../src/push/hub/check-topic.ts";
import { openPings } from "../../../src/push/hub/external-hub-pings.ts";
import { openDirectory } from "../../../src/push/hub/shard-directory.ts";
import { openTopics } from "../../../src/push/hub/topics.ts";
import type { Shard } from "../../../src/push/rpc.ts";
import type { EditionLookup } from "../../../src/push/topic-edition.ts";
import { NOW } from "../in-durable-object.ts";
import { withTables } from "./with-tables.ts";

const TOPIC = "https://courier.example.org/rss.xml";
const HUB = "https://hub.example.net/";
const OTHER = "https://other.example.org/hub";

const notCalled = async (): Promise<never> => {
  throw new Error("checking a topic does not call this");
};

const UNUSED = {
  ...{ request: notCalled, deny: notCalled, takeBatch: notCalled, reportOutcomes: notCalled, has: notCalled },
  ...{ takeVerifications: notCalled, reportVerifications: notCalled, drop: notCalled, replay: notCalled },
  status: notCalled,
} as const;

/** What is known before a check. */
interface Before {
  /** Entity tags of the topic's shards. */
  readonly shards?: readonly string[];
  /** Entity tags of which hubs elsewhere were told. */
  readonly told?: Readonly<Record<string, string>>;
  readonly isPublic?: boolean;
  readonly isOpen?: boolean;
}

/** Checks the topic, and returns all that it did in turn and what is stored then. */
const check = async (sql: SqlStorage, lookup: EditionLookup, before: Before) => {
  const { shards = [], told = {}, isPublic = false, isOpen = true } = before;
  const [directory, topics, pings] = [openDirectory(sql), openTopics(sql), openPings(sql)];
  for (const [index, etag] of shards.entries()) directory.recordCall(`${TOPIC}#${index}/2`, TOPIC, etag, [], NOW);
  directory.recordCall("another#0/1", "another", "older", [], NOW);
  topics.setPublic(isPublic ? [TOPIC] : []);
  for (const [hub, etag] of Object.entries(told)) {
    pings.add(hub, TOPIC, etag, NOW - 1);
    pings.recordAttempt({ hub, topic: TOPIC, attempts: 0 }, null);
  }
  const done: (readonly unknown[])[] = [];
  const shard = (name: string): Shard => ({
    ...UNUSED,
    publish: async ({ etag }) => void done.push(["publish", name.at(-3), etag]),
    suspend: async () => void done.push(["suspend", name.at(-3)]),
  });
  await checkTopic(TOPIC, {
    ...{ directory, topics, pings, shard, isOpen, externalHubs: [HUB, OTHER], now: () => NOW },
    async editionOf(topic, etag) {
      expect(topic).toBe(TOPIC);
      done.push(["look up unless", etag]);
      return lookup;
    },
    endSubscriptions: async (topic, reason) => done.push(["end", topic, reason]),
  });
  return {
    done,
    shards: directory.shardsOf(TOPIC).map(({ etag }) => etag),
    pings: sql.exec<{ hub: string; etag: string; due: number | null }>("SELECT hub, etag, due FROM pings").toArray(),
  };
};

const SAME: EditionLookup = { kind: "same" };
const CHANGED: EditionLookup = {
  kind: "changed",
  edition: { etag: "new", contentType: "text/xml", body: new Uint8Array() },
};
const GONE: EditionLookup = { kind: "gone" };
const MISSING: EditionLookup = { kind: "missing" };
const bothTold = (etag: string) => ({ [HUB]: etag, [OTHER]: etag });
const toldOf = (etag: string) => [HUB, OTHER].map((hub) => ({ hub, etag, due: null }));
const dueOf = (etag: string) => [HUB, OTHER].map((hub) => ({ hub, etag, due: NOW }));

describe("a check of a topic", () => {
  it.each<[string, EditionLookup, Before, Partial<Awaited<ReturnType<typeof check>>>]>([
    [
      "does nothing where all know the current edition",
      SAME,
      { shards: ["a", "a"], told: bothTold("a"), isPublic: true },
      { done: [["look up unless", "a"]], shards: ["a", "a"], pings: toldOf("a") },
    ],
    [
      "tells those that do not know it, and no others",
      CHANGED,
      { shards: ["new", "a"], told: { [HUB]: "new", [OTHER]: "a" }, isPublic: true },
      {
        done: [
          ["look up unless", undefined],
          ["publish", "1", "new"],
        ],
        shards: ["new", "new"],
        pings: [
          { hub: HUB, etag: "new", due: null },
          { hub: OTHER, etag: "new", due: NOW },
        ],
      },
    ],
    [
      "reads it even if all shards know the same one, where a hub elsewhere knows another",
      SAME,
      { shards: ["a"], told: bothTold("b"), isPublic: true },
      { done: [["look up unless", undefined]] },
    ],
    [
      "reads it where a hub elsewhere was never told",
      CHANGED,
      { shards: ["new"], told: {}, isPublic: true },
      { done: [["look up unless", undefined]], pings: dueOf("new") },
    ],
    [
      "tells hubs elsewhere of public topics only",
      CHANGED,
      { shards: ["a"], told: bothTold("b") },
      {
        done: [
          ["look up unless", "a"],
          ["publish", "0", "new"],
        ],
        pings: toldOf("b"),
      },
    ],
    [
      "gives it to shards that have none",
      CHANGED,
      { shards: ["", ""] },
      {
        done: [
          ["look up unless", undefined],
          ["publish", "0", "new"],
          ["publish", "1", "new"],
        ],
        shards: ["new", "new"],
      },
    ],
    [
      "suspends the shards of one that is missing, if they have an edition",
      MISSING,
      { shards: ["a", ""], told: bothTold("a"), isPublic: true },
      {
        done: [
          ["look up unless", undefined],
          ["suspend", "0"],
        ],
        shards: ["", ""],
        pings: toldOf("a"),
      },
    ],
    [
      "ends the subscriptions of one that is gone",
      GONE,
      { shards: ["a"] },
      {
        done: [
          ["look up unless", "a"],
          ["end", TOPIC, "This feed is gone."],
        ],
        shards: ["a"],
      },
    ],
    [
      "ends them where the site has no hub any longer, publishes nothing, and tells hubs elsewhere all the same",
      CHANGED,
      { shards: ["a"], told: bothTold("b"), isPublic: true, isOpen: false },
      {
        done: [
          ["end", TOPIC, "This site has no hub any longer."],
          ["look up unless", "b"],
        ],
        shards: ["a"],
        pings: dueOf("new"),
      },
    ],
    [
      "ends none where there are none",
      CHANGED,
      { told: bothTold("b"), isPublic: true, isOpen: false },
      { done: [["look up unless", "b"]], pings: dueOf("new") },
    ],
  ])("%s", (_, lookup, before, expected) =>
    withTables(async (sql) => {
      expect(await check(sql, lookup, before)).toMatchObject(expected);
      expect(openDirectory(sql).shardsOf("another")).toEqual([{ shard: "another#0/1", etag: "older" }]);
    }),
  );

  it("that fails at one shard has recorded what the others were given, and no more", () =>
    withTables(async (sql) => {
      const directory = openDirectory(sql);
      for (const index of [0, 1, 2]) directory.recordCall(`${TOPIC}#${index}/4`, TOPIC, "a", [], NOW);
      const shard = (name: string): Shard => ({
        ...UNUSED,
        suspend: notCalled,
        publish: async () => {
          if (name.includes("#1/")) throw new Error("the object was reset");
        },
      });
      const checking = checkTopic(TOPIC, {
        ...{ directory, topics: openTopics(sql), pings: openPings(sql), shard, isOpen: true, externalHubs: [] },
        ...{ now: () => NOW, editionOf: async () => CHANGED, endSubscriptions: notCalled },
      });
      await expect(checking).rejects.toThrow("reset");
      expect(directory.shardsOf(TOPIC).map(({ etag }) => etag)).toEqual(["new", "a", "a"]);
    }));
});
