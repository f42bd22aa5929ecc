import { beforeEach, describe, expect, it, vi } from "vitest";
import { GIF, instant, site, story } from "../fixtures/publication.ts";
import { type CountingDatabase, countRows, NO_ROWS } from "./count-rows.ts";
import { insertStories } from "./many-stories.ts";
import { createEmptyDatabase, type NewsroomWorker, OWNER, openNewsroomWorker } from "./newsroom-worker.ts";

// What strangers ask for that does not exist is answered from memory, and so are tokens that nobody has.

const NOW = instant("2026-03-01T12:00:00Z");
const HOUR = 3_600_000;
const FILES = {
  "site.yaml": site({ authors: { staff: { name: "The Staff" } }, sections: { world: "The World" }, feedLength: 3 }),
};

const iso = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

let counted: CountingDatabase;

beforeEach(async () => {
  counted = countRows(await createEmptyDatabase());
});

/** Opens an isolate that has seen no request yet. */
const openIsolate = (more: { readonly bindings?: object; readonly now?: number } = {}): Promise<NewsroomWorker> =>
  openNewsroomWorker({ now: NOW, database: counted.database, files: FILES, ...more });

const addAllNames = async (newsroom: NewsroomWorker): Promise<number> => {
  for (let steps = 1; ; steps++) if (await newsroom.reading().store.catchUp()) return steps;
};

/** Paths that do not exist, all different: of each kind there is, in several spellings. */
const missingPaths = (count: number): readonly string[] => {
  const kinds: readonly ((name: string) => string)[] = [
    (name) => `/articles/${name}`,
    (name) => `/articles/${name}/rss.xml`,
    (name) => `/articles/${name}/archive/2/rss.xml`,
    (name) => `/summaries/articles/${name}/feed.json`,
    (name) => `/tags/${name}/atom.xml`,
    (name) => `/tags/${name}/archive/1/atom.xml`,
    (name) => `/authors/${name}/rss.xml`,
    (name) => `/sections/${name}/rss.xml`,
    (name) => `/media/${name}.gif`,
    (name) => `/media/a%20folder/${name}`,
    (name) => `/${name}`,
    (name) => `/tags/${encodeURIComponent(`caf\u00e9 ${name}`)}/rss.xml`,
    (name) => `/tags/caf%c3%a9-${name}/rss.xml`,
    (name) => `/%74ags/${name}/rss.xml`,
    (name) => `/archive/9${name.slice(1).padStart(8, "0")}/rss.xml`,
    (name) => `/tags/news/archive/9${name.slice(1).padStart(8, "0")}/rss.xml`,
    (name) => `/tags/c~plus-plus~/archive/9${name.slice(1).padStart(8, "0")}/rss.xml`,
    // Until 0.2 this was the tag before.
    (name) => `/tags/c/archive/9${name.slice(1).padStart(8, "0")}/rss.xml`,
    (name) => `/articles/s5/archive/9${name.slice(1).padStart(8, "0")}/rss.xml`,
    (name) => `/preview/${name}`,
  ];
  return Array.from({ length: count }, (_, index) => kinds[index % kinds.length]?.(`x${index}`) ?? "");
};

describe("thousands of paths that do not exist, with twenty thousand stories", () => {
  it("read a hundred rows at most, and the first of a new isolate ten", async () => {
    await insertStories(counted.database, 20_000);
    const writer = await openIsolate();
    expect(await addAllNames(writer)).toBeGreaterThan(1);
    await writer.put("with-symbols", story("with-symbols", { tags: ["C++"] }));
    const fresh = await openIsolate();
    counted.take();
    expect((await fresh.fetch("/articles/nothing")).status).toBe(404);
    const first = counted.take();
    const { clock, fetch } = fresh;
    for (const [index, path] of missingPaths(2000).entries()) {
      // As if they came in over ten seconds: the revision is read every three.
      clock.now = NOW + 5 * index;
      const { status } = await fetch(path, { method: index % 2 === 0 ? "GET" : "HEAD" });
      if (status !== 404 && status !== 301) throw new Error(`${path} is answered ${status}`);
    }
    const all = counted.take();
    console.log(`rows read: ${first.read} by the first, ${all.read} (${all.statements} queries) by two thousand more`);
    expect(first.read).toBeLessThanOrEqual(10);
    expect(all.read).toBeLessThanOrEqual(100);
    for (const path of ["/articles/s5", "/articles/s19999", "/tags/news/rss.xml", "/archive/7/rss.xml"]) {
      expect({ path, status: (await fetch(path)).status }).toEqual({ path, status: 200 });
    }
  });
});

