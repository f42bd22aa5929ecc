import { beforeEach, describe, expect, it, vi } from "vitest";
import type { HubRequest } from "../../src/push/protocol/websub.ts";
import type { Hub } from "../../src/push/rpc.ts";
import { editionOf, publicTopics } from "../../src/routes/topics.ts";
import { instant, ORIGIN, site } from "../fixtures/publication.ts";
import { moody } from "./moody.ts";
import { emptyDatabase, type Office, openOffice, story } from "./newsroom.ts";

// The doors to the hub, and what it is told of the feeds. The hub itself stands in test/push.

const NOW = instant("2026-03-01T12:00:00Z");
const FILES = { "site.yaml": site({ hubs: ["built-in", "https://hub.example.net/"], feedLength: 3 }) };

const topic = (path: string): string => ORIGIN + path;

let office: Office;
let state: ReturnType<typeof moody>["state"];
let admitted: HubRequest[];
let within: number;
let hubFails: boolean;

const hub: Hub = {
  async admit(_etag, request) {
    if (hubFails) throw new Error("the object was reset");
    admitted.push(request);
    return "accepted";
  },
  changed: async () => {},
  async ping() {
    if (hubFails) throw new Error("the object was reset");
  },
  updateCounts: async () => {},
  status: async () => [],
  drop: async () => 1,
  replay: async () => 1,
};

beforeEach(async () => {
  admitted = [];
  within = 1000;
  hubFails = false;
  const one = moody(await emptyDatabase());
  state = one.state;
  const bindings = {
    HUB: { getByName: () => hub },
    TOPICS: {
      getByName: (): never => {
        throw new Error("no door leads to a shard");
      },
    },
    DELIVERIES: { sendBatch: async () => ({ metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } }) },
    HUB_LIMIT: { limit: async () => ({ success: within-- > 0 }) },
  };
  office = await openOffice({
    now: NOW,
    database: one.database,
    files: FILES,
    bindings,
    timeoutMs: 200,
  });
  await office.put("first", story("first", { tags: ["News"] }));
});

const post = (path: string, form: Readonly<Record<string, string>>): Promise<Response> =>
  office.fetch(path, { method: "POST", body: new URLSearchParams(form) });

const ask = (mode: string, path = "/rss.xml"): Promise<Response> =>
  post("/hub", {
    "hub.mode": mode,
    "hub.topic": topic(path),
    "hub.url": topic(path),
    "hub.callback": "https://reader.example.net/",
  });

const pleaseNotify = (): Promise<Response> =>
  post("/rsscloud/pleaseNotify", { domain: "reader.example.net", path: "/", port: "80", url1: topic("/rss.xml") });

