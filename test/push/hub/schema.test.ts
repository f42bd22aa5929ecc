import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import type { HubDependencies } from "../../../src/push/hub/dependencies.ts";
import { createHub } from "../../../src/push/hub/hub.ts";
import type { ShardCall } from "../../../src/push/rpc.ts";
import { readHubSettings } from "../../../src/push/settings.ts";
import { shardName } from "../../../src/push/shard/shard-name.ts";
import { fireAlarm, inDurableObject, NOW } from "../in-durable-object.ts";
import { HUB_SCHEMA_OF_VERSION_1 } from "../version-1.ts";

const SITE = "https://courier.example.org";
const MAIN = `${SITE}/rss.xml`;
const TAG = `${SITE}/tags/iraq/rss.xml`;
const ELSEWHERE = "https://hub.example.net/";

/** What the hub of version 1 had stored: two topics, three shards, hosts and pings. */
const fillVersion1 = async ({ storage }: DurableObjectState): Promise<void> => {
  storage.sql.exec(HUB_SCHEMA_OF_VERSION_1);
  storage.sql.exec(`
    INSERT INTO topics (topic, layout, is_public, looked, noted, again, failures) VALUES
      ('${MAIN}', 2, 1, 7, 3, 0, 0), ('${TAG}', 1, 0, 6, 1, ${NOW + 60_000}, 2);
    INSERT INTO shards (shard, topic, etag, subscribers, visits, told) VALUES
      ('${MAIN}#0/1', '${MAIN}', 'first', 5, 1005, 1004), ('${MAIN}#1/2', '${MAIN}', 'older', 2, 2002, 2002),
      ('${TAG}#0/1', '${TAG}', 'first', 1, 3001, 3001);
    INSERT INTO hosts (host, shard, subscribers) VALUES
      ('reader.example.net', '${MAIN}#0/1', 5), ('192.88.98.1', '${MAIN}#1/2', 2), ('full.example.net', '${TAG}#0/1', 1000);
    INSERT INTO pings (hub, topic, etag, attempts, due) VALUES
      ('${ELSEWHERE}', '${MAIN}', 'first', 0, NULL), ('${ELSEWHERE}', '${TAG}', 'first', 7, ${NOW});
  `);
  await storage.put({ change: 8, listed: 8, deployment: "v1", nudged: NOW - 1000 });
};

const open = (state: DurableObjectState, more: Partial<HubDependencies> = {}) => {
  const calls: string[] = [];
  const pinged: string[] = [];
  const shard = (name: string) => ({
    request: async ({ calls: number }: ShardCall) => calls.push(`request ${name} ${number}`) > 0,
    deny: async (_: ShardCall, __: unknown, reason: string) => void calls.push(`deny ${name}: ${reason}`),
    publish: async ({ etag }: { readonly etag: string }) => void calls.push(`publish ${etag} ${name}`),
    takeBatch: async () => undefined,
    reportOutcomes: async () => {},
    takeVerifications: async () => undefined,
    reportVerifications: async () => {},
    has: async (callback: string) => name === `${MAIN}#0/1` && callback.endsWith("/renewing"),
    suspend: async () => {},
    drop: async () => 0,
    replay: async () => 0,
    status: async () => ({ subscribers: 1, pending: 0, failures: [] }),
  });
  const Hub = createHub<unknown>(() => ({
    settings: readHubSettings({}),
    deployment: "v1",
    shard,
    editionOf: async (_, etag) =>
      etag === "first"
        ? { kind: "same" }
        : { kind: "changed", edition: { etag: "first", contentType: "text/xml", body: new Uint8Array() } },
    refresh: async () => {},
    isOpen: true,
    externalHubs: [ELSEWHERE],
    publicTopics: async () => [MAIN],
    now: () => NOW,
    random: () => 1,
    outbound: {
      timeoutMs: 1000,
      userAgent: "Tests",
      async fetch(_, init) {
        pinged.push(new URLSearchParams(String(init?.body)).get("hub.url") ?? "");
        return new Response(null, { status: 204 });
      },
    },
    ...more,
  }));
  return { hub: new Hub(state, env), calls, pinged };
};

