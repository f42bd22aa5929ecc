import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { createHub } from "../../../src/push/hub/hub.ts";
import type { HubRequest } from "../../../src/push/protocol/protocol.ts";
import type { Shard } from "../../../src/push/rpc.ts";
import { type HubVariables, readHubSettings } from "../../../src/push/settings.ts";
import { shardCountOf, shardName } from "../../../src/push/shard/shard-name.ts";
import type { EditionLookup } from "../../../src/push/topic-edition.ts";
import { fireAlarm, inDurableObject, NOW } from "../in-durable-object.ts";

const topicOf = (name: string): string => `https://courier.example.org/tags/${name}/rss.xml`;

/**
 * Makes a shard that records what it receives, and the callbacks that have subscribed. `fakes` has what is called
 * before that.
 */
const createRecordingShard = (fakes: {
  readonly beforeRequest: () => Promise<void>;
  readonly beforeHas: () => Promise<void>;
}) => {
  const callbacks = new Set<string>();
  const received: string[] = [];
  const calls: number[] = [];
  const shard: Shard = {
    async request(call, { mode, callback }) {
      await fakes.beforeRequest();
      calls.push(call.calls);
      received.push(`${mode} ${callback}`);
      if (mode === "subscribe") callbacks.add(callback);
      else callbacks.delete(callback);
      return true;
    },
    deny: async (_call, { callback }, reason) => void received.push(`deny ${callback}: ${reason}`),
    publish: async ({ etag }) => void received.push(`publish ${etag}`),
    takeBatch: async () => undefined,
    reportOutcomes: async () => {},
    takeVerifications: async () => undefined,
    reportVerifications: async () => {},
    async has(callback) {
      const isHeld = callbacks.has(callback);
      await fakes.beforeHas();
      return isHeld;
    },
    suspend: async () => void received.push("suspend"),
    async drop(callback) {
      received.push(`drop ${callback ?? "all"}`);
      return 1;
    },
    replay: async () => 1,
    status: async () => ({ subscribers: callbacks.size, pending: 0, failures: [] }),
  };
  return { shard, received, callbacks, calls };
};

/** How a test sets the hub up. */
interface HubOptions {
  readonly variables?: HubVariables;
  readonly externalHubs?: readonly string[];
}

const openHub = (state: DurableObjectState, { variables = {}, externalHubs = [] }: HubOptions) => {
  const clock = { now: NOW };
  const shards = new Map<string, ReturnType<typeof createRecordingShard>>();
  const fakes = {
    /** Entity tags by topic, or `gone` or `missing`; that of all other topics is `first`. */
    etags: new Map<string, string>(),
    /** Is called before an edition is looked up. */
    beforeLookup: async (_topic: string): Promise<void> => {},
    /** Is called before a shard receives a request. */
    beforeRequest: async (): Promise<void> => {},
    /** Is called before a shard says whether a callback has subscribed. */
    beforeHas: async (): Promise<void> => {},
    publicTopics: ["a", "b"],
    answerPing: (): Response => new Response(null, { status: 204 }),
  };
  const pings: string[] = [];
  const lookups: string[] = [];
  const refresh = vi.fn();
  const site = { deployment: "v1", externalHubs, isOpen: true };
  const shardNamed = (name: string) => {
    const shard = shards.get(name) ?? createRecordingShard(fakes);
    shards.set(name, shard);
    return shard;
  };
  const editionOf = async (topic: string, etag: string | undefined): Promise<EditionLookup> => {
    await fakes.beforeLookup(topic);
    lookups.push(topic);
    const tag = fakes.etags.get(topic) ?? "first";
    if (tag === "gone" || tag === "missing") return { kind: tag };
    if (tag === etag) return { kind: "same" };
    return { kind: "changed", edition: { etag: tag, contentType: "text/xml", body: new Uint8Array() } };
  };
  const Hub = createHub<unknown>(() => ({
    settings: readHubSettings(variables),
    deployment: site.deployment,
    shard: (name) => shardNamed(name).shard,
    editionOf,
    refresh,
    isOpen: site.isOpen,
    externalHubs: site.externalHubs,
    publicTopics: async () => fakes.publicTopics.map(topicOf),
    now: () => clock.now,
    random: () => 1,
    outbound: {
      timeoutMs: 1000,
      userAgent: "Tests",
      async fetch(input, init) {
        pings.push(`${String(input)} ${new URLSearchParams(String(init?.body)).get("hub.url")}`);
        return fakes.answerPing();
      },
    },
  }));
  const hub = new Hub(state, env);
  const request = (callback: string, name = "a", more: Partial<HubRequest> = {}) =>
    hub.admit("first", { protocol: "websub", mode: "subscribe", topic: topicOf(name), callback, ...more });
  const restart = () => new Hub(state, env);
  return {
    hub,
    clock,
    shards,
    fakes,
    pings,
    lookups,
    refresh,
    request,
    restart,
    site,
    state,
    alarm: () => fireAlarm(state, hub),
  };
};

