import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { GIF, instant, site, story } from "../../fixtures/publication.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "../newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const MINUTE = 60_000;

/** A GIF of this width; each width has another number of bytes. */
const gif = (width: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(GIF.byteLength + width);
  bytes.set(GIF);
  bytes[6] = width;
  return bytes;
};

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(new TextEncoder().encode(text));

const bucketOf = (): R2Bucket => {
  if (env.MEDIA === undefined) throw new Error("the tests have no bucket");
  return env.MEDIA;
};

/** Wraps the bucket: `method` rejects while `state.fails`. */
const createFailingBucket = (method: "delete" | "get" | "put") => {
  const state = { fails: false };
  const bucket = new Proxy(bucketOf(), {
    get(target, key) {
      if (key === method && state.fails) return () => Promise.reject(new Error("internal error (10001)"));
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { bucket, state };
};

let newsroom: NewsroomWorker;
let database: D1Database;

const put = (name: string, body: Uint8Array<ArrayBuffer>, headers = {}, token?: string) =>
  newsroom.api("PUT", `/api/media/${name}`, { body, headers, ...(token && { token }) });

const keys = async (): Promise<readonly string[]> => (await bucketOf().list()).objects.map(({ key }) => key);

const bytesAt = async (path: string): Promise<Uint8Array> =>
  new Uint8Array(await (await newsroom.fetch(path)).arrayBuffer());

const deleteUnusedAfter = async (milliseconds: number): Promise<void> => {
  newsroom.clock.now += milliseconds;
  await newsroom.deleteUnused();
};

beforeEach(async () => {
  await bucketOf().delete([...(await keys())]);
  database = await createEmptyDatabase();
  newsroom = await openNewsroomWorker({ now: NOW, database });
});

describe("a file", () => {
  it("stays, however long it was sent before, and whether a story uses it or not", async () => {
    await put("x.gif", gif(2));
    await deleteUnusedAfter(48 * 60 * MINUTE);
    expect(await keys()).toHaveLength(1);
    expect((await newsroom.api("GET", "/api/media/x.gif")).status).toBe(200);
  });

  it("is public while one of the stories that use it is", async () => {
    await put("x.gif", gif(2));
    const text = "![x](media/x.gif)";
    await newsroom.put("later", story("later", { published: new Date(NOW + 60 * MINUTE).toISOString() }, text));
    await newsroom.put("draft", story("draft", { draft: true }, text));
    expect((await newsroom.fetch("/media/x.gif")).status).toBe(404);
    await newsroom.put("now", story("now", {}, text));
    expect((await newsroom.fetch("/media/x.gif")).status).toBe(200);
    await newsroom.put("more", story("more", { published: new Date(NOW + 30 * MINUTE).toISOString() }, text));
    expect((await newsroom.fetch("/media/x.gif")).status).toBe(200);
  });
});

describe("a file that is replaced", () => {
  it("is served with its new bytes at once; the old ones are deleted after a minute", async () => {
    expect((await put("x.gif", gif(2))).status).toBe(201);
    await newsroom.put("x", story("x", {}, "![x](media/x.gif)"));
    expect(await bytesAt("/media/x.gif")).toEqual(gif(2));
    expect((await put("x.gif", gif(3))).status).toBe(200);
    expect(await bytesAt("/media/x.gif")).toEqual(gif(3));
    await deleteUnusedAfter(MINUTE - 1);
    expect(await keys()).toHaveLength(2);
    await deleteUnusedAfter(1);
    expect(await keys()).toHaveLength(1);
    expect(await bytesAt("/media/x.gif")).toEqual(gif(3));
  });

  it("keeps its bytes if the same are sent again", async () => {
    await put("x.gif", gif(2));
    expect((await put("x.gif", gif(2))).status).toBe(200);
    await deleteUnusedAfter(60 * MINUTE);
    expect((await newsroom.api("GET", "/api/media/x.gif")).status).toBe(200);
    expect(await keys()).toHaveLength(1);
  });

  it("has bytes and a description that belong together, whichever of several uploads is faster", async () => {
    await put("x.gif", gif(2));
    await newsroom.put("x", story("x", {}, "![x](media/x.gif)"));
    for (let round = 0; round < 10; round++) {
      const answers = await Promise.all([3, 4, 5].map((width) => put("x.gif", gif(width))));
      expect(answers.some(({ status }) => status === 200)).toBe(true);
      const list = await newsroom.api("GET", "/api/media");
      const { media }: { media: readonly { width: number; length: number }[] } = await list.json();
      const bytes = await bytesAt("/media/x.gif");
      expect(media).toMatchObject([{ width: bytes[6], length: bytes.byteLength }]);
    }
    await deleteUnusedAfter(61 * MINUTE);
    expect(await keys()).toHaveLength(1);
  });

  it("is not replaced by an editor who may only upload new ones, even in a race", async () => {
    const hired = await newsroom.api("PUT", "/api/editors/ann", { body: '{"role":"write"}' });
    const { token }: { token: string } = await hired.json();
    for (let round = 0; round < 10; round++) {
      const [mine, anns] = await Promise.all([put(`${round}.gif`, gif(2)), put(`${round}.gif`, gif(3), {}, token)]);
      expect([mine.status, anns.status].filter((status) => status === 201)).toHaveLength(1);
      const { status } = await put(`${round}.gif`, gif(4), {}, token);
      expect(status).toBe(403);
    }
  });

  it.each([
    ["If-None-Match: * over a file that exists", { "if-none-match": "*" }, 412],
    ["If-Match with another tag", { "if-match": '"nonsense"' }, 412],
    ["If-Match with *", { "if-match": "*" }, 200],
  ])("answers %s as RFC 9110 says", async (_, headers, status) => {
    await put("x.gif", gif(2));
    expect((await put("x.gif", gif(3), headers)).status).toBe(status);
  });

  it("has the ETag that the upload returned", async () => {
    const tag = (await put("x.gif", gif(2))).headers.get("etag") ?? "";
    expect((await newsroom.api("GET", "/api/media/x.gif")).headers.get("etag")).toBe(tag);
    expect((await put("x.gif", gif(3), { "if-match": tag })).status).toBe(200);
    expect((await put("x.gif", gif(4), { "if-match": `W/${tag}` })).status).toBe(412);
    const stale = await newsroom.api("DELETE", "/api/media/x.gif", { headers: { "if-match": tag } });
    expect(stale.status).toBe(412);
  });
});

describe("a file that is not for readers", () => {
  it.each<[string, string, Uint8Array<ArrayBuffer>, RegExp]>([
    ["a program", "setup.png", bytesOf("MZ\x90\0"), /application\/x-msdownload.*Allowed are pictures/],
    ["a script", "install.sh", bytesOf("echo"), /run when it is opened.*Allowed are pictures/],
    ["HTML", "page.txt", bytesOf("<!doctype html>"), /This is HTML.*Allowed are pictures/],
    [
      "a drawing with a script",
      "a.svg",
      bytesOf('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      /holds a script/,
    ],
    ["a picture without pixels", "empty.gif", gif(0), /says that it is 0 × /],
  ])("is refused (422) with what is allowed, and stored nowhere: %s", async (_, name, body, detail) => {
    const response = await put(name, body);
    expect([response.status, await response.json()]).toMatchObject([422, { detail: expect.stringMatching(detail) }]);
    expect((await newsroom.api("GET", `/api/media/${name}`)).status).toBe(404);
    expect(await keys()).toEqual([]);
  });
});

it("a size that an older version stored, and no picture has, is in no feed and on no page", async () => {
  await put("x.gif", gif(2));
  await database.prepare("UPDATE media SET width = 4294967295, height = 4294967295").run();
  await newsroom.put("x", story("x", { image: { src: "media/x.gif", alt: "X" } }, "![x](media/x.gif)"));
  for (const path of ["/rss.xml", "/atom.xml", "/feed.json", "/articles/x"]) {
    const text = await (await newsroom.fetch(path)).text();
    expect(text).toContain("media/x.gif");
    expect(text).not.toContain("4294967295");
  }
});

describe("deleting a file", () => {
  it("is refused (409) while a story uses it", async () => {
    await put("x.gif", gif(2));
    await newsroom.put("x", story("x", { draft: true }, "![x](media/x.gif)"));
    const refused = await newsroom.api("DELETE", "/api/media/x.gif");
    expect([refused.status, await refused.json()]).toMatchObject([
      409,
      { detail: expect.stringMatching(/story uses/) },
    ]);
    expect((await newsroom.api("GET", "/api/media/x.gif")).status).toBe(200);
  });

  it("never leaves a story without its picture, even in a race with a write of the story", async () => {
    for (let round = 0; round < 10; round++) {
      await put("x.gif", gif(2));
      const [write, deleted] = await Promise.all([
        newsroom.api("PUT", "/api/items/x", { body: story("x", {}, `Round ${round}: ![x](media/x.gif)`) }),
        newsroom.api("DELETE", "/api/media/x.gif"),
      ]);
      if (write.ok) expect([deleted.status, (await newsroom.fetch("/media/x.gif")).status]).toEqual([409, 200]);
      else expect([write.status, deleted.status]).toEqual([422, 204]);
      await newsroom.api("DELETE", "/api/items/x?purge=true");
      // Otherwise the next round could not use the id of an erased story.
      await database.prepare("DELETE FROM erased").run();
    }
  });

  it("does not delete another file with the same bytes", async () => {
    await put("a.gif", gif(2));
    await put("b.gif", gif(2));
    expect((await newsroom.api("DELETE", "/api/media/a.gif")).status).toBe(204);
    await deleteUnusedAfter(MINUTE);
    expect((await newsroom.api("GET", "/api/media/b.gif")).status).toBe(200);
    expect((await newsroom.api("GET", "/api/media/a.gif")).status).toBe(404);
    expect(await keys()).toHaveLength(1);
  });

  it("is in the audit log", async () => {
    await put("x.gif", gif(2));
    await newsroom.api("DELETE", "/api/media/x.gif");
    const { entries }: { entries: readonly unknown[] } = await (await newsroom.api("GET", "/api/log")).json();
    expect(entries).toMatchObject([
      { action: "delete media", subject: "media/x.gif" },
      { action: "put media", subject: "media/x.gif" },
    ]);
  });

  it("is answered 404 if there is no such file", async () => {
    expect((await newsroom.api("DELETE", "/api/media/x.gif")).status).toBe(404);
  });
});

describe("while the bucket fails", () => {
  it("an upload is answered 503", async () => {
    const { bucket, state } = createFailingBucket("put");
    newsroom = await openNewsroomWorker({ now: NOW, database, bindings: { MEDIA: bucket } });
    state.fails = true;
    expect((await put("x.gif", gif(2))).status).toBe(503);
    expect((await newsroom.api("GET", "/api/media/x.gif")).status).toBe(404);
  });

  it("a file whose bytes do not come in time is answered 503", async () => {
    await put("x.gif", gif(2));
    const asked = Promise.withResolvers<void>();
    const arrayBuffer = () => {
      asked.resolve();
      return new Promise(() => {});
    };
    const stalling = new Proxy(bucketOf(), {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (key !== "get") return typeof value === "function" ? value.bind(target) : value;
        return async (object: string) => (await target.get(object)) && { arrayBuffer };
      },
    });
    newsroom = await openNewsroomWorker({ now: NOW, database, bindings: { MEDIA: stalling } });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const response = newsroom.api("GET", "/api/media/x.gif");
    await asked.promise;
    await vi.advanceTimersByTimeAsync(10_000);
    vi.useRealTimers();
    expect((await response).status).toBe(503);
  });

  it("objects stay listed for deletion until they are deleted", async () => {
    const { bucket, state } = createFailingBucket("delete");
    newsroom = await openNewsroomWorker({ now: NOW, database, bindings: { MEDIA: bucket } });
    await put("x.gif", gif(2));
    await newsroom.put("x", story("x", {}, "![x](media/x.gif)"));
    expect((await newsroom.api("DELETE", "/api/items/x?purge=true")).status).toBe(204);
    state.fails = true;
    await expect(deleteUnusedAfter(MINUTE)).rejects.toThrow(/bucket/);
    expect(await keys()).toHaveLength(1);
    state.fails = false;
    await deleteUnusedAfter(0);
    expect(await keys()).toEqual([]);
  });
});

it("the bytes of an upload that the database did not record are deleted after an hour", async () => {
  const batch = database.batch.bind(database);
  let fails = false;
  const failing = new Proxy(database, {
    get(target, key) {
      if (key === "batch") {
        const answer: typeof batch = (statements) =>
          fails
            ? Promise.reject(new Error("D1_ERROR: Internal error in D1 DB storage caused object to be reset."))
            : batch(statements);
        return answer;
      }
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  newsroom = await openNewsroomWorker({ now: NOW, database: failing });
  fails = true;
  expect((await put("x.gif", gif(2))).status).toBe(503);
  // It may still be under way.
  await deleteUnusedAfter(60 * MINUTE - 1);
  expect(await keys()).toHaveLength(1);
  await deleteUnusedAfter(1);
  expect(await keys()).toEqual([]);
});

it("the key of an object is no address at which its bytes are served", async () => {
  await put("x.gif", gif(2));
  await newsroom.put("x", story("x", {}, "![x](media/x.gif)"));
  for (const key of await keys()) {
    for (const path of [`/${key}`, `/media/${key}`, `/media/../${key}`]) {
      expect((await newsroom.fetch(path)).status).toBe(404);
    }
  }
});

describe("media files", () => {
  it("are listed, and served to editors whether or not readers see them", async () => {
    await newsroom.api("PUT", "/api/media/b%20c.gif", { body: GIF });
    await newsroom.api("PUT", "/api/media/folder/a.gif", { body: GIF });
    const digest = Buffer.from(await crypto.subtle.digest("SHA-256", GIF)).toString("hex");
    const description = { type: "image/gif", length: GIF.length, digest, width: 1, height: 1 };
    expect(await (await newsroom.api("GET", "/api/media")).json()).toEqual({
      media: [
        { path: "media/b c.gif", ...description },
        { path: "media/folder/a.gif", ...description },
      ],
      next: null,
    });
    expect(await (await newsroom.api("GET", "/api/media/folder/a.gif")).bytes()).toEqual(GIF);
    expect((await newsroom.fetch("/media/folder/a.gif")).status).toBe(404);
    await newsroom.put("picture", story("picture", { image: { src: "media/folder/a.gif", alt: "" } }));
    expect(await (await newsroom.fetch("/media/folder/a.gif")).bytes()).toEqual(GIF);
    expect((await newsroom.api("GET", "/api/media/none.gif")).status).toBe(404);
  });
});

describe("media files that site.yaml names", () => {
  it("cannot be replaced through the API", async () => {
    const files = {
      "site.yaml": site({ icon: "media/icon.gif" }),
      "media/icon.gif": Uint8Array.from(atob("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"), (one) =>
        one.charCodeAt(0),
      ),
    };
    const one = await openNewsroomWorker({ now: NOW, database: newsroom.database, files });
    expect((await one.api("PUT", "/api/media/icon.gif", { body: "x" })).status).toBe(409);
    expect((await one.fetch("/media/icon.gif")).status).toBe(200);
    // A story may use it all the same.
    await one.put("x", story("x", { image: { src: "media/icon.gif", alt: "" } }));
  });
});