const request = (callback: string, topic = MAIN) =>
  ({ protocol: "websub", mode: "subscribe", topic, callback }) as const;

describe("the hub of version 1", () => {
  it("keeps its topics, shards and layout: a renewal goes where the subscription is, a new one by the same layout", () =>
    inDurableObject(async (state) => {
      await fillVersion1(state);
      const { hub, calls } = open(state);
      await hub.admit("first", request("https://reader.example.net/renewing"));
      await hub.admit("first", request("https://reader.example.net/new"));
      expect(calls).toEqual([
        `request ${MAIN}#0/1 1006`,
        expect.stringContaining(shardName(MAIN, "https://reader.example.net/new", 2)),
      ]);
      expect((await hub.status("")).map(({ topic, subscribers }) => [topic, subscribers])).toEqual([
        [MAIN, expect.any(Number)],
        [TAG, 1],
      ]);
    }));

  it("keeps what it knows of changes: it publishes where a shard has an older edition, and pings once more what was due", () =>
    inDurableObject(async (state) => {
      await fillVersion1(state);
      const { hub, calls, pinged } = open(state);
      await fireAlarm(state, hub);
      expect([calls, pinged]).toEqual([[`publish first ${MAIN}#1/2`], [TAG]]);
      // Nothing is left but the topic that could not be checked, at its own time.
      expect(await state.storage.getAlarm()).toBe(NOW + 60_000);
    }));

  it("keeps the counts of hosts, when it was pinged last, and of which deployment it knows", () =>
    inDurableObject(async (state) => {
      await fillVersion1(state);
      const { hub, calls } = open(state);
      await hub.admit("first", request("https://full.example.net/a", TAG));
      expect(calls).toEqual([expect.stringMatching(/^deny .*There are too many subscriptions of full/)]);
      await hub.ping();
      await hub.changed("v1");
      expect(await state.storage.get("change")).toBe(8);
      await hub.updateCounts({ shard: `${TAG}#0/1`, topic: TAG, calls: 3001, subscribers: 0, hosts: {} });
      expect((await hub.status("")).map(({ topic }) => topic)).toEqual([MAIN, TAG]);
      await hub.updateCounts({ shard: `${TAG}#0/1`, topic: TAG, calls: 3002, subscribers: 0, hosts: {} });
      expect((await hub.status("")).map(({ topic }) => topic)).toEqual([MAIN]);
    }));

  it("does not start on data of today, and so loses nothing of it", () =>
    inDurableObject(async (state) => {
      await fillVersion1(state);
      await open(state).hub.status("");
      expect(() => state.storage.sql.exec(HUB_SCHEMA_OF_VERSION_1)).toThrow(/no such column/);
      expect((await open(state).hub.status("")).map(({ topic }) => topic)).toEqual([MAIN, TAG]);
    }));
});

describe("older code of the hub", () => {
  it("stops at each call with a sentence, changes nothing, and tries again when its alarm comes", () =>
    inDurableObject(async (state) => {
      const log = vi.spyOn(console, "error").mockImplementation(() => {});
      await fillVersion1(state);
      await open(state).hub.status("");
      await state.storage.put("schema_version", 99);
      const { hub, calls, pinged } = open(state);
      const sentence =
        /^Hub holds data of version 99, .* version 2\. .*deploy the newer version of the worker again\.$/;
      for (const call of [
        () => hub.admit("first", request("https://reader.example.net/a")),
        () => hub.changed("v0"),
        () => hub.ping(),
        () => hub.status(""),
        () => hub.drop(MAIN, undefined, "Enough."),
        () => hub.replay(MAIN, undefined),
        () => hub.updateCounts({ shard: "x", topic: MAIN, calls: 1, subscribers: 1, hosts: {} }),
      ])
        await expect(call).rejects.toThrow(sentence);
      await fireAlarm(state, hub);
      expect(log.mock.calls.flat().join()).toMatch(/Hub holds data of version 99/);
      log.mockRestore();
      expect([calls, pinged, await state.storage.getAlarm()]).toEqual([[], [], NOW + 10_000]);
      expect(await state.storage.get("change")).toBe(8);
    }));
});