const withHub = (options: HubOptions, test: (opened: ReturnType<typeof openHub>) => Promise<void>): Promise<void> =>
  inDurableObject((state) => test(openHub(state, options)));

const allReceived = (shards: ReturnType<typeof openHub>["shards"]): readonly string[] =>
  [...shards.values()].flatMap(({ received }) => received);

const A = "https://reader.example.net/a";

describe("a change", () => {
  it("is published once, to the shards of the topics whose entity tag has changed and to no others", () =>
    withHub({}, async ({ hub, request, shards, fakes, alarm, refresh }) => {
      await request(A, "a");
      await request(A, "b");
      fakes.etags.set(topicOf("a"), "second");
      for (let count = 1; count <= 2; count++) {
        await hub.changed();
        await alarm();
        expect(refresh).toHaveBeenCalledTimes(count);
      }
      expect(shards.get(`${topicOf("a")}#0/1`)?.received).toEqual([`subscribe ${A}`, "publish second"]);
      expect(shards.get(`${topicOf("b")}#0/1`)?.received).toEqual([`subscribe ${A}`]);
    }));

  it("reaches more topics than are checked in one alarm", () =>
    withHub({}, async ({ hub, request, shards, fakes, alarm, state }) => {
      for (let index = 0; index < 150; index++) {
        await request(A, `t${index}`);
        fakes.etags.set(topicOf(`t${index}`), "second");
      }
      await hub.changed();
      await alarm();
      expect(allReceived(shards).filter((one) => one === "publish second")).toHaveLength(100);
      expect(await state.storage.getAlarm()).toBe(NOW + 1);
      await alarm();
      expect(allReceived(shards).filter((one) => one === "publish second")).toHaveLength(150);
      expect(await state.storage.getAlarm()).toBeNull();
    }));

  it("has all topics checked, even if more changes come before all of them were", () =>
    withHub({}, async ({ hub, request, lookups, alarm }) => {
      for (let index = 0; index < 250; index++) await request(A, `t${index}`);
      await alarm();
      lookups.length = 0;
      for (let changes = 0; changes < 3; changes++) {
        await hub.changed();
        await alarm();
      }
      expect(new Set(lookups).size).toBe(250);
    }));

  it("has the main feeds checked first, whose addresses are short", () =>
    withHub({}, async ({ hub, request, lookups, alarm }) => {
      for (const name of ["b-very-long-name", "a-long-name", "z"]) await request(A, name);
      await alarm();
      lookups.length = 0;
      await hub.changed();
      await alarm();
      expect(lookups).toEqual(["z", "a-long-name", "b-very-long-name"].map(topicOf));
    }));

  it("is not lost if the hub dies while it checks a topic", () =>
    withHub({}, async ({ hub, request, shards, fakes, restart, state }) => {
      await request(A);
      fakes.etags.set(topicOf("a"), "second");
      await hub.changed();
      const lookup = Promise.withResolvers<void>();
      fakes.beforeLookup = () => {
        lookup.resolve();
        return new Promise(() => {});
      };
      // The hub dies here: what it has started never ends.
      void hub.alarm();
      await lookup.promise;
      fakes.beforeLookup = async () => {};
      await fireAlarm(state, restart());
      expect(allReceived(shards)).toContain("publish second");
    }));

  it("that comes while topics are checked is checked for as well", () =>
    withHub({}, async ({ hub, request, shards, fakes, alarm, state }) => {
      await request(A);
      fakes.beforeLookup = async () => {
        fakes.beforeLookup = async () => {};
        await hub.changed();
      };
      await hub.changed();
      await alarm();
      expect(await state.storage.getAlarm()).toBeLessThanOrEqual(NOW + 1);
      fakes.etags.set(topicOf("a"), "second");
      await alarm();
      expect(allReceived(shards)).toContain("publish second");
    }));

  it("of one topic is published even if another one can't be read, which is tried again", () =>
    withHub({}, async ({ hub, request, shards, fakes, alarm, state, clock }) => {
      await request(A, "a");
      await request(A, "b");
      for (const name of ["a", "b"]) fakes.etags.set(topicOf(name), "second");
      fakes.beforeLookup = async (topic) => {
        if (topic === topicOf("a")) throw new Error("the store does not answer");
      };
      const log = vi.spyOn(console, "error").mockImplementation(() => {});
      await hub.changed();
      await alarm();
      expect(log.mock.calls).toEqual([
        ["the hub could not check 1 feeds, and will try again", new Error("the store does not answer")],
      ]);
      log.mockRestore();
      expect(shards.get(`${topicOf("b")}#0/1`)?.received).toContain("publish second");
      expect(await state.storage.getAlarm()).toBe(NOW + 10_000);
      fakes.beforeLookup = async () => {};
      clock.now += 10_000;
      await alarm();
      expect(shards.get(`${topicOf("a")}#0/1`)?.received).toContain("publish second");
    }));

  it("of a topic that can't be read is checked for less and less often, at last every minute, and without the other topics", () =>
    withHub({}, async ({ hub, request, fakes, lookups, alarm, state, clock }) => {
      await request(A, "a");
      await request(A, "b");
      await alarm();
      fakes.beforeLookup = async (topic) => {
        if (topic === topicOf("a")) throw new Error("no");
      };
      await hub.changed();
      lookups.length = 0;
      const waits = [10_000, 20_000, 40_000, ...Array.from({ length: 70 }, () => 60_000)];
      for (const wait of waits) {
        await alarm();
        expect(await state.storage.getAlarm()).toBe(clock.now + wait);
        clock.now += wait;
      }
      expect(lookups).toEqual([topicOf("b")]);
    }));

  it("that makes a topic gone ends its subscriptions", () =>
    withHub({}, async ({ hub, request, shards, fakes, alarm }) => {
      await request(A);
      fakes.etags.set(topicOf("a"), "gone");
      await hub.changed();
      await alarm();
      expect(allReceived(shards)).toContain("drop all");
    }));

  it("that makes a topic missing suspends its deliveries once; when the topic is back, it is published again", () =>
    withHub({}, async ({ hub, request, shards, fakes, alarm }) => {
      await request(A);
      for (const tag of ["missing", "missing", "first"]) {
        fakes.etags.set(topicOf("a"), tag);
        await hub.changed();
        await alarm();
      }
      expect(allReceived(shards)).toEqual([`subscribe ${A}`, "suspend", "publish first"]);
    }));

  it("is published to each shard that does not know it, even if others do", () =>
    withHub({ variables: { HUB_SHARD_SIZE: "1" } }, async ({ hub, request, shards, fakes, alarm }) => {
      await request(A);
      fakes.etags.set(topicOf("a"), "second");
      await hub.changed();
      await alarm();
      await request("https://reader.example.net/b");
      await alarm();
      expect([...shards.values()].map(({ received }) => received.at(-1))).toEqual(["publish second", "publish second"]);
    }));

  it("is published to a shard that was added while the topic was checked, and got the entity tag of before", () =>
    withHub({ variables: { HUB_SHARD_SIZE: "1" } }, async ({ hub, request, shards, fakes, alarm }) => {
      await request(A);
      fakes.etags.set(topicOf("a"), "second");
      fakes.beforeLookup = async () => {
        fakes.beforeLookup = async () => {};
        await request("https://reader.example.net/b");
      };
      await hub.changed();
      await alarm();
      await alarm();
      expect([...shards.values()].map(({ received }) => received.at(-1))).toEqual(["publish second", "publish second"]);
    }));

  it("after which the site has no hub any longer ends all subscriptions", () =>
    withHub({}, async ({ request, shards, restart, site, state }) => {
      await request(A);
      site.isOpen = false;
      const next = restart();
      await next.changed("v2");
      await fireAlarm(state, next);
      expect(allReceived(shards)).toEqual([`subscribe ${A}`, "drop all"]);
    }));
});

