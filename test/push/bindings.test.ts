import { afterEach, describe, expect, it, vi } from "vitest";
import { version } from "../../package.json";
import { guardedFetch } from "../../src/outbound/guarded-fetch.ts";
import {
  checkHubVariables,
  consumerContextOf,
  createOutboundForRequest,
  hubDependencies,
  hubOf,
  isHubBound,
  shardDependencies,
} from "../../src/push/bindings.ts";
import type { Hub, Shard } from "../../src/push/rpc.ts";

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
      refresh: async () => {},
    });
    const deliveries = consumerContextOf({ url, signature: "sha256" }, bindings);
    for (const client of [outbound, hub.outbound, deliveries.outbound])
      await guardedFetch(client, "https://news.example.net/");
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
    expect(agents).toEqual(Array(5).fill(`Feedwright/${version} (+https://courier.example.org/hub)`));
  });
});

describe("the hub", () => {
  const unused = (): never => {
    throw new Error("nobody calls this");
  };
  const HUB = { getByName: unused };
  const TOPICS = { getByName: unused };
  const DELIVERIES = { sendBatch: unused };

  it.each([
    ["all three bindings", { HUB, TOPICS, DELIVERIES }, true],
    ["no HUB", { TOPICS, DELIVERIES }, false],
    ["no TOPICS", { HUB, DELIVERIES }, false],
    ["no DELIVERIES", { HUB, TOPICS }, false],
    ["nothing", {}, false],
  ])("is bound or not: %s", (_, bindings, expected) => {
    expect(isHubBound(bindings)).toBe(expected);
  });

  it("has no other settings than it knows, and says so of a wrong one", () => {
    const bindings = { HUB, TOPICS, DELIVERIES, HUB_LIMIT: { limit: unused } };
    expect(() => checkHubVariables({ ...bindings, HUB_CLAIM: "60" })).not.toThrow();
    expect(() => checkHubVariables({ ...bindings, HUB_CLAIM: "soon" })).toThrow("HUB_CLAIM is `soon`");
    const misspelt = { ...bindings, HUB_RETRYAFTER: "5" };
    expect(() => checkHubVariables(misspelt)).toThrow(
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

describe("what push works with", () => {
  const notCalled = async (): Promise<never> => {
    throw new Error("nobody calls this");
  };

  it("is the one hub, to which shards report, and shards by their names", async () => {
    const calls: (readonly unknown[])[] = [];
    const hub: Hub = {
      ...{ admit: notCalled, changed: notCalled, ping: notCalled, status: notCalled, drop: notCalled },
      ...{ replay: notCalled, updateCounts: async (counts) => void calls.push(["counts", counts]) },
    };
    const shard: Shard = {
      ...{ request: notCalled, deny: notCalled, publish: notCalled, takeBatch: notCalled, status: notCalled },
      ...{ reportOutcomes: notCalled, takeVerifications: notCalled, reportVerifications: notCalled, has: notCalled },
      ...{ suspend: notCalled, drop: notCalled, replay: notCalled },
    };
    const named = <Stub>(stub: Stub) => ({
      getByName(name: string): Stub {
        calls.push(["name", name]);
        return stub;
      },
    });
    const bindings = { HUB: named(hub), TOPICS: named(shard) };
    expect(hubOf(bindings)).toBe(hub);
    expect(consumerContextOf({ url: "https://courier.example", signature: "sha1" }, bindings).shard("x#0/1")).toBe(
      shard,
    );
    const counts = { shard: "x#0/1", topic: "x", calls: 1, subscribers: 0, hosts: {} };
    await shardDependencies("https://courier.example", bindings, "").reportCounts(counts);
    expect(calls).toEqual([
      ["name", "hub"],
      ["name", "x#0/1"],
      ["name", "hub"],
      ["counts", counts],
    ]);
  });

  it("says which binding is missing when it is needed", async () => {
    const { enqueue } = shardDependencies("https://courier.example", {}, "");
    expect(() => hubOf({})).toThrow("The built-in hub takes HUB in wrangler.toml");
    await expect(enqueue([{ shard: "x#0/1", batch: 1 }])).rejects.toThrow("The built-in hub takes DELIVERIES in");
  });

  it("is challenges that nobody can guess, another one each time", () => {
    const { challenge } = shardDependencies("https://courier.example", {}, "");
    const challenges = Array.from({ length: 100 }, challenge);
    expect(new Set(challenges).size).toBe(100);
    expect(challenges.filter((one) => !/^[\w-]{32}$/.test(one))).toEqual([]);
  });
});

describe("the consumer of one message", () => {
  const channel = { url: "https://courier.example.org", signature: "sha384" } as const;

  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("gives callbacks the whole time-out, signs as the site says, and looks no host up twice", async () => {
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (input: string) => {
      asked.push(new URL(input).searchParams.get("type") ?? "");
      return Response.json({ Status: 0, Answer: [{ type: 1, data: "93.184.215.14" }] });
    });
    const bindings = { DNS_URL: "https://dns.example.com/dns-query", HUB_TIME_OUT: "7" };
    const { outbound, signature } = consumerContextOf(channel, bindings);
    expect([outbound.timeoutMs, signature]).toEqual([7000, "sha384"]);
    for (const path of ["a", "b"]) expect(await outbound.check(`https://news.example.net/${path}`)).toBeUndefined();
    expect(asked).toEqual(["A", "AAAA"]);
    await consumerContextOf(channel, bindings).outbound.check("https://news.example.net/");
    expect(asked).toHaveLength(4);
  });

  it("shares with those of other messages who hangs, with and without patience, and the payloads: 16 MB at most", () => {
    const [one, two] = [consumerContextOf(channel, {}), consumerContextOf(channel, {})];
    expect(two.hangs).toBe(one.hangs);
    expect(two.patientHangs).toBe(one.patientHangs);
    expect(two.payloads).toBe(one.payloads);
    expect(one.hangs).not.toBe(one.patientHangs);
    const payload = {
      etag: "a",
      topic: "x",
      hubUrl: "",
      contentType: "text/xml",
      body: new Uint8Array(4 * 1024 * 1024 - 5000),
    };
    for (const name of ["a", "b", "c", "d"]) one.payloads.set(name, payload);
    const held = () => ["a", "b", "c", "d", "e"].filter((name) => two.payloads.get(name) !== undefined);
    expect(held()).toEqual(["a", "b", "c", "d"]);
    one.payloads.set("e", { ...payload, body: new Uint8Array(1) });
    expect(held()).toEqual(["b", "c", "d", "e"]);
  });
});
