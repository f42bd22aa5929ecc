import { env } from "cloudflare:workers";
import { Feed, type Item } from "feed";
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { createWorker } from "../../src/app/create-worker.ts";
import type { Env } from "../../src/app/environment.ts";
import { loadedSites } from "../../src/app/sites.ts";
import type { EdgeCache } from "../../src/editions/edge-cache.ts";
import { fromFeed } from "../../src/interop/from-feed.ts";
import type { Hub } from "../../src/push/rpc.ts";
import type { PublicationLoader } from "../../src/store/loaded/publication-source.ts";
import { fireAlarm, inDurableObject, NOW } from "../push/in-durable-object.ts";

// A worker of somebody else mounts a Feed at a path: its scheduler is a real Durable Object, its hub a record of calls.

const SITE = "https://company.example/news";
const SECOND = 1000;

/** When the story `later` appears by itself. */
const LATER = NOW + 60 * SECOND;

const feedOf = (names: readonly string[], hub?: string): Feed => {
  const feed = new Feed({ title: "The Company", link: SITE, language: "en", ...(hub !== undefined && { hub }) });
  const item = (name: string): Item => ({
    title: `Title of ${name}`,
    link: `${SITE}/articles/${name}`,
    date: name === "later" ? new Date(LATER) : new Date(`2026-03-0${1 + "abcdefg".indexOf(name)}T00:00:00Z`),
    content: `<p>Text of ${name}.</p>`,
  });
  for (const name of names) feed.addItem(item(name));
  return feed;
};

const failingHub: Hub = {
  admit: async () => "accepted",
  changed: async () => {},
  ping: async () => {},
  updateCounts: async () => {},
  status: async () => [],
  drop: async () => 0,
  replay: async () => 0,
};

/** A mounted worker, its Feed and its clock. `state` is that of its scheduler; without it, none is bound. */
const mount = (state: DurableObjectState | undefined, bindings: Partial<Env> = {}) => {
  const source = {
    names: ["a", "b", "c"] as readonly string[],
    isDown: false,
    loads: 0,
    hub: undefined as string | undefined,
  };
  const clock = { now: NOW };
  const later: Promise<unknown>[] = [];
  const load = (): Feed => {
    source.loads += 1;
    if (source.isDown) throw new Error("the source is down");
    return feedOf(source.names, source.hub);
  };
  const start = () => {
    const platform = { now: () => clock.now, waitUntil: (work: Promise<unknown>) => void later.push(work) };
    const worker = createWorker(fromFeed(load, { refreshSeconds: 60 }), platform, undefined, "/news");
    const scheduler = state && new worker.Scheduler(state, {});
    const all: Env = {
      ...bindings,
      ...(scheduler && { SCHEDULER: { getByName: () => scheduler } }),
    };
    const fetch = (path: string, headers: Record<string, string> = {}) =>
      worker.fetch(new Request(`https://company.example${path}`, { headers }), all);
    return { worker, scheduler, fetch };
  };
  return { source, clock, start, settle: () => Promise.all(later.splice(0)) };
};

const spyOnPublication = (scheduler: Partial<PublicationLoader> | undefined) => {
  if (scheduler?.publication === undefined) throw new Error("the scheduler loads nothing");
  const loader: { publication: PublicationLoader["publication"] } = Object.assign(scheduler, {
    publication: scheduler.publication.bind(scheduler),
  });
  return vi.spyOn(loader, "publication");
};