describe("a topic that is new", () => {
  it("is checked at once, without the other topics", () =>
    withHub({}, async ({ hub, request, lookups, alarm, state }) => {
      for (const name of ["a", "b", "c"]) await request(A, name);
      await hub.changed();
      await alarm();
      lookups.length = 0;
      await request(A, "new");
      expect(await state.storage.getAlarm()).toBe(NOW + 1);
      await alarm();
      expect(lookups).toEqual([topicOf("new")]);
    }));
});

describe("a deployment", () => {
  it("has all topics checked once, by an object that has its code", () =>
    withHub({}, async ({ hub, state, alarm, restart, site }) => {
      await hub.changed("v1");
      await alarm();
      await hub.changed("v1");
      expect(await state.storage.getAlarm()).toBeNull();
      // The object still runs the old code: what it sees is not what was deployed.
      await hub.changed("v2");
      await alarm();
      site.deployment = "v2";
      const newer = restart();
      await newer.changed("v2");
      expect(await state.storage.getAlarm()).not.toBeNull();
      await fireAlarm(state, newer);
      await newer.changed("v2");
      expect(await state.storage.getAlarm()).toBeNull();
    }));
});

describe("a ping", () => {
  it("has all topics checked, every ten seconds at most", () =>
    withHub({}, async ({ hub, state, alarm, clock }) => {
      await hub.changed();
      await alarm();
      // The check before was not asked for by a ping, and does not count.
      await hub.ping();
      expect(await state.storage.getAlarm()).not.toBeNull();
      await alarm();
      await hub.ping();
      expect(await state.storage.getAlarm()).toBeNull();
      clock.now += 10_000;
      await hub.ping();
      expect(await state.storage.getAlarm()).not.toBeNull();
    }));
});

