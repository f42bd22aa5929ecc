import { afterEach, describe, expect, it, vi } from "vitest";
import { version } from "../../package.json";
import { guardedFetch } from "../../src/outbound/guarded-fetch.ts";
import {
  consumerContextOf,
  createOutboundForRequest,
  hubDependencies,
  requireHub,
  shardDependencies,
} from "../../src/push/bindings.ts";

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