describe("the door to the hub", () => {
  it.each(["throws", "hangs"] as const)(
    "says when to come again while the database %s; who leaves, leaves",
    async (mood) => {
      const log = vi.spyOn(console, "error").mockImplementation(() => {});
      state.mood = mood;
      office.clock.now += 60_000;
      const response = await ask("subscribe");
      expect([response.status, response.headers.get("retry-after")]).toEqual([503, "60"]);
      expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
      expect(await response.text()).toBe("The hub does not answer. Send it again later.\n");
      expect((await pleaseNotify()).status).toBe(503);
      expect((await ask("unsubscribe")).status).toBe(202);
      expect(admitted.map((one) => one.mode)).toEqual(["unsubscribe"]);
      log.mockRestore();
    },
  );

  it.each(["subscribe", "unsubscribe", "publish"])("says when to come again while the hub fails: %s", async (mode) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    hubFails = true;
    const response = await ask(mode);
    expect([response.status, response.headers.get("content-type")]).toEqual([503, "text/plain; charset=utf-8"]);
    expect(log).toHaveBeenCalledWith(expect.any(String), new Error("the object was reset"));
    log.mockRestore();
  });

  it("lets those leave whose feed is missing", async () => {
    expect((await ask("subscribe", "/tags/none/rss.xml")).status).toBe(404);
    expect((await ask("unsubscribe", "/tags/none/rss.xml")).status).toBe(202);
  });

  it("is closed to those who ask too often", async () => {
    within = 0;
    for (const response of [await ask("subscribe"), await pleaseNotify()])
      expect([response.status, response.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(admitted).toEqual([]);
  });
});

describe("a form of rssCloud", () => {
  it("counts as many times as it names feeds", async () => {
    within = 2;
    const urls = { url1: topic("/rss.xml"), url2: topic("/atom.xml"), url3: topic("/feed.json") };
    const response = await post("/rsscloud/pleaseNotify", {
      domain: "reader.example.net",
      path: "/",
      port: "80",
      ...urls,
    });
    expect(response.status).toBe(429);
    expect(await response.text()).toContain("Feed 3: Too many requests. Wait a minute. Those before it were taken.");
    expect(admitted.map((one) => one.topic)).toEqual([topic("/rss.xml"), topic("/atom.xml")]);
  });
});

describe("subscriptions", () => {
  it.each<[string, readonly [get: number, post: number, remove: number]]>([
    ["write", [403, 403, 403]],
    ["publish", [200, 202, 403]],
    ["withdraw", [200, 202, 403]],
    ["owner", [200, 202, 200]],
  ])("answer the role %s", async (role, expected) => {
    const hired = await office.api("PUT", `/api/editors/ann-${role}`, { body: JSON.stringify({ role }) });
    const { token }: { token: string } = await hired.json();
    const path = `/api/subscriptions?topic=${topic("/rss.xml")}`;
    const statuses: number[] = [];
    for (const method of ["GET", "POST", "DELETE"]) statuses.push((await office.api(method, path, { token })).status);
    expect(statuses).toEqual(expected);
  });
});

describe("what the hub is told of a feed", () => {
  const tell = async (path: string, etag?: string) => {
    office.reading().store.refresh();
    return editionOf(office.reading())(topic(path), etag);
  };

  const tagOf = async (path: string): Promise<string> => {
    const current = await tell(path);
    return current.kind === "changed" ? current.edition.etag : "";
  };

  it("is its edition, as readers get it; that it is the same; and that it has changed", async () => {
    const current = await tell("/rss.xml");
    const feed = await office.fetch("/rss.xml");
    expect(current).toEqual({
      kind: "changed",
      edition: {
        etag: feed.headers.get("etag"),
        contentType: "application/rss+xml; charset=utf-8",
        body: new Uint8Array(await feed.arrayBuffer()),
      },
    });
    const etag = await tagOf("/rss.xml");
    expect(await tell("/rss.xml", etag)).toEqual({ kind: "same" });
    await office.put("second", story("second"));
    expect(await tell("/rss.xml", etag)).toMatchObject({ kind: "changed" });
  });

  it.each<[string, string, (one: Office) => Promise<unknown>]>([
    ["gone where its story is withdrawn", "gone", (one) => one.api("DELETE", "/api/items/first?reason=Wrong.")],
    ["missing where its story is a draft again", "missing", (one) => one.put("first", story("first", { draft: true }))],
    [
      "missing where its story is put off",
      "missing",
      (one) => one.put("first", story("first", { published: "2027-01-01T00:00:00Z" })),
    ],
    ["missing where its story is erased", "missing", (one) => one.api("DELETE", "/api/items/first?purge=true")],
  ])("is that it is %s", async (_, kind, change) => {
    const etag = await tagOf("/articles/first/rss.xml");
    await change(office);
    expect(await tell("/articles/first/rss.xml", etag)).toEqual({ kind });
  });

  it("is nothing while the database does not answer: an old edition must not go out", async () => {
    await tell("/rss.xml");
    state.mood = "throws";
    office.clock.now += 60_000;
    await expect(editionOf(office.reading())(topic("/rss.xml"), undefined)).rejects.toThrow(/does not answer/);
  });

  it("is told to hubs elsewhere where its stories are in the main feed", async () => {
    const topics = await publicTopics(office.reading());
    expect(topics).toEqual(
      expect.arrayContaining(["/rss.xml", "/summaries/feed.json", "/tags/news/atom.xml"].map(topic)),
    );
    expect(topics.some((one) => one.includes("/articles/"))).toBe(false);
  });
});