describe("the limit", () => {
  it("of a host holds before its shards have reported, and renewals count for nothing", () =>
    withHub({ variables: { HUB_MOST_PER_HOST: "3" } }, async ({ request, shards }) => {
      for (const path of ["a", "b", "c"]) await request(`https://reader.example.net/${path}`, path);
      await request("https://reader.example.net/d", "d");
      await request("https://other.example.net/d", "d");
      await request("https://reader.example.net/a", "a");
      expect(allReceived(shards).filter((one) => one.startsWith("deny"))).toEqual([
        "deny https://reader.example.net/d: There are too many subscriptions of reader.example.net.",
      ]);
      expect(allReceived(shards).filter((one) => one.startsWith("subscribe"))).toHaveLength(5);
    }));

  it("of an address holds for all names that lead there", () =>
    withHub({ variables: { HUB_MOST_PER_HOST: "2" } }, async ({ request, shards }) => {
      for (const name of ["a", "b", "c"])
        await request(`https://${name}.example.net/`, "a", { address: "192.88.98.1" });
      expect(allReceived(shards).at(-1)).toBe(
        "deny https://c.example.net/: There are too many subscriptions of 192.88.98.1.",
      );
    }));

  it("of a host counts all of its ports", () =>
    withHub({ variables: { HUB_MOST_PER_HOST: "1" } }, async ({ request, shards }) => {
      await request("https://reader.example.net/");
      await request("https://reader.example.net:8443/");
      expect(allReceived(shards).at(-1)).toBe(
        "deny https://reader.example.net:8443/: There are too many subscriptions of reader.example.net.",
      );
    }));

  it("of a host counts no request that was denied", () =>
    withHub({ variables: { HUB_MOST_PER_TOPIC: "1", HUB_MOST_PER_HOST: "2" } }, async ({ request, shards }) => {
      await request("https://other.example.net/", "full");
      for (const path of ["a", "b"]) await request(`https://reader.example.net/${path}`, "full");
      await request(A, "free");
      expect(allReceived(shards).at(-1)).toBe(`subscribe ${A}`);
    }));

  it("of a topic does not keep a subscription from being renewed", () =>
    withHub({ variables: { HUB_MOST_PER_TOPIC: "1", HUB_MOST_PER_HOST: "1" } }, async ({ request, shards }) => {
      for (let times = 0; times < 2; times++) await request(A);
      expect(allReceived(shards)).toEqual([`subscribe ${A}`, `subscribe ${A}`]);
    }));

  it("of a topic holds", () =>
    withHub({ variables: { HUB_MOST_PER_TOPIC: "2" } }, async ({ request, shards }) => {
      for (const name of ["a", "b", "c"]) await request(`https://${name}.example.net/`);
      expect(allReceived(shards).at(-1)).toMatch(/^deny https:\/\/c\.example\.net\/: This topic has as many/);
    }));
});