const jsonOf = async (response: Response): Promise<readonly string[]> => {
  const { items } = await response.json<{ items: { id: string }[] }>();
  return items.map(({ id }) => id.replace(/^.*\//, ""));
};

let errors: MockInstance;
beforeEach(() => {
  errors = vi.spyOn(console, "error").mockImplementation(() => {});
  vi.spyOn(console, "warn").mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

describe("a mounted Feed", () => {
  it("is served below its path only, in all formats, with pages", () =>
    inDurableObject(async (state) => {
      const { fetch } = mount(state).start();
      expect(await jsonOf(await fetch("/news/feed.json"))).toEqual(["c", "b", "a"]);
      for (const [path, status] of [
        ["/news/rss.xml", 200],
        ["/news/atom.xml", 200],
        ["/news/summaries/rss.xml", 200],
        ["/news/", 200],
        ["/news/articles/a", 200],
        ["/news/articles/z", 404],
        ["/news/media/x.gif", 404],
        ["/news", 301],
        ["/rss.xml", 404],
        ["/newsletter", 404],
      ] as const) {
        expect([path, (await fetch(path)).status]).toEqual([path, status]);
      }
    }));

  it("gains a story, loses its newest, fails, and is there again after a restart: Last-Modified never moves back", () =>
    inDurableObject(async (state) => {
      const { source, clock, start } = mount(state);
      let { fetch, scheduler } = start();
      const alarm = async (): Promise<void> => {
        clock.now = Math.max(clock.now, (await state.storage.getAlarm()) ?? 0);
        if (scheduler !== undefined) await fireAlarm(state, scheduler);
        clock.now += SECOND;
      };
      const first = await fetch("/news/rss.xml");
      const firstTag = first.headers.get("etag") ?? "";
      const dates = [first.headers.get("last-modified")];
      const expectSame = async (tag: string): Promise<void> => {
        expect((await fetch("/news/rss.xml", { "if-none-match": tag })).status).toBe(304);
      };
      await expectSame(firstTag);

      source.names = ["a", "b", "c", "d"];
      await alarm();
      const delta = await fetch("/news/rss.xml", { "if-none-match": firstTag, "a-im": "feed" });
      expect([delta.status, (await delta.text()).match(/<item>/g)?.length]).toEqual([226, 1]);
      const gained = await fetch("/news/rss.xml");
      dates.push(gained.headers.get("last-modified"));

      source.names = ["a", "b", "c"];
      await alarm();
      const lost = await fetch("/news/rss.xml");
      expect(await lost.text()).not.toContain("Title of d");
      expect((await fetch("/news/articles/d")).status).toBe(404);
      dates.push(lost.headers.get("last-modified"));
      const lastTag = lost.headers.get("etag") ?? "";
      expect(lastTag).toBe(firstTag);

      source.isDown = true;
      await alarm();
      await expectSame(lastTag);
      expect(errors.mock.calls.join()).toContain("readers get the last good edition");

      ({ fetch, scheduler } = start());
      await expectSame(lastTag);
      dates.push((await fetch("/news/rss.xml")).headers.get("last-modified"));
      const times = dates.map((date) => Date.parse(date ?? ""));
      expect(times[1]).toBeGreaterThan(times[0] ?? 0);
      expect(times[2]).toBeGreaterThan(times[1] ?? 0);
      expect(times[3]).toBe(times[2]);
    }));

  it("is served since the same time after a restart, also if its newest story was stored last", () =>
    inDurableObject(async (state) => {
      const { source, clock, start, settle } = mount(state);
      const { fetch } = start();
      await fetch("/news/rss.xml");
      source.names = ["a", "b", "c", "d"];
      clock.now += 120 * SECOND;
      const gained = await fetch("/news/rss.xml");
      expect(await gained.text()).toContain("Title of d");
      clock.now += 5 * SECOND;
      const again = start();
      for (let times = 0; times < 2; times++) {
        const { headers } = await again.fetch("/news/rss.xml");
        expect(headers.get("last-modified")).toBe(gained.headers.get("last-modified"));
        await settle();
        clock.now += SECOND;
      }
    }));

  it("is 503 as long as it could never be loaded", () =>
    inDurableObject(async (state) => {
      const { source, clock, start } = mount(state);
      const { fetch } = start();
      source.isDown = true;
      const refused = await fetch("/news/rss.xml");
      expect([refused.status, refused.headers.has("retry-after")]).toEqual([503, true]);
      source.isDown = false;
      clock.now += 60 * SECOND;
      expect((await fetch("/news/rss.xml")).status).toBe(200);
    }));

  it("is 503 as long as its scheduler fails, which is logged once", () =>
    inDurableObject(async (state) => {
      const { start } = mount(state);
      const { fetch, scheduler } = start();
      // What the platform makes of an error of any class in a Durable Object.
      spyOnPublication(scheduler).mockRejectedValue(new Error("NewerDataError: deploy the newer version again"));
      expect((await fetch("/news/rss.xml")).status).toBe(503);
      expect(errors.mock.calls.map(([text]) => text)).toEqual([
        expect.stringContaining("the scheduler does not answer"),
      ]);
    }));

  it("is loaded again if what was stored is broken, and nothing of that comes back", () =>
    inDurableObject(async (state) => {
      const { source, clock, start } = mount(state);
      await start().fetch("/news/rss.xml");
      state.storage.sql.exec("UPDATE loaded_stories SET item = '{' WHERE slug = 'c'");
      source.names = ["a", "b"];
      clock.now += SECOND;
      expect(await jsonOf(await start().fetch("/news/feed.json"))).toEqual(["b", "a"]);
      source.isDown = true;
      expect(await jsonOf(await start().fetch("/news/feed.json"))).toEqual(["b", "a"]);
    }));

  it("moves Last-Modified when it changes within the second in which a story appeared by itself", () =>
    inDurableObject(async (state) => {
      const { source, clock, start, settle } = mount(state);
      const { fetch } = start();
      source.names = ["a", "later"];
      await fetch("/news/rss.xml");
      clock.now = LATER;
      source.names = ["a"];
      const appeared = await fetch("/news/rss.xml");
      expect(await appeared.text()).toContain("Title of later");
      await settle();
      clock.now += SECOND;
      const changed = await fetch("/news/rss.xml");
      expect(await changed.text()).not.toContain("Title of later");
      expect(changed.headers.get("last-modified")).not.toBe(appeared.headers.get("last-modified"));
    }));

  it("can't be refreshed, as its hub wants it to be before it looks for changes, while the scheduler does not answer", () =>
    inDurableObject(async (state) => {
      const { worker } = mount(undefined).start();
      const scheduler = new worker.Scheduler(state, {});
      const sites = loadedSites(
        fromFeed(() => feedOf(["a"])),
        "/news",
        { now: () => NOW, waitUntil: () => {} },
      );
      const bindings = { SCHEDULER: { getByName: () => scheduler } };
      const first = await sites.current(bindings);
      await sites.refresh(bindings);
      const publication = spyOnPublication(scheduler).mockRejectedValue(new Error("overloaded"));
      await expect(sites.refresh(bindings)).rejects.toThrow("overloaded");
      expect(await sites.current(bindings)).toBe(first);
      publication.mockRestore();
      await sites.refresh(bindings);
    }));

  it("has editions of its own in each version of the worker, whichever version its scheduler runs", () =>
    inDurableObject(async (state) => {
      const { worker } = mount(undefined).start();
      const SCHEDULER = { getByName: () => new worker.Scheduler(state, {}) };
      const keys: string[] = [];
      const edgeCache: EdgeCache = {
        find: async (key) => void keys.push(key),
        findBytes: async () => undefined,
        put: async () => {},
      };
      const platform = { now: () => NOW, waitUntil: () => {}, openEdgeCache: () => edgeCache };
      for (const id of ["one", "two"]) {
        const { fetch } = createWorker(
          fromFeed(() => feedOf(["a"])),
          platform,
          undefined,
          "/news",
        );
        await fetch(new Request(`${SITE}/rss.xml`), { SCHEDULER, VERSION: { id, tag: "", timestamp: "" } });
      }
      expect([keys.length, new Set(keys).size]).toEqual([2, 2]);
    }));

  it("is not served below another path than its own, be that of its Feed or of SITE_URL", async () => {
    const elsewhere = mount(undefined, { SITE_URL: "https://company.example/blog" }).start();
    expect((await elsewhere.fetch("/news/rss.xml")).status).toBe(500);
    expect(errors.mock.calls.join()).toContain(
      "SITE_URL is `https://company.example/blog`, but the site is mounted at `/news`",
    );
    const platform = { now: () => NOW, waitUntil: () => {} };
    const worker = createWorker(
      fromFeed(() => feedOf(["a"])),
      platform,
      undefined,
      "/blog",
    );
    expect((await worker.fetch(new Request("https://company.example/blog/rss.xml"), {})).status).toBe(503);
    expect(errors.mock.calls.join()).toContain(`The Feed's \`link\` is ${SITE}, but it is mounted at \`/blog\``);
  });

  it("does not take the Feed of another mount, whose scheduler is bound in place of its own", () =>
    inDurableObject(async (state) => {
      const { scheduler } = mount(state).start();
      if (scheduler === undefined) throw new Error("no scheduler");
      const platform = { now: () => NOW, waitUntil: () => {} };
      const blog = createWorker(
        fromFeed(() => feedOf([])),
        platform,
        undefined,
        "/blog",
      );
      const env = { SCHEDULER: { getByName: () => scheduler } };
      expect((await blog.fetch(new Request("https://company.example/blog/rss.xml"), env)).status).toBe(500);
      expect(errors.mock.calls.join()).toContain(
        "SCHEDULER is that of the Feed at `/news`, but this one is mounted at `/blog`. Bind a class of its own for each.",
      );
    }));

  it("has no Last-Modified where no scheduler is bound, and entity tags all the same", async () => {
    const { source, clock, start } = mount(undefined);
    const { fetch } = start();
    const first = await fetch("/news/rss.xml");
    expect([first.status, first.headers.has("last-modified")]).toEqual([200, false]);
    const headers = { "if-none-match": first.headers.get("etag") ?? "" };
    expect((await fetch("/news/rss.xml", headers)).status).toBe(304);
    const since = { "if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT" };
    expect((await fetch("/news/rss.xml", since)).status).toBe(200);
    source.names = ["a"];
    clock.now += 120 * SECOND;
    expect(await jsonOf(await fetch("/news/feed.json"))).toEqual(["a"]);
  });

  it("is loaded by the scheduler alone, and is not asked for by each request", () =>
    inDurableObject(async (state) => {
      const { source, clock, start, settle } = mount(state);
      const one = start();
      await one.fetch("/news/rss.xml");
      const ask = spyOnPublication(one.scheduler);
      for (let times = 0; times < 5; times++) await one.fetch("/news/rss.xml");
      expect(ask).not.toHaveBeenCalled();
      expect(await state.storage.getAlarm()).toBe(NOW + 60 * SECOND);
      clock.now += 60 * SECOND;
      await one.fetch("/news/rss.xml");
      await settle();
      expect(ask).toHaveBeenCalledTimes(1);
      expect(source.loads).toBe(2);
    }));

  it("is served as it was last while the scheduler does not answer", () =>
    inDurableObject(async (state) => {
      const { clock, start } = mount(state);
      const { fetch, scheduler } = start();
      const tag = (await fetch("/news/rss.xml")).headers.get("etag") ?? "";
      spyOnPublication(scheduler).mockRejectedValue(new Error("overloaded"));
      clock.now += 600 * SECOND;
      expect((await fetch("/news/rss.xml", { "if-none-match": tag })).status).toBe(304);
      expect(errors.mock.calls.join()).toContain("the last known publication is served");
    }));

  it("tells its hub of every change that readers see, and of nothing else", () =>
    inDurableObject(async (state) => {
      const changed = vi.fn(async () => {});
      const hub = { ...failingHub, changed };
      const { source, clock, start } = mount(undefined);
      const { worker } = start();
      const scheduler = new worker.Scheduler(state, { HUB: { getByName: () => hub } });
      source.hub = "https://hub.example/";
      const check = async (): Promise<number> => {
        clock.now += 60 * SECOND;
        await fireAlarm(state, scheduler);
        return changed.mock.calls.length;
      };
      await scheduler.publication?.();
      source.names = ["a", "b"];
      expect(await check()).toBe(1);
      expect(await check()).toBe(1);
      source.names = ["a", "b", "c", "d"];
      expect(await check()).toBe(2);
      expect(await check()).toBe(2);
    }));

  it("warns once of compatibility flags that its hub should have", async () => {
    const { compatibilityFlags } = Cloudflare;
    expect(compatibilityFlags).toMatchObject({ global_fetch_strictly_public: true });
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const notCalled = (): never => {
      throw new Error("opening must not call a binding");
    };
    const platform = { now: () => NOW, waitUntil: () => {}, compatibilityFlags: {} };
    const worker = createWorker(
      fromFeed(() => feedOf(["a"], `${SITE}/hub`)),
      platform,
      undefined,
      "/news",
    );
    const { DELIVERIES = { sendBatch: notCalled } } = env;
    const bindings = { HUB: { getByName: () => failingHub }, TOPICS: { getByName: notCalled }, DELIVERIES };
    expect((await worker.fetch(new Request(`${SITE}/rss.xml`), bindings)).status).toBe(200);
    expect(warn.mock.calls.join()).toContain("wrangler.toml has no compatibility flag global_fetch_strictly_public");
    // Else an edge cache could have what the version before made of the same stories.
    expect(warn.mock.calls.join()).toContain("wrangler.toml has no binding VERSION");
  });
});
