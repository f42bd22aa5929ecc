import { resolve } from "node:path";
import * as v from "valibot";
import { afterEach, describe, expect, it, vi } from "vitest";
import { unstable_readConfig as readConfig } from "wrangler";
import { version } from "../../package.json";
import { guardedFetch } from "../../src/outbound/guarded-fetch.ts";
import {
  consumerContextOf,
  createOutboundForRequest,
  hubDependencies,
  requireHub,
  shardDependencies,
} from "../../src/push/bindings.ts";

// What push takes of wrangler.toml, as wrangler itself reads it. Its own types for it are not published.
const Config = v.object({
  compatibility_flags: v.array(v.string()),
  durable_objects: v.object({ bindings: v.array(v.object({ name: v.string(), class_name: v.string() })) }),
  migrations: v.array(v.object({ new_sqlite_classes: v.optional(v.array(v.string()), []) })),
  queues: v.object({
    producers: v.array(v.object({ binding: v.string(), queue: v.string() })),
    consumers: v.array(v.object({ queue: v.string(), max_batch_size: v.number(), max_retries: v.number() })),
  }),
  assets: v.object({
    directory: v.string(),
    binding: v.string(),
    run_worker_first: v.boolean(),
    html_handling: v.string(),
  }),
  ratelimits: v.array(v.object({ name: v.string(), simple: v.object({ limit: v.number(), period: v.number() }) })),
});

const read = (env?: string) =>
  v.parse(
    Config,
    readConfig({
      config: resolve(import.meta.dirname, "../../wrangler.toml"),
      ...(env !== undefined && { env }),
    }),
  );

describe.each<[string, string | undefined]>([
  ["the bundled site", undefined],
  ["the newsroom", "newsroom"],
])("wrangler.toml, for %s", (_, environment) => {
  const { assets, compatibility_flags, durable_objects, migrations, queues, ratelimits } = read(environment);

  it("has files of media served by the worker only: it knows which are public", () => {
    expect(assets).toMatchObject({ binding: "ASSETS", run_worker_first: true, html_handling: "none" });
  });

  it("has requests to callbacks go the way of the internet", () => {
    expect(compatibility_flags).toContain("global_fetch_strictly_public");
  });

  it("lets messages of the queue go on while callbacks let us wait", () => {
    expect(compatibility_flags).toContain("queue_consumer_no_wait_for_wait_until");
  });

  it("binds the hub and its topics, kept in SQLite", () => {
    const classes = Object.fromEntries(durable_objects.bindings.map(({ name, class_name }) => [name, class_name]));
    expect(classes).toMatchObject({ HUB: "Hub", TOPICS: "TopicShard" });
    const inSqlite = migrations.flatMap(({ new_sqlite_classes }) => new_sqlite_classes);
    expect(inSqlite).toEqual(expect.arrayContaining(["Hub", "TopicShard"]));
  });

  it("binds the queue of deliveries, and consumes the very queue that it sends to", () => {
    const sent = queues.producers.find(({ binding }) => binding === "DELIVERIES")?.queue;
    expect(sent).toMatch(/deliveries$/);
    expect(queues.consumers).toEqual([{ queue: sent, max_batch_size: 1, max_retries: 0 }]);
  });

  it("limits how often one address may send requests to the hub", () => {
    expect(ratelimits.map(({ name }) => name)).toContain("HUB_LIMIT");
  });

  it("limits what one address requests that does not exist, to sixty in a minute", () => {
    expect(ratelimits).toContainEqual({ name: "MISS_LIMIT", simple: { limit: 60, period: 60 } });
  });
});

describe("the two environments", () => {
  it("have queues of their own", () => {
    const [bundled, newsroom] = [read(), read("newsroom")].map(({ queues }) => queues.producers[0]?.queue);
    expect(bundled).not.toBe(newsroom);
  });
});