describe("the answer to a request", () => {
  const other = "https://reader.example.net/b";

  it.each([
    [[true, true], "accepted"],
    [[true, false], "busy"],
    [[false, true], "busy"],
  ])("to unsubscribe is that of all shards that hold the subscription: %j makes %s", (answers, expected) =>
    withHub({ variables: { HUB_SHARD_SIZE: "1" } }, async ({ request, shards }) => {
      for (const callback of [A, other]) await request(callback);
      const holders = [...shards.values()];
      expect(holders).toHaveLength(2);
      for (const [index, { shard }] of holders.entries()) {
        shard.has = async () => true;
        shard.request = async () => answers[index] ?? false;
      }
      const [first = "", second = ""] = shards.keys();
      const callback = Array.from({ length: 20 }, (_, index) => `https://x.example.net/${index}`).find(
        (one) => shardName(topicOf("a"), one, 1) === first && shardName(topicOf("a"), one, 2) === second,
      );
      expect(await request(callback ?? "", "a", { mode: "unsubscribe" })).toBe(expected);
    }),
  );

  it("is that there are too many to verify, if the shard says so; it stays known", () =>
    withHub({}, async ({ hub, request, shards }) => {
      expect(await request(A)).toBe("accepted");
      for (const { shard } of shards.values()) shard.request = async () => false;
      expect(await request(other)).toBe("busy");
      expect((await hub.status("")).map(({ topic }) => topic)).toEqual([topicOf("a")]);
    }));
});

describe("shards", () => {
  it("that do not hold a callback's subscription by their names are not asked for it", () =>
    withHub({ variables: { HUB_SHARD_SIZE: "1" } }, async ({ request, shards }) => {
      for (let index = 0; index < 6; index++) await request(`https://reader.example.net/${index}`);
      expect([...shards.values()].filter(({ received }) => received.length === 0)).toEqual([]);
    }));

  it("become twice as many when they are full; subscriptions are renewed and ended where they are", () =>
    withHub({ variables: { HUB_SHARD_SIZE: "4", HUB_MOST_PER_HOST: "100" } }, async ({ hub, request, shards }) => {
      const callbacks = Array.from({ length: 12 }, (_, index) => `https://reader.example.net/${index}`);
      for (const callback of callbacks) await request(callback);
      expect([...new Set([...shards.keys()].map(shardCountOf))]).toEqual([1, 2, 4]);
      for (const callback of callbacks) await request(callback);
      const subscribed = [...shards.values()].flatMap((shard) => [...shard.callbacks]);
      expect(subscribed.toSorted()).toEqual(callbacks.toSorted());
      for (const callback of callbacks) await request(callback, "a", { mode: "unsubscribe" });
      expect([...shards.values()].flatMap((shard) => [...shard.callbacks])).toEqual([]);
      expect((await hub.status("")).map(({ topic }) => topic)).toEqual([topicOf("a")]);
    }));

  it("receive no request to unsubscribe from those who never subscribed", () =>
    withHub({}, async ({ request, shards }) => {
      expect(await request(A, "a", { mode: "unsubscribe" })).toBe("accepted");
      expect(allReceived(shards)).toEqual([]);
    }));

  const EMPTY = { shard: `${topicOf("a")}#0/1`, topic: topicOf("a"), subscribers: 0, hosts: {} };

  it("are deleted when they are empty, unless a request is under way", () =>
    withHub({}, async ({ hub, request, shards }) => {
      await request(A);
      const [calls = 0] = shards.get(EMPTY.shard)?.calls ?? [];
      await hub.updateCounts({ ...EMPTY, calls: calls - 1 });
      expect(await hub.status("")).toHaveLength(1);
      await hub.updateCounts({ ...EMPTY, calls });
      expect(await hub.status("")).toEqual([]);
    }));

  it("that were deleted get greater call numbers with later requests than they have seen", () =>
    withHub({}, async ({ hub, request, shards, clock }) => {
      for (const path of ["a", "b", "c"]) await request(`https://reader.example.net/${path}`);
      const calls = Math.max(...(shards.get(EMPTY.shard)?.calls ?? []));
      await hub.updateCounts({ ...EMPTY, calls });
      clock.now += 1000;
      await request(A);
      expect(shards.get(EMPTY.shard)?.calls.at(-1)).toBeGreaterThan(calls);
    }));

  it("that were deleted by mistake are known again by what they report, and get the current edition", () =>
    withHub({}, async ({ hub, shards, alarm }) => {
      await hub.updateCounts({ ...EMPTY, subscribers: 1, calls: 1 });
      await alarm();
      expect(allReceived(shards)).toEqual(["publish first"]);
    }));

  it("that are not known and report nobody have nothing checked", () =>
    withHub({}, async ({ hub, state }) => {
      await hub.updateCounts({ ...EMPTY, calls: 1 });
      expect(await state.storage.getAlarm()).toBeNull();
    }));

  it("that were deleted while somebody unsubscribed have their topic checked again", () =>
    withHub({}, async ({ hub, request, shards, fakes, alarm }) => {
      await request(A);
      await alarm();
      const calls = shards.get(EMPTY.shard)?.calls.at(-1) ?? 0;
      fakes.beforeHas = async () => {
        fakes.beforeHas = async () => {};
        await hub.updateCounts({ ...EMPTY, calls });
        await hub.changed();
        await alarm();
      };
      await request(A, "a", { mode: "unsubscribe" });
      await request("https://reader.example.net/b");
      fakes.etags.set(topicOf("a"), "second");
      await hub.changed();
      await alarm();
      expect(allReceived(shards)).toContain("publish second");
    }));

  it("that have reported after a request keep its count, even if its answer was lost", () =>
    withHub({}, async ({ hub, request, fakes, shards, alarm }) => {
      fakes.beforeRequest = async () => {
        const hosts = { "reader.example.net": 1 };
        await hub.updateCounts({ ...EMPTY, subscribers: 1, hosts, calls: NOW + 1 });
        throw new Error("the connection was lost");
      };
      await expect(request(A)).rejects.toThrow("lost");
      fakes.etags.set(topicOf("a"), "second");
      await hub.changed();
      await alarm();
      expect(allReceived(shards)).toContain("publish second");
    }));

  it("that are known again by what they report are not deleted for what they reported before", () =>
    withHub({}, async ({ hub, request, fakes }) => {
      await hub.updateCounts({ ...EMPTY, subscribers: 1, calls: NOW + 5 });
      fakes.beforeRequest = () => hub.updateCounts({ ...EMPTY, calls: NOW + 5 });
      await request(A);
      expect(await hub.status("")).toHaveLength(1);
    }));

  it("are full when they have reached the size of a shard", () =>
    withHub({ variables: { HUB_SHARD_SIZE: "1" } }, async ({ request, shards }) => {
      await request(A);
      await request("https://reader.example.net/b");
      expect([...new Set([...shards.keys()].map(shardCountOf))]).toEqual([1, 2]);
    }));

  it("that a request did not reach are not counted for it", () =>
    withHub({ variables: { HUB_MOST_PER_HOST: "2" } }, async ({ hub, request, shards, fakes, lookups, alarm }) => {
      fakes.beforeRequest = () => Promise.reject(new Error("the object was reset"));
      for (let tries = 0; tries < 3; tries++) await expect(request(A)).rejects.toThrow("reset");
      expect(await hub.status("")).toEqual([]);
      await hub.changed();
      await alarm();
      expect(lookups).toEqual([]);
      fakes.beforeRequest = async () => {};
      await request(A);
      await request("https://reader.example.net/b");
      expect(allReceived(shards)).toEqual([`subscribe ${A}`, "subscribe https://reader.example.net/b"]);
    }));
});

