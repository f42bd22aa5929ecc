import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import type { ContentSource } from "../../src/app/content-source.ts";
import { createWorker } from "../../src/app/create-worker.ts";
import type { Env } from "../../src/app/environment.ts";
import { NewerDataError } from "../../src/lib/newer-data-error.ts";
import type { Hub, Shard } from "../../src/push/rpc.ts";
import { compileText, GIF, ORIGIN, site, story } from "../fixtures/publication.ts";
import { assetsOf } from "../routes/support/serve.ts";

const NOW = Date.parse("2026-03-01T12:00:00Z");

const notCalled = async (): Promise<never> => {
  throw new Error("nobody calls this");
};

let log: MockInstance;

beforeEach(() => {
  log = vi.spyOn(console, "error").mockImplementation(() => {});
  vi.spyOn(console, "warn").mockImplementation(() => {});
});

afterEach(() => vi.restoreAllMocks());

/** A worker, what it is bound to, what it calls of that, and what it does after its responses. */
const openWorker = async (source: Partial<ContentSource> = {}, hubs: readonly string[] = []) => {
  const calls: string[] = [];
  const later: Promise<unknown>[] = [];
  const hubOf = (name: string): Hub => ({
    ...{ admit: notCalled, ping: notCalled, updateCounts: notCalled },
    ...{ status: notCalled, drop: notCalled, replay: notCalled },
    changed: async (deployment) => void calls.push(`changed ${name} ${deployment}`),
  });
  const shardOf = (name: string): Shard => ({
    ...{ request: notCalled, deny: notCalled, publish: notCalled, has: notCalled, suspend: notCalled },
    ...{ drop: notCalled, replay: notCalled, status: notCalled, reportOutcomes: notCalled },
    ...{ reportVerifications: notCalled },
    async takeBatch(batch) {
      calls.push(`deliver ${batch} of ${name}`);
      return undefined;
    },
    async takeVerifications(batch) {
      calls.push(`verify ${batch} of ${name}`);
      return undefined;
    },
  });
  const { SCHEDULER } = env;
  if (SCHEDULER === undefined) throw new Error("there is no scheduler");
  const scheduler = SCHEDULER.getByName("scheduler");
  vi.spyOn(SCHEDULER, "getByName").mockImplementation((name) => {
    calls.push(`wake ${name}`);
    return scheduler;
  });
  const bindings: Env = {
    ASSETS: assetsOf({}),
    VERSION: { id: "v7", tag: "", timestamp: "2026-02-01T00:00:00Z" },
    HUB: { getByName: hubOf },
    TOPICS: { getByName: shardOf },
    SCHEDULER,
  };
  const publication = await compileText({
    "site.yaml": site({ language: "de", hubs }),
    "a.md": story("a", {}, "![x](media/x.gif)"),
    "media/x.gif": GIF,
  });
  const platform = { now: () => NOW, waitUntil: (work: Promise<unknown>) => void later.push(work) };
  const worker = createWorker(publication, platform, ({ bundled }) => ({
    ...{ store: bundled, contracts: bundled.contracts, assets: assetsOf({}) },
    ...source,
  }));
  const request = (path: string, init: RequestInit = {}): Promise<Response> =>
    worker.fetch(new Request(`${ORIGIN}${path}`, init), bindings);
  const settle = () => Promise.all(later.splice(0));
  return { worker, bindings, calls, request, settle };
};

const html = { headers: { accept: "text/html" } };

