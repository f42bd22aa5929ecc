import { beforeEach, describe, expect, it, vi } from "vitest";
import type { HubRequest } from "../../src/push/protocol/protocol.ts";
import type { Hub } from "../../src/push/rpc.ts";
import { editionOf, publicTopics } from "../../src/routes/topics.ts";
import { instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { createFailingDatabase } from "./failing-database.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

// The routes to the hub, and the editions that it gets, with stories in D1. The hub itself is tested in test/push.

const NOW = instant("2026-03-01T12:00:00Z");
const FILES = { "site.yaml": site({ hubs: ["built-in", "https://hub.example.net/"], feedLength: 3 }) };

const topic = (path: string): string => ORIGIN + path;

let newsroom: NewsroomWorker;
let state: ReturnType<typeof createFailingDatabase>["state"];
let admitted: HubRequest[];
let requestsLeft: number;
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
  requestsLeft = 1000;
  hubFails = false;
  const failing = createFailingDatabase(await createEmptyDatabase());
  state = failing.state;
  const bindings = {
    HUB: { getByName: () => hub },
    TOPICS: {
      getByName: (): never => {
        throw new Error("no route calls a shard");
      },
    },
    DELIVERIES: { sendBatch: async () => ({ metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } }) },
    HUB_LIMIT: { limit: async () => ({ success: requestsLeft-- > 0 }) },
  };
  newsroom = await openNewsroomWorker({
    now: NOW,
    database: failing.database,
    files: FILES,
    bindings,
  });
  await newsroom.put("first", story("first", { tags: ["News"] }));
});

const post = (path: string, form: Readonly<Record<string, string>>): Promise<Response> =>
  newsroom.fetch(path, { method: "POST", body: new URLSearchParams(form) });

const ask = (mode: string, path = "/rss.xml"): Promise<Response> =>
  post("/hub", {
    "hub.mode": mode,
    "hub.topic": topic(path),
    "hub.url": topic(path),
    "hub.callback": "https://reader.example.net/",
  });

const pleaseNotify = (): Promise<Response> =>
  post("/rsscloud/pleaseNotify", { domain: "reader.example.net", path: "/", port: "80", url1: topic("/rss.xml") });

describe("/hub and /rsscloud/pleaseNotify", () => {
  it.each(["throws", "hangs"] as const)(
    "answer 503 with Retry-After while the database %s, but accept who unsubscribes",
    async (mode) => {
      const log = vi.spyOn(console, "error").mockImplementation(() => {});
      state.mode = mode;
      newsroom.clock.now += 60_000;
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

  it.each(["subscribe", "unsubscribe", "publish"])("answer 503 while the hub fails: %s", async (mode) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    hubFails = true;
    const response = await ask(mode);
    expect([response.status, response.headers.get("content-type")]).toEqual([503, "text/plain; charset=utf-8"]);
    expect(log).toHaveBeenCalledWith(expect.any(String), new Error("the object was reset"));
    log.mockRestore();
  });

  it("accept who unsubscribes from a feed that does not exist", async () => {
    expect((await ask("subscribe", "/tags/none/rss.xml")).status).toBe(404);
    expect((await ask("unsubscribe", "/tags/none/rss.xml")).status).toBe(202);
  });

  it("answer 429 above the rate limit", async () => {
    requestsLeft = 0;
    for (const response of [await ask("subscribe"), await pleaseNotify()])
      expect([response.status, response.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(admitted).toEqual([]);
  });
});

describe("a request of rssCloud", () => {
  it("counts once for each feed that it names", async () => {
    requestsLeft = 2;
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

describe("/api/subscriptions", () => {
  it.each<[string, readonly [get: number, post: number, remove: number]]>([
    ["write", [403, 403, 403]],
    ["publish", [200, 202, 403]],
    ["withdraw", [200, 202, 403]],
    ["owner", [200, 202, 200]],
  ])("answers the role %s", async (role, expected) => {
    const added = await newsroom.api("PUT", `/api/editors/ann-${role}`, { body: JSON.stringify({ role }) });
    const { token }: { token: string } = await added.json();
    const path = `/api/subscriptions?topic=${topic("/rss.xml")}`;
    const statuses: number[] = [];
    for (const method of ["GET", "POST", "DELETE"]) statuses.push((await newsroom.api(method, path, { token })).status);
    expect(statuses).toEqual(expected);
  });
});

describe("the edition of a topic that the hub gets", () => {
  const readEdition = async (path: string, etag?: string) => {
    newsroom.reading().store.refresh();
    return editionOf(newsroom.reading())(topic(path), etag);
  };

  const tagOf = async (path: string): Promise<string> => {
    const current = await readEdition(path);
    return current.kind === "changed" ? current.edition.etag : "";
  };

  it("is what readers get, or says that it is the same or has changed", async () => {
    const current = await readEdition("/rss.xml");
    const feed = await newsroom.fetch("/rss.xml");
    expect(current).toEqual({
      kind: "changed",
      edition: {
        etag: feed.headers.get("etag"),
        contentType: "application/rss+xml; charset=utf-8",
        body: new Uint8Array(await feed.arrayBuffer()),
      },
    });
    const etag = await tagOf("/rss.xml");
    expect(await readEdition("/rss.xml", etag)).toEqual({ kind: "same" });
    await newsroom.put("second", story("second"));
    expect(await readEdition("/rss.xml", etag)).toMatchObject({ kind: "changed" });
  });

  it.each<[string, string, (one: NewsroomWorker) => Promise<unknown>]>([
    ["gone if its story is withdrawn", "gone", (one) => one.api("DELETE", "/api/items/first?reason=Wrong.")],
    ["missing if its story is a draft again", "missing", (one) => one.put("first", story("first", { draft: true }))],
    [
      "missing if its story is scheduled for later",
      "missing",
      (one) => one.put("first", story("first", { published: "2027-01-01T00:00:00Z" })),
    ],
    ["missing if its story is erased", "missing", (one) => one.api("DELETE", "/api/items/first?purge=true")],
  ])("is %s", async (_, kind, change) => {
    const etag = await tagOf("/articles/first/rss.xml");
    await change(newsroom);
    expect(await readEdition("/articles/first/rss.xml", etag)).toEqual({ kind });
  });

  it("is not read while the database does not answer: an old edition must not be delivered", async () => {
    await readEdition("/rss.xml");
    state.mode = "throws";
    newsroom.clock.now += 60_000;
    await expect(editionOf(newsroom.reading())(topic("/rss.xml"), undefined)).rejects.toThrow(/does not answer/);
  });

  it("has a topic that external hubs are pinged about, unless it is the feed of one article", async () => {
    const topics = await publicTopics(newsroom.reading());
    expect(topics).toEqual(
      expect.arrayContaining(["/rss.xml", "/summaries/feed.json", "/tags/news/atom.xml"].map(topic)),
    );
    expect(topics.some((one) => one.includes("/articles/"))).toBe(false);
  });
});