describe("hubs elsewhere", () => {
  const hubs = ["https://hub.example.net/", "https://other.example.org/hub"];

  it("are told of each topic that has changed, once", () =>
    withHub({ externalHubs: hubs }, async ({ hub, pings, fakes, alarm }) => {
      await hub.changed();
      await alarm();
      expect(pings.toSorted()).toEqual(hubs.flatMap((one) => ["a", "b"].map((name) => `${one} ${topicOf(name)}`)));
      pings.length = 0;
      fakes.etags.set(topicOf("b"), "second");
      await hub.changed();
      await alarm();
      expect(pings.toSorted()).toEqual(hubs.map((one) => `${one} ${topicOf("b")}`));
    }));

  it("are told of the topics that are public after the change", () =>
    withHub({ externalHubs: hubs.slice(0, 1) }, async ({ hub, fakes, alarm, refresh, pings }) => {
      fakes.publicTopics = ["a"];
      await hub.changed();
      await alarm();
      refresh.mockImplementation(() => {
        fakes.publicTopics = ["a", "new"];
      });
      await hub.changed();
      await alarm();
      expect(pings).toContain(`${hubs[0]} ${topicOf("new")}`);
    }));

  it("are told of topics that are listed once for each change", () =>
    withHub({ externalHubs: hubs.slice(0, 1) }, async ({ hub, fakes, alarm }) => {
      const { publicTopics } = fakes;
      const list = vi.fn(() => publicTopics);
      Object.defineProperty(fakes, "publicTopics", { get: list });
      for (const times of [1, 2]) {
        await hub.changed();
        for (let alarms = 0; alarms < 3; alarms++) await alarm();
        expect(list).toHaveBeenCalledTimes(times);
      }
    }));

  it("are told later if the public topics can't be listed now", () =>
    withHub({ externalHubs: hubs.slice(0, 1) }, async ({ hub, fakes, alarm, clock, pings, state }) => {
      const { publicTopics } = fakes;
      Object.defineProperty(fakes, "publicTopics", {
        configurable: true,
        get() {
          throw new Error("the store does not answer");
        },
      });
      await hub.changed();
      await alarm();
      expect([pings, await state.storage.getAlarm()]).toEqual([[], NOW + 10_000]);
      Object.defineProperty(fakes, "publicTopics", { value: publicTopics });
      clock.now += 10_000;
      await alarm();
      expect(pings).toHaveLength(2);
    }));

  it("are told soon, even if a topic with subscribers has to wait", () =>
    withHub({ externalHubs: hubs.slice(0, 1) }, async ({ hub, fakes, clock, alarm, state, request }) => {
      fakes.publicTopics = Array.from({ length: 60 }, (_, index) => `t${index}`);
      await request(A, "own");
      fakes.beforeLookup = async (topic) => {
        if (topic === topicOf("own")) throw new Error("no");
      };
      await hub.changed();
      // Time passes while the alarm runs.
      let time = NOW;
      Object.defineProperty(clock, "now", { get: () => time++ });
      await alarm();
      expect(await state.storage.getAlarm()).toBeLessThan(time + 10);
    }));

  it("are told a last time of a topic that is not public any longer", () =>
    withHub({ externalHubs: hubs.slice(0, 1) }, async ({ hub, pings, fakes, alarm, lookups }) => {
      await hub.changed();
      await alarm();
      pings.length = 0;
      fakes.publicTopics = ["a"];
      for (const tag of ["second", "third"]) {
        fakes.etags.set(topicOf("b"), tag);
        await hub.changed();
        await alarm();
      }
      expect(pings).toEqual([`${hubs[0]} ${topicOf("b")}`]);
      lookups.length = 0;
      await hub.changed();
      await alarm();
      expect(lookups).toEqual([topicOf("a")]);
    }));

  it("are told nothing any longer if site.yaml does not name them, and of all topics when it does again", () =>
    withHub({ externalHubs: hubs }, async ({ hub, pings, fakes, alarm, restart, site, state, clock }) => {
      fakes.answerPing = () => new Response(null, { status: 500 });
      await hub.changed();
      await alarm();
      const [first = "", second = ""] = hubs;
      for (const [named, expected] of [
        [[first], [`${first} ${topicOf("a")}`, `${first} ${topicOf("b")}`]],
        [hubs, [first, second].flatMap((one) => [`${one} ${topicOf("a")}`, `${one} ${topicOf("b")}`])],
      ] as const) {
        pings.length = 0;
        clock.now += 24 * 3_600_000;
        site.externalHubs = named;
        const next = restart();
        await next.changed();
        await fireAlarm(state, next);
        expect(pings.toSorted()).toEqual(expected);
      }
    }));

  it("are told nothing more for now if they do not answer in time, so that the hub's other work need not wait", () =>
    withHub({ externalHubs: hubs }, async ({ hub, pings, fakes, alarm, state, clock }) => {
      fakes.publicTopics = Array.from({ length: 20 }, (_, index) => `${index}`);
      const isHanging = (ping: string | undefined): boolean => ping?.startsWith(hubs[0] ?? "") === true;
      fakes.answerPing = () => {
        if (isHanging(pings.at(-1))) throw new DOMException("The time is up.", "TimeoutError");
        return new Response(null, { status: 204 });
      };
      await hub.changed();
      await alarm();
      expect(pings.filter(isHanging).length).toBeLessThanOrEqual(6);
      expect(pings.filter((one) => !isHanging(one))).toHaveLength(20);
      expect(await state.storage.getAlarm()).toBe(NOW + 60_000);
      pings.length = 0;
      fakes.answerPing = () => new Response(null, { status: 204 });
      clock.now += 60_000;
      await alarm();
      expect(pings.filter(isHanging)).toHaveLength(20);
    }));

  it("are told again later if they fail, eight times in all, even if checking another topic fails too", () =>
    withHub({ externalHubs: hubs.slice(0, 1) }, async ({ hub, pings, fakes, alarm, clock, request, state }) => {
      fakes.answerPing = () => new Response(null, { status: 500 });
      await hub.changed();
      await alarm();
      expect(await state.storage.getAlarm()).toBe(NOW + 60_000);
      await request(A, "own");
      fakes.beforeLookup = async (topic) => {
        if (topic === topicOf("own")) throw new Error("no");
      };
      await hub.changed();
      for (let count = 0; count < 12; count++) {
        clock.now += 6 * 3_600_000;
        await alarm();
      }
      expect(pings.filter((one) => one.endsWith(topicOf("a")))).toHaveLength(8);
      fakes.etags.set(topicOf("a"), "second");
      await hub.changed();
      for (let count = 0; count < 12; count++) {
        clock.now += 6 * 3_600_000;
        await alarm();
      }
      expect(pings.filter((one) => one.endsWith(topicOf("a")))).toHaveLength(16);
    }));
});

