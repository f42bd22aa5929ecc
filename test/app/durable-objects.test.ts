import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { ContentSource } from "../../src/app/content-source.ts";
import { createWorker } from "../../src/app/create-worker.ts";
import type { Env } from "../../src/app/environment.ts";
import type { Hub, Shard } from "../../src/push/rpc.ts";
import { compileText, ORIGIN, site, story } from "../fixtures/publication.ts";
import { fireAlarm, inDurableObject, NOW } from "../push/in-durable-object.ts";
import { assetsOf } from "../routes/support/serve.ts";

const EXTERNAL = "https://hub.example.net/";
const MINUTE = 60_000;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A worker whose site names these hubs, and what its objects call. */
const openWorker = async (hubs: readonly string[], recompile?: ContentSource["recompile"]) => {
  const printed: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
  const calls: string[] = [];
  const hub: Hub = {
    admit: async () => "accepted",
    changed: async (deployment) => void calls.push(`changed ${deployment ?? "stories"}`),
    ping: async () => {},
    updateCounts: async ({ topic }) => void calls.push(`counts ${topic}`),
    status: async () => [],
    drop: async () => 0,
    replay: async () => 0,
  };
  const bindings: Env = {
    ...env,
    ASSETS: assetsOf({}),
    HUB: { getByName: () => hub },
    TOPICS: {
      getByName: (): never => {
        throw new Error("no shard is known");
      },
    },
    DELIVERIES: {
      async sendBatch(messages) {
        for (const { body } of messages) calls.push(`${body.kind} of ${body.shard}`);
        return { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };
      },
    },
  };
  const publication = await compileText({
    "site.yaml": site({ hubs }),
    "old.md": story("old", { published: "2026-01-01T00:00:00Z" }),
    "soon.md": story("soon", { published: new Date(NOW + MINUTE).toISOString() }),
  });
  const clock = { now: NOW };
  const platform = { now: () => clock.now, waitUntil: () => {} };
  const worker = createWorker(publication, platform, ({ bundled }) => ({
    store: { ...bundled, refresh: () => void calls.push("refresh") },
    contracts: bundled.contracts,
    assets: assetsOf({}),
    ...(recompile && { recompile }),
  }));
  return { worker, bindings, calls, printed, clock, deployment: worker.open(bindings).deployment };
};

/** Has requests to hubs elsewhere recorded. */
const recordPings = (): string[] => {
  const pings: string[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    pings.push(`${url} ${new URLSearchParams(String(init.body)).get("hub.url")}`);
    return new Response(null, { status: 204 });
  });
  return pings;
};

describe("the hub", () => {
  it("has the store read anew before it checks feeds", () =>
    inDurableObject(async (state) => {
      const { worker, bindings, calls } = await openWorker(["built-in"]);
      const hub = new worker.Hub(state, bindings);
      await hub.changed();
      await fireAlarm(state, hub);
      expect(calls).toContain("refresh");
    }));

  it("tells hubs elsewhere of all public feeds, and not itself", () =>
    inDurableObject(async (state) => {
      const pings = recordPings();
      const { worker, bindings, deployment } = await openWorker(["built-in", EXTERNAL]);
      const hub = new worker.Hub(state, bindings);
      await hub.changed(deployment);
      for (let times = 0; times < 3; times++) await fireAlarm(state, hub);
      expect(pings).toContain(`${EXTERNAL} ${ORIGIN}/rss.xml`);
      expect(pings.filter((ping) => !ping.startsWith(EXTERNAL))).toEqual([]);
    }));
});

describe("the hub, off for want of a queue while there is one elsewhere,", () => {
  const notCalled = (): never => {
    throw new Error("nobody calls this");
  };

  it("ends none of its subscriptions", () =>
    inDurableObject(async (state) => {
      vi.spyOn(console, "warn").mockImplementation(() => {});
      recordPings();
      const { bindings, calls } = await openWorker(["built-in", EXTERNAL]);
      const shard: Shard = {
        ...{ has: notCalled, deny: notCalled, suspend: notCalled, replay: notCalled, status: notCalled },
        ...{
          takeBatch: notCalled,
          reportOutcomes: notCalled,
          takeVerifications: notCalled,
          reportVerifications: notCalled,
        },
        request: async () => true,
        publish: async () => void calls.push("publish"),
        async drop() {
          calls.push("drop");
          return 1;
        },
      };
      const { DELIVERIES: _, ...unbound } = { ...bindings, TOPICS: { getByName: () => shard } };
      const off = createWorker(await compileText({ "site.yaml": site({ hubs: ["built-in", EXTERNAL] }) }), {
        ...{ now: () => NOW, waitUntil: () => {} },
      });
      expect(off.open(unbound).site.store.channel.hubs).toEqual([EXTERNAL]);
      const hub = new off.Hub(state, unbound);
      const topic = `${ORIGIN}/rss.xml`;
      await hub.admit("", { protocol: "websub", mode: "subscribe", topic, callback: "https://reader.example.net/" });
      await hub.changed("another");
      await fireAlarm(state, hub);
      expect(calls.filter((call) => call === "publish" || call === "drop")).toEqual(["publish"]);
    }));
});

describe("the scheduler", () => {
  it.each([
    ["tells the hub", ["built-in"], ["changed stories"]],
    ["tells the hub, which tells another one", [EXTERNAL], ["changed stories"]],
    ["has nobody to tell", [], []],
  ])("%s at each check: hubs %j", (_, hubs, expected) =>
    inDurableObject(async (state) => {
      const { worker, bindings, calls, printed, clock } = await openWorker(hubs);
      const scheduler = new worker.Scheduler(state, bindings);
      await scheduler.check();
      expect(calls.filter((call) => call !== "refresh")).toEqual(expected);
      expect(calls).toContain("refresh");
      expect(await state.storage.getAlarm()).toBe(NOW + MINUTE);
      clock.now += MINUTE;
      await fireAlarm(state, scheduler);
      expect(printed).toEqual(["appeared or left: soon"]);
    }),
  );

  it("compiles stored stories again, step by step", () =>
    inDurableObject(async (state) => {
      const steps = [true, false];
      const recompile = vi.fn(async () => steps.shift() ?? false);
      const { worker, bindings, clock } = await openWorker([], recompile);
      const scheduler = new worker.Scheduler(state, bindings);
      await scheduler.check();
      expect(await state.storage.getAlarm()).toBe(NOW + 1000);
      clock.now += 1000;
      await fireAlarm(state, scheduler);
      expect(recompile).toHaveBeenCalledTimes(2);
      expect(await state.storage.getAlarm()).toBe(NOW + MINUTE);
    }));
});

describe("a shard", () => {
  it("reports to the hub, and has callbacks asked by way of the queue", () =>
    inDurableObject(async (state) => {
      const { worker, bindings, calls } = await openWorker(["built-in"]);
      const topic = `${ORIGIN}/rss.xml`;
      const shard = new worker.TopicShard(state, bindings);
      await shard.request(
        { name: `${topic}#0/1`, topic, calls: 1 },
        { protocol: "websub", mode: "subscribe", topic, callback: "https://reader.example.net/" },
      );
      await fireAlarm(state, shard);
      expect(calls).toEqual(expect.arrayContaining([`counts ${topic}`, `verification of ${topic}#0/1`]));
    }));
});