describe("the first request", () => {
  it("has the hub told, after it is answered and once, which version runs", async () => {
    const { worker, bindings, request, settle, calls } = await openWorker();
    for (const path of ["/rss.xml", "/nowhere", "/rss.xml"]) await request(path);
    await settle();
    expect(calls).toEqual([`changed hub ${worker.open(bindings).deployment}`]);
  });

  it.each<readonly [hubs: readonly string[], told: number]>([
    [[], 1],
    [["built-in"], 0],
    [["built-in", "https://hub.example.net/"], 1],
  ])("tells no hub that is off only for want of a binding: it would end its subscriptions (%j)", async (hubs, told) => {
    const { request, settle, calls } = await openWorker({}, hubs);
    expect((await request("/rss.xml")).status).toBe(200);
    await settle();
    expect(calls).toHaveLength(told);
  });

  it("wakes the scheduler where stories may have to be compiled again", async () => {
    const { request, settle, calls } = await openWorker({ recompile: async () => false });
    for (let times = 0; times < 2; times++) await request("/rss.xml");
    await settle();
    expect(calls.filter((call) => call.startsWith("wake"))).toEqual(["wake scheduler"]);
    expect(calls.filter((call) => call.startsWith("changed"))).toHaveLength(1);
  });
});

it("a HEAD is answered as a GET, without the body", async () => {
  const { request, settle } = await openWorker();
  for (const path of ["/rss.xml", "/", "/articles/a", "/nowhere"]) {
    const [get, head] = [await request(path), await request(path, { method: "HEAD" })];
    expect([head.status, [...head.headers]]).toEqual([get.status, [...get.headers]]);
    expect(await get.text()).not.toBe("");
    expect(head.body).toBeNull();
  }
  await settle();
});

describe("a request that fails", () => {
  const failing = (error: Error): Partial<ContentSource> => ({
    assets: {
      fetch: async () => {
        throw error;
      },
    },
  });

  it.each<[string, Error, number]>([
    ["500", new Error("a secret"), 500],
    ["503 if the data is newer than the code", new NewerDataError("a secret"), 503],
  ])("is answered %s, in the language of the site, and logged", async (_, error, status) => {
    const { request, settle } = await openWorker(failing(error));
    const response = await request("/media/x.gif", html);
    await settle();
    expect([response.status, response.headers.get("retry-after")]).toEqual([status, "60"]);
    const text = await response.text();
    expect(text).toContain('<html lang="de" dir="ltr">');
    expect(text).not.toContain("a secret");
    expect(log).toHaveBeenCalledWith("request failed", error);
  });

  it("is answered 500 in English if the site can't be opened", async () => {
    const worker = createWorker(await compileText({}), { now: () => NOW, waitUntil: () => {} }, () => {
      throw new Error("a secret");
    });
    const response = await worker.fetch(new Request(ORIGIN, html), { ASSETS: assetsOf({}) });
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('<html lang="en" dir="ltr">');
  });
});

describe("the cron trigger", () => {
  it("wakes the scheduler and deletes media that nobody uses", async () => {
    const calls: string[] = [];
    const opened = await openWorker({ deleteUnusedMedia: async () => void calls.push("deleted") });
    await opened.worker.scheduled(createScheduledController(), opened.bindings);
    expect([...opened.calls, ...calls]).toEqual(["wake scheduler", "deleted"]);
  });

  it("fails if that fails, so that it is seen", async () => {
    const { worker, bindings } = await openWorker({ deleteUnusedMedia: () => Promise.reject(new Error("no bucket")) });
    await expect(worker.scheduled(createScheduledController(), bindings)).rejects.toThrow("no bucket");
  });
});

it("every message of the queue is done, each by its own shard", async () => {
  const { worker, bindings, calls, settle } = await openWorker();
  const bodies = [
    { shard: "one", batch: 7 },
    { shard: "two", batch: 8, kind: "verification" },
    { shard: "three", batch: 9 },
  ] as const;
  const messages = bodies.map((body, index) => ({
    ...{ body, id: `${index}`, timestamp: new Date(NOW), attempts: 1 },
    ...{ ack: () => {}, retry: () => {} },
  }));
  const batch = { messages, queue: "deliveries", ackAll: () => {}, retryAll: () => {} };
  await worker.queue({ ...batch, metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } }, bindings);
  await settle();
  expect(calls.toSorted()).toEqual(["deliver 7 of one", "deliver 9 of three", "verify 8 of two"]);
});