describe("the status of a topic", () => {
  it("comes with those of nineteen others, in the order of their addresses, and the next page with the rest", () =>
    withHub({}, async ({ hub, request }) => {
      const topics = Array.from({ length: 21 }, (_, index) => String.fromCharCode(97 + index));
      for (const name of topics.toReversed()) await request(A, name);
      const page = await hub.status("");
      expect(page.map(({ topic }) => topic)).toEqual(topics.slice(0, 20).map(topicOf));
      const rest = await hub.status(page.at(-1)?.topic ?? "");
      expect(rest.map(({ topic }) => topic)).toEqual([topicOf("u")]);
    }));

  it("sums those of its shards: the last delivery is the latest, and there is none before the first", () =>
    withHub({ variables: { HUB_SHARD_SIZE: "1" } }, async ({ hub, request, shards }) => {
      for (const name of ["a", "b", "c"]) await request(`https://reader.example.net/${name}`);
      expect(await hub.status("")).toEqual([{ topic: topicOf("a"), subscribers: 3, pending: 0, failures: [] }]);
      expect(shards.size).toBeGreaterThan(1);
      let count = 0;
      for (const { shard } of shards.values()) {
        const lastDelivery = 1000 * ++count;
        const failures = [{ callback: `${A}${count}`, attempts: 1, since: NOW, next: NOW, reason: "no" }];
        shard.status = async () => ({ subscribers: 2, pending: 3, lastDelivery, failures });
      }
      const [status] = await hub.status("");
      expect(status).toEqual({
        ...{ topic: topicOf("a"), subscribers: 2 * count, pending: 3 * count, lastDelivery: 1000 * count },
        failures: expect.any(Array),
      });
      expect(status?.failures.map(({ callback }) => callback).toSorted()).toEqual(
        Array.from({ length: count }, (_, index) => `${A}${index + 1}`),
      );
    }));
});

