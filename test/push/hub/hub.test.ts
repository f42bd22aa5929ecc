import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { createHub } from "../../../src/push/hub/hub.ts";
import type { HubRequest } from "../../../src/push/protocol/protocol.ts";
import type { Shard } from "../../../src/push/rpc.ts";
import { type HubVariables, readHubSettings } from "../../../src/push/settings.ts";
import { shardCountOf } from "../../../src/push/shard/shard-name.ts";
import type { EditionLookup } from "../../../src/push/topic-edition.ts";
import { fireAlarm, inDurableObject, NOW } from "../in-durable-object.ts";

const topicOf = (name: string): string => `https://courier.example.org/tags/${name}/rss.xml`;

/** A shard as the hub sees it: who is in it, and what it was told. */
const recordShard = (weather: { readonly hear: () => Promise<void>; readonly holds: () => Promise<void> }) => {
  const callbacks = new Set<string>();
  const said: string[] = [];
  const calls: number[] = [];
  const shard: Shard = {
    async request(call, { mode, callback }) {
      await weather.hear();
      calls.push(call.calls);
      said.push(`${mode} ${callback}`);
      if (mode === "subscribe") callbacks.add(callback);
      else callbacks.delete(callback);
      return true;
    },
    deny: async (_visit, { callback }, reason) => void said.push(`deny ${callback}: ${reason}`),
    publish: async ({ etag }) => void said.push(`announce ${etag}`),
    takeBatch: async () => undefined,
    reportOutcomes: async () => {},
    async has(callback) {
      const isHeld = callbacks.has(callback);
      await weather.holds();
      return isHeld;
    },
    suspend: async () => void said.push("withhold"),
    async drop(callback) {
      said.push(`drop ${callback ?? "all"}`);
      return 1;
    },
    replay: async () => 1,
    status: async () => ({ subscribers: callbacks.size, pending: 0, failures: [] }),
  };
  return { shard, said, callbacks, calls };
};

/** What a test of the hub can change. */
interface Setting {
  readonly variables?: HubVariables;
  readonly externalHubs?: readonly string[];
}