describe("stories that were stored before names were listed", () => {
  it("are found while they are not listed, and when some are", async () => {
    await insertStories(counted.database, 1200);
    const newsroom = await openIsolate();
    const statuses = async () => {
      // The isolate reads the revision again.
      newsroom.clock.now += 3000;
      return Promise.all(
        ["/articles/s0", "/articles/s1199", "/tags/news/rss.xml", "/articles/nothing"].map(
          async (path) => (await newsroom.fetch(path)).status,
        ),
      );
    };
    expect(await statuses()).toEqual([200, 200, 200, 404]);
    expect(await newsroom.reading().store.catchUp()).toBe(false);
    expect(await statuses()).toEqual([200, 200, 200, 404]);
    // What is written meanwhile is listed with the others.
    await newsroom.put("new", story("new", { tags: ["news", "fresh"] }));
    await addAllNames(newsroom);
    expect(await statuses()).toEqual([200, 200, 200, 404]);
    expect((await newsroom.fetch("/tags/fresh/rss.xml")).status).toBe(200);
    counted.take();
    await newsroom.fetch("/articles/nothing-else");
    // A list.
    expect(counted.take().statements).toBeLessThanOrEqual(1);
  });

  it("are listed by the scheduler's checks, which go on until all are", async () => {
    await insertStories(counted.database, 6000);
    const { findTransitions } = await import("../../src/schedule/find-transitions.ts");
    const { store } = (await openIsolate()).reading();
    expect((await findTransitions(store, NOW - 1000, NOW)).next).toBeLessThan(NOW + 1000);
    expect((await findTransitions(store, NOW - 1000, NOW)).next).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("what is hidden", () => {
  const hidden = { tags: ["secret"], authors: [{ name: "Eve" }], image: { src: "media/hidden.gif", alt: "" } };

  /** An isolate that answers after others wrote a draft and a scheduled story, with its lists in memory. */
  const openAfterwards = async (): Promise<NewsroomWorker> => {
    const writer = await openIsolate();
    await writer.api("PUT", "/api/media/hidden.gif", { body: GIF });
    await writer.put("open", story("open", { tags: ["news"] }));
    await writer.put("draft", story("draft", { ...hidden, draft: true, aliases: ["once-draft"] }));
    await writer.put("later", story("later", { ...hidden, published: iso(NOW + HOUR), aliases: ["once-later"] }));
    const isolate = await openIsolate();
    for (const path of missingPaths(500)) await isolate.fetch(path);
    // A draft that is saved meanwhile, and of which it knows, makes no difference.
    await writer.put("another", story("another", { ...hidden, draft: true }));
    isolate.clock.now += 3000;
    await isolate.fetch("/nothing");
    return isolate;
  };

  const pathsOf = (slug: string, alias: string, tag: string, author: string, file: string): readonly string[] => [
    ...[
      `/articles/${slug}`,
      `/articles/${slug}/rss.xml`,
      `/summaries/articles/${slug}/feed.json`,
      `/articles/${alias}`,
    ],
    ...[`/tags/${tag}/rss.xml`, `/tags/${tag}/archive/1/atom.xml`, `/authors/${author}/rss.xml`, `/media/${file}.gif`],
  ];

  it.each([
    ["a draft", pathsOf("draft", "once-draft", "secret", "eve", "hidden")],
    ["a scheduled story", pathsOf("later", "once-later", "secret", "eve", "hidden")],
    ["nothing at all", pathsOf("nothing", "once-nothing", "nothing", "nobody", "nothing")],
  ])("costs no query, and neither does what is not there: %s", async (_, paths) => {
    const isolate = await openAfterwards();
    for (const path of paths) {
      counted.take();
      const { status } = await isolate.fetch(path);
      expect({ path, status, ...counted.take() }).toEqual({ path, status: 404, ...NO_ROWS });
    }
  });

  it("costs no query more for a preview link that nobody signed than what is not there", async () => {
    const isolate = await openAfterwards();
    const queries = [];
    for (const slug of ["draft", "later", "nothing"]) {
      counted.take();
      expect((await isolate.fetch(`/preview/${slug}/${NOW + HOUR}/no-signature`)).status).toBe(404);
      queries.push(counted.take().statements);
    }
    // The first reads the keys.
    expect(queries).toEqual([1, 0, 0]);
  });

  it("is there at the instant at which it appears, in an isolate that knew nothing of it", async () => {
    const isolate = await openAfterwards();
    isolate.clock.now = NOW + HOUR - 1;
    const paths = pathsOf("later", "once-later", "secret", "eve", "hidden").filter((path) => !path.includes("archive"));
    for (const path of paths)
      expect({ path, status: (await isolate.fetch(path)).status }).toEqual({ path, status: 404 });
    isolate.clock.now = NOW + HOUR;
    for (const path of paths) {
      const status = path === "/articles/once-later" ? 301 : 200;
      expect({ path, status: (await isolate.fetch(path)).status }).toEqual({ path, status });
    }
  });
});

describe("what has left", () => {
  it("is still answered 410 by an isolate that never saw it, and a file of it 404 without a query the second time", async () => {
    const writer = await openIsolate();
    await writer.api("PUT", "/api/media/past.gif", { body: GIF });
    const image = { src: "media/past.gif", alt: "" };
    await writer.put("past", story("past", { expires: iso(NOW - HOUR), aliases: ["past-once"], image }));
    await writer.put("wrong", story("wrong"));
    await writer.api("DELETE", "/api/items/wrong?reason=Wrong.");
    await writer.put("erased", story("erased"));
    await writer.api("DELETE", "/api/items/erased?purge=true");
    const isolate = await openIsolate();
    for (const slug of ["past", "past-once", "wrong"]) {
      expect((await isolate.fetch(`/articles/${slug}`)).status).toBe(410);
    }
    expect((await isolate.fetch("/articles/erased")).status).toBe(404);
    expect((await isolate.fetch("/media/past.gif")).status).toBe(404);
    counted.take();
    expect((await isolate.fetch("/media/past.gif")).status).toBe(404);
    expect(counted.take()).toEqual(NO_ROWS);
  });
});

describe("a token that nobody has", () => {
  const call = ({ api }: NewsroomWorker, token: string) => api("GET", "/api/log", { token });

  it("costs no query, however many there are", async () => {
    const isolate = await openIsolate();
    await isolate.api("PUT", "/api/editors/ann", { body: '{"role":"write"}' });
    expect((await call(isolate, "bad-token-of-a-stranger-0000000")).status).toBe(401);
    counted.take();
    for (let count = 1; count <= 1000; count++) await call(isolate, `bad-token-of-a-stranger-${count}`);
    expect(counted.take()).toEqual(NO_ROWS);
  });

  it("is one that was added or revoked: the isolate that did it knows at once, others within REVISION_SECONDS", async () => {
    const isolate = await openIsolate();
    const other = await openIsolate();
    expect((await call(other, "bad-token-of-a-stranger-0000000")).status).toBe(401);
    const { token } = await (await isolate.api("PUT", "/api/editors/ann", { body: '{"role":"write"}' })).json<{
      token: string;
    }>();
    expect((await call(isolate, token)).status).toBe(200);
    other.clock.now += 3000;
    expect((await call(other, token)).status).toBe(200);
    await isolate.api("DELETE", "/api/editors/ann");
    expect((await call(isolate, token)).status).toBe(401);
    expect((await call(other, token)).status).toBe(401);
  });
});

describe("a preview link that is not valid", () => {
  const previewPathOf = async ({ put }: NewsroomWorker, slug: string): Promise<string> => {
    const { preview }: { preview: string } = await (await put(slug, story(slug, { draft: true }))).json();
    return new URL(preview).pathname;
  };

  it("costs next to nothing, a thousand times from one address, and keeps nobody else from a valid one", async () => {
    const isolate = await openIsolate();
    const path = await previewPathOf(isolate, "soon");
    const [, , , until = "", signature = ""] = path.split("/");
    const [keyId, digest, mac] = signature.split(".");
    const ended = await previewPathOf(isolate, "ended");
    const invalid: readonly ((count: number) => string)[] = [
      (count) => `/preview/soon/${until}/x${count}.${digest}.${mac}`,
      (count) => `/preview/nothing-${count}/${until}/x${count}.${digest}.${mac}`,
      (count) => `/preview/soon/${until}/${keyId}.${digest}.x${count}`,
      (count) => `/preview/soon-${count}/${until}/${signature}`,
      (count) => `/preview/soon/${Number(until) + 1000 * count}/${signature}`,
      (count) => `/preview/soon/${until}/x${count}/media/x.gif`,
    ];
    counted.take();
    for (let count = 1; count <= 1000; count++) {
      // As if they came in over a hundred seconds.
      isolate.clock.now = NOW + count * 100;
      const bad = invalid[count % invalid.length]?.(count) ?? "";
      expect({ bad, status: (await isolate.fetch(bad)).status }).toEqual({ bad, status: 404 });
    }
    const { statements } = counted.take();
    console.log(`queries: ${statements} by a thousand preview links that are not valid`);
    expect(statements).toBeLessThanOrEqual(100);
    expect((await isolate.fetch(path)).status).toBe(200);
    await isolate.api("DELETE", "/api/previews");
    counted.take();
    for (let count = 1; count <= 1000; count++) {
      expect((await isolate.fetch(count % 2 === 0 ? path : ended)).status).toBe(404);
    }
    expect(counted.take().statements).toBeLessThanOrEqual(100);
  });

  it("is limited by address, and a valid one is not, whatever others send from there", async () => {
    const counts = new Map<string, number>();
    const MISS_LIMIT = {
      limit: async ({ key }: { key: string }) => {
        counts.set(key, (counts.get(key) ?? 0) + 1);
        return { success: (counts.get(key) ?? 0) <= 60 };
      },
    };
    const isolate = await openIsolate({ bindings: { MISS_LIMIT } });
    const path = await previewPathOf(isolate, "soon");
    const statusOf = async (one: string): Promise<number> =>
      (await isolate.fetch(one, { headers: { "cf-connecting-ip": "192.0.2.1" } })).status;
    const statuses = [];
    for (let count = 0; count < 62; count++) statuses.push(await statusOf(`${path}x${count}`));
    expect(statuses).toEqual([...Array.from({ length: 60 }, () => 404), 429, 429]);
    expect(await statusOf(path)).toBe(200);
  });

  it("is one whose key was made elsewhere meanwhile, for REVISION_SECONDS at most; and one whose key has ended, at once", async () => {
    const isolate = await openIsolate();
    const other = await openIsolate();
    expect((await other.fetch(`/preview/soon/${NOW + HOUR}/x`)).status).toBe(404);
    const path = await previewPathOf(isolate, "soon");
    expect((await isolate.fetch(path)).status).toBe(200);
    expect((await other.fetch(path)).status).toBe(404);
    other.clock.now += 3000;
    expect((await other.fetch(path)).status).toBe(200);
    await isolate.api("DELETE", "/api/previews");
    expect((await other.fetch(path)).status).toBe(404);
  });

  it("is looked for in the database if there are more than a thousand keys", async () => {
    const isolate = await openIsolate();
    const path = await previewPathOf(isolate, "soon");
    await counted.database
      .prepare(
        `INSERT INTO preview_keys (id, token_hash, secret) WITH RECURSIVE n (i) AS
          (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1001) SELECT 'key-' || i, 'hash-' || i, 'secret' FROM n`,
      )
      .run();
    expect((await isolate.fetch(path)).status).toBe(200);
    counted.take();
    expect((await isolate.fetch(`${path}x`)).status).toBe(404);
    expect(counted.take().statements).toBe(1);
  });
});

describe("the tokens of more than a thousand editors", () => {
  it("are looked up in the database", async () => {
    const isolate = await openIsolate();
    const { token } = await (await isolate.api("PUT", "/api/editors/ann", { body: '{"role":"write"}' })).json<{
      token: string;
    }>();
    await counted.database
      .prepare(
        `INSERT INTO editors (name, role, token_hash, at) WITH RECURSIVE n (i) AS
          (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT 'editor-' || i, 'write', 'hash-' || i, 0 FROM n`,
      )
      .run();
    isolate.clock.now += 3000;
    expect((await isolate.api("GET", "/api/log", { token })).status).toBe(200);
    counted.take();
    expect((await isolate.api("GET", "/api/log", { token: "no-token-of-an-editor-at-all-0" })).status).toBe(401);
    expect(counted.take().statements).toBe(1);
  });
});

describe("the limit for what does not exist", () => {
  /** A limit as Cloudflare's: `allowed` requests for each key. */
  const createLimit = (allowed: number) => {
    const counts = new Map<string, number>();
    return {
      counts,
      limit: async ({ key }: { key: string }) => {
        const count = (counts.get(key) ?? 0) + 1;
        counts.set(key, count);
        return { success: count <= allowed };
      },
    };
  };

  const from = (address: string, more: Readonly<Record<string, string>> = {}) => ({
    headers: { "cf-connecting-ip": address, ...more },
  });

  it("answers 429 after sixty, and never to what exists", async () => {
    const limit = createLimit(60);
    const { fetch, put } = await openIsolate({ bindings: { MISS_LIMIT: limit } });
    await put("open", story("open", { tags: ["news"], image: { src: "https://elsewhere.example/a.gif", alt: "" } }));
    const statuses = [];
    for (const path of missingPaths(400)
      .filter((path) => !/%74|%c3/.test(path))
      .slice(0, 61)) {
      statuses.push((await fetch(path, from("192.0.2.1"))).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 60 }, () => 404), 429]);
    const response = await fetch("/articles/nothing", from("192.0.2.1"));
    expect(response.status).toBe(429);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      "retry-after": "60",
    });
    counted.take();
    for (const path of ["/articles/nothing-else", "/media/nothing.gif"]) await fetch(path, from("192.0.2.1"));
    expect(counted.take().statements).toBeLessThanOrEqual(2);
    for (let count = 0; count < 100; count++) {
      for (const path of ["/rss.xml", "/tags/news/atom.xml", "/articles/open", "/feed", "/", "/feed.xml"]) {
        expect((await fetch(path, from("192.0.2.1"))).status).toBeLessThan(400);
      }
    }
    expect((await fetch("/articles/nothing", from("192.0.2.2"))).status).toBe(404);
  });

  it("counts a network of IPv6 as one address", async () => {
    const limit = createLimit(1);
    const { fetch } = await openIsolate({ bindings: { MISS_LIMIT: limit } });
    expect((await fetch("/a", from("2001:db8:1:2::1"))).status).toBe(404);
    expect((await fetch("/b", from("2001:db8:1:2:ffff::2"))).status).toBe(429);
    expect((await fetch("/b", from("2001:db8:1:3::1"))).status).toBe(404);
  });

  it("is also one for bad tokens, but no editor with a good one meets it, whatever others of the office send", async () => {
    const limit = createLimit(3);
    const { api } = await openIsolate({ bindings: { MISS_LIMIT: limit } });
    const call = async (token: string, path = "/api/log") =>
      (await api("GET", path, from("192.0.2.1", { authorization: `Bearer ${token}` }))).status;
    const statuses = [];
    for (let count = 0; count < 5; count++) statuses.push(await call(`bad-token-of-a-stranger-${count}`));
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect(await call(OWNER)).toBe(200);
    for (let count = 0; count < 10; count++) expect(await call(OWNER, "/api/items/nothing")).toBe(404);
    expect(limit.counts.get("192.0.2.1")).toBe(5);
  });

  it("is said to be missing once if it is, and then there is none", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const { fetch } = await openIsolate();
    for (let count = 0; count < 100; count++) expect((await fetch(`/x${count}`)).status).toBe(404);
    expect(warn.mock.calls.filter(([text]) => String(text).includes("MISS_LIMIT"))).toHaveLength(1);
    warn.mockRestore();
  });
});