describe("what a publisher asks of a topic", () => {
  it("is asked of each of its shards, and of no other's; the numbers are added up", () =>
    withHub({ variables: { HUB_SHARD_SIZE: "1" } }, async ({ hub, request, shards }) => {
      for (const path of ["a", "b"]) await request(`https://reader.example.net/${path}`);
      await request(A, "other");
      const asked: (readonly unknown[])[] = [];
      for (const [name, { shard }] of shards) {
        shard.drop = async (...values) => asked.push([name, ...values]);
        shard.replay = async (...values) => asked.push([name, ...values]);
      }
      const names = [...shards.keys()].filter((name) => name.startsWith(topicOf("a"))).toSorted();
      expect(names).toHaveLength(2);
      expect(await hub.drop(topicOf("a"), A, "Enough.")).toBe(1 + 2);
      expect(await hub.drop(topicOf("a"), undefined, "Gone.")).toBe(3 + 4);
      expect(await hub.replay(topicOf("a"), A)).toBe(5 + 6);
      expect(await hub.replay(topicOf("a"), undefined)).toBe(7 + 8);
      expect(asked).toEqual(
        [[A, "Enough."], [undefined, "Gone."], [A], [undefined]].flatMap((values) =>
          names.map((name) => [name, ...values]),
        ),
      );
    }));

  it("is nothing, if nobody has subscribed to it", () =>
    withHub({}, async ({ hub }) => {
      expect([await hub.replay(topicOf("a"), undefined), await hub.drop(topicOf("a"), undefined, "Gone.")]).toEqual([
        undefined,
        0,
      ]);
    }));
});