describe("DNS_URL", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("has names looked up there, once for each piece of work, and private addresses refused", async () => {
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (input: string) => {
      const { origin, searchParams } = new URL(input);
      asked.push(`${origin} ${searchParams.get("name")} ${searchParams.get("type")}`);
      return Response.json({ Status: 0, Answer: [{ type: 1, data: "10.0.0.1" }] });
    });
    const { check } = createOutboundForRequest("https://courier.example.org", {
      DNS_URL: "https://dns.example.com/dns-query",
    });
    for (const path of ["a", "b"]) {
      expect(await check(`https://news.example.net/${path}`)).toBe("has a host that leads into a private network");
    }
    expect(asked).toEqual(["A", "AAAA"].map((type) => `https://dns.example.com news.example.net ${type}`));
  });

  it("is not needed", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new Error("nothing is looked up")));
    const { check } = createOutboundForRequest("https://courier.example.org", {});
    expect(await check("https://news.example.net/")).toBeUndefined();
  });
});

describe("every request that push sends", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("says which version of Feedwright sends it, and the address of the hub", async () => {
    const agents: (string | null)[] = [];
    vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
      agents.push(new Headers(init.headers).get("user-agent"));
      return Response.json({ Status: 0, Answer: [] });
    });
    const url = "https://courier.example.org";
    const bindings = { DNS_URL: "https://dns.example.com/dns-query" };
    const outbound = createOutboundForRequest(url, bindings);
    await outbound.check("https://news.example.net/");
    const hub = hubDependencies(url, bindings, {
      deployment: "one",
      editionOf: async () => ({ kind: "missing" }),
      isOpen: true,
      externalHubs: [],
      publicTopics: async () => [],
      refresh: () => {},
    });
    const deliveries = consumerContextOf({ url, signature: "sha256" }, bindings);
    for (const client of [outbound, hub.outbound, deliveries.outbound])
      await guardedFetch(client, "https://news.example.net/");
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
    expect(agents).toEqual(Array(5).fill(`Feedwright/${version} (+https://courier.example.org/hub)`));
  });
});

describe("push without its bindings", () => {
  it("says which ones are missing", () => {
    expect(() => requireHub({})).toThrow(
      "The built-in hub takes HUB, TOPICS, DELIVERIES in wrangler.toml: docs/push.md",
    );
  });

  it("says so if a variable is no setting", () => {
    const unused = (): never => {
      throw new Error("nobody calls this");
    };
    const bindings = { HUB: { getByName: unused }, TOPICS: { getByName: unused }, DELIVERIES: { sendBatch: unused } };
    expect(() => requireHub({ ...bindings, HUB_LIMIT: { limit: unused }, HUB_CLAIM: "60" })).not.toThrow();
    const misspelt = { ...bindings, HUB_RETRYAFTER: "5" };
    expect(() => requireHub(misspelt)).toThrow(
      /^HUB_RETRYAFTER is no setting of the hub\. There are .*HUB_RETRY_AFTER/,
    );
  });
});

describe("the queue of deliveries", () => {
  // https://developers.cloudflare.com/queues/platform/limits/: 100 messages a batch. The local queue takes any number.
  it.each([
    [0, []],
    [1, [1]],
    [100, [100]],
    [101, [100, 1]],
    [250, [100, 100, 50]],
  ])("gets %i messages, a hundred in one call, each once and in their order", async (count, sizes) => {
    const calls: (readonly unknown[])[] = [];
    const sendBatch = async (messages: Iterable<{ readonly body: unknown }>) => {
      calls.push(Array.from(messages, ({ body }) => body));
      return { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };
    };
    const { enqueue } = shardDependencies("https://courier.example", { DELIVERIES: { sendBatch } }, "");
    const messages = Array.from({ length: count }, (_, batch) => ({ shard: "one", batch }));
    await enqueue(messages);
    expect(calls.map(({ length }) => length)).toEqual(sizes);
    expect(calls.flat()).toEqual(messages);
  });
});