const open = (state: DurableObjectState, { variables = {}, externalHubs = [] }: Setting) => {
  const clock = { now: NOW };
  const shards = new Map<string, ReturnType<typeof recordShard>>();
  const weather = {
    /** By topic; the tag of all others is `first`. */
    tags: new Map<string, string>(),
    /** Is called before anyone is told what a topic says. */
    look: async (_topic: string): Promise<void> => {},
    /** Is called before a shard hears of a request. */
    hear: async (): Promise<void> => {},
    /** Is called before a shard says whether it holds a callback. */
    holds: async (): Promise<void> => {},
    publicTopics: ["a", "b"],
    ping: (): Response => new Response(null, { status: 204 }),
  };
  const pings: string[] = [];
  const looks: string[] = [];
  const refreshed = vi.fn();
  const set = { deployment: "v1", externalHubs, isOpen: true };
  const shardNamed = (name: string) => {
    const shard = shards.get(name) ?? recordShard(weather);
    shards.set(name, shard);
    return shard;
  };
  const editionOf = async (topic: string, etag: string | undefined): Promise<EditionLookup> => {
    await weather.look(topic);
    looks.push(topic);
    const tag = weather.tags.get(topic) ?? "first";
    if (tag === "gone" || tag === "missing") return { kind: tag };
    if (tag === etag) return { kind: "same" };
    return { kind: "changed", edition: { etag: tag, contentType: "text/xml", body: new Uint8Array() } };
  };
  const Hub = createHub<unknown>(() => ({
    settings: readHubSettings(variables),
    deployment: set.deployment,
    shard: (name) => shardNamed(name).shard,
    editionOf,
    refresh: refreshed,
    isOpen: set.isOpen,
    externalHubs: set.externalHubs,
    publicTopics: async () => weather.publicTopics.map(topicOf),
    now: () => clock.now,
    random: () => 1,
    outbound: {
      timeoutMs: 1000,
      async fetch(input, init) {
        pings.push(`${String(input)} ${new URLSearchParams(String(init?.body)).get("hub.url")}`);
        return weather.ping();
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
    weather,
    pings,
    looks,
    refreshed,
    request,
    restart,
    set,
    state,
    ring: () => fireAlarm(state, hub),
  };
};

const withHub = (setting: Setting, play: (set: ReturnType<typeof open>) => Promise<void>): Promise<void> =>
  inDurableObject((state) => play(open(state, setting)));

const allSaid = (shards: ReturnType<typeof open>["shards"]): readonly string[] =>
  [...shards.values()].flatMap(({ said }) => said);

const A = "https://reader.example.net/a";

describe("a change", () => {
  it("is announced to the shards of the topics that have another tag, and to no others, once", () =>
    withHub({}, async ({ hub, request, shards, weather, ring, refreshed }) => {
      await request(A, "a");
      await request(A, "b");
      weather.tags.set(topicOf("a"), "second");
      for (let count = 1; count <= 2; count++) {
        await hub.changed();
        await ring();
        expect(refreshed).toHaveBeenCalledTimes(count);
      }
      expect(shards.get(`${topicOf("a")}#0/1`)?.said).toEqual([`subscribe ${A}`, "announce second"]);
      expect(shards.get(`${topicOf("b")}#0/1`)?.said).toEqual([`subscribe ${A}`]);
    }));

  it("reaches more topics than are looked at in one go", () =>
    withHub({}, async ({ hub, request, shards, weather, ring, state }) => {
      for (let index = 0; index < 150; index++) {
        await request(A, `t${index}`);
        weather.tags.set(topicOf(`t${index}`), "second");
      }
      await hub.changed();
      await ring();
      expect(allSaid(shards).filter((one) => one === "announce second")).toHaveLength(100);
      expect(await state.storage.getAlarm()).toBe(NOW + 1);
      await ring();
      expect(allSaid(shards).filter((one) => one === "announce second")).toHaveLength(150);
      expect(await state.storage.getAlarm()).toBeNull();
    }));

  it("comes to all topics, though there is a new one before all of them were looked at", () =>
    withHub({}, async ({ hub, request, looks, ring }) => {
      for (let index = 0; index < 250; index++) await request(A, `t${index}`);
      await ring();
      looks.length = 0;
      for (let changes = 0; changes < 3; changes++) {
        await hub.changed();
        await ring();
      }
      expect(new Set(looks).size).toBe(250);
    }));

  it("comes to the main feeds first, whose addresses are short", () =>
    withHub({}, async ({ hub, request, looks, ring }) => {
      for (const name of ["b-very-long-name", "a-long-name", "z"]) await request(A, name);
      await ring();
      looks.length = 0;
      await hub.changed();
      await ring();
      expect(looks).toEqual(["z", "a-long-name", "b-very-long-name"].map(topicOf));
    }));

  it("is not lost where the hub dies while it looks", () =>
    withHub({}, async ({ hub, request, shards, weather, restart, state }) => {
      await request(A);
      weather.tags.set(topicOf("a"), "second");
      await hub.changed();
      weather.look = () => new Promise(() => {});
      // It is killed here: what it had begun never comes to an end.
      void hub.alarm();
      await new Promise((done) => setTimeout(done, 10));
      weather.look = async () => {};
      await fireAlarm(state, restart());
      expect(allSaid(shards)).toContain("announce second");
    }));

  it("that comes while it looks is looked at as well", () =>
    withHub({}, async ({ hub, request, shards, weather, ring, state }) => {
      await request(A);
      weather.look = async () => {
        weather.look = async () => {};
        await hub.changed();
      };
      await hub.changed();
      await ring();
      expect(await state.storage.getAlarm()).toBeLessThanOrEqual(NOW + 1);
      weather.tags.set(topicOf("a"), "second");
      await ring();
      expect(allSaid(shards)).toContain("announce second");
    }));

  it("of one topic is announced though another can't be read, and that is tried again", () =>
    withHub({}, async ({ hub, request, shards, weather, ring, state, clock }) => {
      await request(A, "a");
      await request(A, "b");
      for (const name of ["a", "b"]) weather.tags.set(topicOf(name), "second");
      weather.look = async (topic) => {
        if (topic === topicOf("a")) throw new Error("the store does not answer");
      };
      await hub.changed();
      await ring();
      expect(shards.get(`${topicOf("b")}#0/1`)?.said).toContain("announce second");
      expect(await state.storage.getAlarm()).toBe(NOW + 10_000);
      weather.look = async () => {};
      clock.now += 10_000;
      await ring();
      expect(shards.get(`${topicOf("a")}#0/1`)?.said).toContain("announce second");
    }));

  it("of a topic that can't be read is looked for less and less often, each minute in the end, and alone", () =>
    withHub({}, async ({ hub, request, weather, looks, ring, state, clock }) => {
      await request(A, "a");
      await request(A, "b");
      await ring();
      weather.look = async (topic) => {
        if (topic === topicOf("a")) throw new Error("no");
      };
      await hub.changed();
      looks.length = 0;
      const waits = [10_000, 20_000, 40_000, ...Array.from({ length: 70 }, () => 60_000)];
      for (const wait of waits) {
        await ring();
        expect(await state.storage.getAlarm()).toBe(clock.now + wait);
        clock.now += wait;
      }
      expect(looks).toEqual([topicOf("b")]);
    }));

  it("by which a topic is gone ends its subscriptions", () =>
    withHub({}, async ({ hub, request, shards, weather, ring }) => {
      await request(A);
      weather.tags.set(topicOf("a"), "gone");
      await hub.changed();
      await ring();
      expect(allSaid(shards)).toContain("drop all");
    }));

  it("by which a topic is missing withholds what was not yet delivered, once; when it is back, it is announced anew", () =>
    withHub({}, async ({ hub, request, shards, weather, ring }) => {
      await request(A);
      for (const tag of ["missing", "missing", "first"]) {
        weather.tags.set(topicOf("a"), tag);
        await hub.changed();
        await ring();
      }
      expect(allSaid(shards)).toEqual([`subscribe ${A}`, "withhold", "announce first"]);
    }));

  it("is told to each shard that lacks it, though others have it", () =>
    withHub({ variables: { HUB_SHARD_SIZE: "1" } }, async ({ hub, request, shards, weather, ring }) => {
      await request(A);
      weather.tags.set(topicOf("a"), "second");
      await hub.changed();
      await ring();
      await request("https://reader.example.net/b");
      await ring();
      expect([...shards.values()].map(({ said }) => said.at(-1))).toEqual(["announce second", "announce second"]);
    }));

  it("is told to a shard that came while the topic was looked at, with what was read before", () =>
    withHub({ variables: { HUB_SHARD_SIZE: "1" } }, async ({ hub, request, shards, weather, ring }) => {
      await request(A);
      weather.tags.set(topicOf("a"), "second");
      weather.look = async () => {
        weather.look = async () => {};
        await request("https://reader.example.net/b");
      };
      await hub.changed();
      await ring();
      await ring();
      expect([...shards.values()].map(({ said }) => said.at(-1))).toEqual(["announce second", "announce second"]);
    }));

  it("of the site by which it has no hub any longer ends all subscriptions", () =>
    withHub({}, async ({ request, shards, restart, set, state }) => {
      await request(A);
      set.isOpen = false;
      const next = restart();
      await next.changed("v2");
      await fireAlarm(state, next);
      expect(allSaid(shards)).toEqual([`subscribe ${A}`, "drop all"]);
    }));
});

describe("a topic that is new", () => {
  it("is looked at at once, and alone", () =>
    withHub({}, async ({ hub, request, looks, ring, state }) => {
      for (const name of ["a", "b", "c"]) await request(A, name);
      await hub.changed();
      await ring();
      looks.length = 0;
      await request(A, "new");
      expect(await state.storage.getAlarm()).toBe(NOW + 1);
      await ring();
      expect(looks).toEqual([topicOf("new")]);
    }));
});

describe("a deployment", () => {
  it("is looked at once, by an object that has its code", () =>
    withHub({}, async ({ hub, state, ring, restart, set }) => {
      await hub.changed("v1");
      await ring();
      await hub.changed("v1");
      expect(await state.storage.getAlarm()).toBeNull();
      // The object is still the old one: what it sees is not yet what was deployed.
      await hub.changed("v2");
      await ring();
      set.deployment = "v2";
      const newer = restart();
      await newer.changed("v2");
      expect(await state.storage.getAlarm()).not.toBeNull();
      await fireAlarm(state, newer);
      await newer.changed("v2");
      expect(await state.storage.getAlarm()).toBeNull();
    }));
});

describe("a nudge from anybody", () => {
  it("makes the hub look, every ten seconds at most", () =>
    withHub({}, async ({ hub, state, ring, clock }) => {
      await hub.changed();
      await ring();
      // Looks that nobody nudged it to count for nothing.
      await hub.ping();
      expect(await state.storage.getAlarm()).not.toBeNull();
      await ring();
      await hub.ping();
      expect(await state.storage.getAlarm()).toBeNull();
      clock.now += 10_000;
      await hub.ping();
      expect(await state.storage.getAlarm()).not.toBeNull();
    }));
});

describe("the limits", () => {
  it("of a host hold, whatever has been counted so far, and a renewal is no new subscription", () =>
    withHub({ variables: { HUB_MOST_PER_HOST: "3" } }, async ({ request, shards }) => {
      for (const path of ["a", "b", "c"]) await request(`https://reader.example.net/${path}`, path);
      await request("https://reader.example.net/d", "d");
      await request("https://other.example.net/d", "d");
      await request("https://reader.example.net/a", "a");
      expect(allSaid(shards).filter((one) => one.startsWith("deny"))).toEqual([
        "deny https://reader.example.net/d: There are too many subscriptions of reader.example.net.",
      ]);
      expect(allSaid(shards).filter((one) => one.startsWith("subscribe"))).toHaveLength(5);
    }));

  it("of an address hold for all names that lead there", () =>
    withHub({ variables: { HUB_MOST_PER_HOST: "2" } }, async ({ request, shards }) => {
      for (const name of ["a", "b", "c"])
        await request(`https://${name}.example.net/`, "a", { address: "192.88.98.1" });
      expect(allSaid(shards).at(-1)).toBe(
        "deny https://c.example.net/: There are too many subscriptions of 192.88.98.1.",
      );
    }));

  it("of a topic hold", () =>
    withHub({ variables: { HUB_MOST_PER_TOPIC: "2" } }, async ({ request, shards }) => {
      for (const name of ["a", "b", "c"]) await request(`https://${name}.example.net/`);
      expect(allSaid(shards).at(-1)).toMatch(/^deny https:\/\/c\.example\.net\/: This topic has as many/);
    }));
});

describe("shards", () => {
  it("become twice as many when they are full; subscriptions are renewed, and ended, where they are", () =>
    withHub({ variables: { HUB_SHARD_SIZE: "4", HUB_MOST_PER_HOST: "100" } }, async ({ hub, request, shards }) => {
      const callbacks = Array.from({ length: 12 }, (_, index) => `https://reader.example.net/${index}`);
      for (const callback of callbacks) await request(callback);
      expect([...new Set([...shards.keys()].map(shardCountOf))]).toEqual([1, 2, 4]);
      for (const callback of callbacks) await request(callback);
      const kept = [...shards.values()].flatMap((shard) => [...shard.callbacks]);
      expect(kept.toSorted()).toEqual(callbacks.toSorted());
      for (const callback of callbacks) await request(callback, "a", { mode: "unsubscribe" });
      expect([...shards.values()].flatMap((shard) => [...shard.callbacks])).toEqual([]);
      expect((await hub.status("")).map(({ topic }) => topic)).toEqual([topicOf("a")]);
    }));

  it("are asked nothing for those who never subscribed and want to leave", () =>
    withHub({}, async ({ request, shards }) => {
      expect(await request(A, "a", { mode: "unsubscribe" })).toBe("accepted");
      expect(allSaid(shards)).toEqual([]);
    }));

  const EMPTY = { shard: `${topicOf("a")}#0/1`, topic: topicOf("a"), subscribers: 0, hosts: {} };

  it("are forgotten when they are empty, unless a request is on its way", () =>
    withHub({}, async ({ hub, request, shards }) => {
      await request(A);
      const [calls = 0] = shards.get(EMPTY.shard)?.calls ?? [];
      await hub.updateCounts({ ...EMPTY, calls: calls - 1 });
      expect(await hub.status("")).toHaveLength(1);
      await hub.updateCounts({ ...EMPTY, calls });
      expect(await hub.status("")).toEqual([]);
    }));

  it("that were forgotten get greater numbers with later requests than they have seen", () =>
    withHub({}, async ({ hub, request, shards, clock }) => {
      for (const path of ["a", "b", "c"]) await request(`https://reader.example.net/${path}`);
      const calls = Math.max(...(shards.get(EMPTY.shard)?.calls ?? []));
      await hub.updateCounts({ ...EMPTY, calls });
      clock.now += 1000;
      await request(A);
      expect(shards.get(EMPTY.shard)?.calls.at(-1)).toBeGreaterThan(calls);
    }));

  it("that were forgotten by mistake are known again by what they say, and get what is current", () =>
    withHub({}, async ({ hub, shards, ring }) => {
      await hub.updateCounts({ ...EMPTY, subscribers: 1, calls: 1 });
      await ring();
      expect(allSaid(shards)).toEqual(["announce first"]);
    }));

  it("that were forgotten while somebody was about to leave are looked at again", () =>
    withHub({}, async ({ hub, request, shards, weather, ring }) => {
      await request(A);
      await ring();
      const calls = shards.get(EMPTY.shard)?.calls.at(-1) ?? 0;
      weather.holds = async () => {
        weather.holds = async () => {};
        await hub.updateCounts({ ...EMPTY, calls });
        await hub.changed();
        await ring();
      };
      await request(A, "a", { mode: "unsubscribe" });
      await request("https://reader.example.net/b");
      weather.tags.set(topicOf("a"), "second");
      await hub.changed();
      await ring();
      expect(allSaid(shards)).toContain("announce second");
    }));

  it("that have said what became of a request keep it, though its answer was lost", () =>
    withHub({}, async ({ hub, request, weather, shards, ring }) => {
      weather.hear = async () => {
        const hosts = { "reader.example.net": 1 };
        await hub.updateCounts({ ...EMPTY, subscribers: 1, hosts, calls: NOW + 1 });
        throw new Error("the connection was lost");
      };
      await expect(request(A)).rejects.toThrow("lost");
      weather.tags.set(topicOf("a"), "second");
      await hub.changed();
      await ring();
      expect(allSaid(shards)).toContain("announce second");
    }));

  it("that are known again by what they say are not forgotten for what they said before", () =>
    withHub({}, async ({ hub, request, weather }) => {
      await hub.updateCounts({ ...EMPTY, subscribers: 1, calls: NOW + 5 });
      weather.hear = () => hub.updateCounts({ ...EMPTY, calls: NOW + 5 });
      await request(A);
      expect(await hub.status("")).toHaveLength(1);
    }));

  it("are full at their very size", () =>
    withHub({ variables: { HUB_SHARD_SIZE: "1" } }, async ({ request, shards }) => {
      await request(A);
      await request("https://reader.example.net/b");
      expect([...new Set([...shards.keys()].map(shardCountOf))]).toEqual([1, 2]);
    }));

  it("that a request did not reach count nothing for it", () =>
    withHub({ variables: { HUB_MOST_PER_HOST: "2" } }, async ({ hub, request, shards, weather, looks, ring }) => {
      weather.hear = () => Promise.reject(new Error("the object was reset"));
      for (let tries = 0; tries < 3; tries++) await expect(request(A)).rejects.toThrow("reset");
      expect(await hub.status("")).toEqual([]);
      await hub.changed();
      await ring();
      expect(looks).toEqual([]);
      weather.hear = async () => {};
      await request(A);
      await request("https://reader.example.net/b");
      expect(allSaid(shards)).toEqual([`subscribe ${A}`, "subscribe https://reader.example.net/b"]);
    }));
});

describe("hubs elsewhere", () => {
  const hubs = ["https://hub.example.net/", "https://other.example.org/hub"];

  it("are told of each topic that has changed, once", () =>
    withHub({ externalHubs: hubs }, async ({ hub, pings, weather, ring }) => {
      await hub.changed();
      await ring();
      expect(pings.toSorted()).toEqual(hubs.flatMap((one) => ["a", "b"].map((name) => `${one} ${topicOf(name)}`)));
      pings.length = 0;
      weather.tags.set(topicOf("b"), "second");
      await hub.changed();
      await ring();
      expect(pings.toSorted()).toEqual(hubs.map((one) => `${one} ${topicOf("b")}`));
    }));

  it("are told of topics as they are after the change", () =>
    withHub({ externalHubs: hubs.slice(0, 1) }, async ({ hub, weather, ring, refreshed, pings }) => {
      weather.publicTopics = ["a"];
      await hub.changed();
      await ring();
      refreshed.mockImplementation(() => {
        weather.publicTopics = ["a", "new"];
      });
      await hub.changed();
      await ring();
      expect(pings).toContain(`${hubs[0]} ${topicOf("new")}`);
    }));

  it("are told later where nobody can tell which topics there are", () =>
    withHub({ externalHubs: hubs.slice(0, 1) }, async ({ hub, weather, ring, clock, pings, state }) => {
      const { publicTopics } = weather;
      Object.defineProperty(weather, "publicTopics", {
        configurable: true,
        get() {
          throw new Error("the store does not answer");
        },
      });
      await hub.changed();
      await ring();
      expect([pings, await state.storage.getAlarm()]).toEqual([[], NOW + 10_000]);
      Object.defineProperty(weather, "publicTopics", { value: publicTopics });
      clock.now += 10_000;
      await ring();
      expect(pings).toHaveLength(2);
    }));

  it("are told soon, though a topic of our own has to wait", () =>
    withHub({ externalHubs: hubs.slice(0, 1) }, async ({ hub, weather, clock, ring, state, request }) => {
      weather.publicTopics = Array.from({ length: 60 }, (_, index) => `t${index}`);
      await request(A, "own");
      weather.look = async (topic) => {
        if (topic === topicOf("own")) throw new Error("no");
      };
      await hub.changed();
      // Time passes meanwhile.
      let time = NOW;
      Object.defineProperty(clock, "now", { get: () => time++ });
      await ring();
      expect(await state.storage.getAlarm()).toBeLessThan(time + 10);
    }));

  it("are told a last time of a topic that is no longer among the public ones", () =>
    withHub({ externalHubs: hubs.slice(0, 1) }, async ({ hub, pings, weather, ring, looks }) => {
      await hub.changed();
      await ring();
      pings.length = 0;
      weather.publicTopics = ["a"];
      for (const tag of ["second", "third"]) {
        weather.tags.set(topicOf("b"), tag);
        await hub.changed();
        await ring();
      }
      expect(pings).toEqual([`${hubs[0]} ${topicOf("b")}`]);
      looks.length = 0;
      await hub.changed();
      await ring();
      expect(looks).toEqual([topicOf("a")]);
    }));

  it("are told nothing any longer once site.yaml does not name them, and all when it does again", () =>
    withHub({ externalHubs: hubs }, async ({ hub, pings, weather, ring, restart, set, state, clock }) => {
      weather.ping = () => new Response(null, { status: 500 });
      await hub.changed();
      await ring();
      const [kept = "", left = ""] = hubs;
      for (const [named, expected] of [
        [[kept], [`${kept} ${topicOf("a")}`, `${kept} ${topicOf("b")}`]],
        [hubs, [kept, left].flatMap((one) => [`${one} ${topicOf("a")}`, `${one} ${topicOf("b")}`])],
      ] as const) {
        pings.length = 0;
        clock.now += 24 * 3_600_000;
        set.externalHubs = named;
        const next = restart();
        await next.changed();
        await fireAlarm(state, next);
        expect(pings.toSorted()).toEqual(expected);
      }
    }));

  it("are told again later where they fail, eight times, though a topic of our own fails too", () =>
    withHub({ externalHubs: hubs.slice(0, 1) }, async ({ hub, pings, weather, ring, clock, request, state }) => {
      weather.ping = () => new Response(null, { status: 500 });
      await hub.changed();
      await ring();
      expect(await state.storage.getAlarm()).toBe(NOW + 60_000);
      await request(A, "own");
      weather.look = async (topic) => {
        if (topic === topicOf("own")) throw new Error("no");
      };
      await hub.changed();
      for (let count = 0; count < 12; count++) {
        clock.now += 6 * 3_600_000;
        await ring();
      }
      expect(pings.filter((one) => one.endsWith(topicOf("a")))).toHaveLength(8);
      weather.tags.set(topicOf("a"), "second");
      await hub.changed();
      for (let count = 0; count < 12; count++) {
        clock.now += 6 * 3_600_000;
        await ring();
      }
      expect(pings.filter((one) => one.endsWith(topicOf("a")))).toHaveLength(16);
    }));
});
