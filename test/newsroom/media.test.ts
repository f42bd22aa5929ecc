import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { GIF, instant } from "../fixtures/publication.ts";
import { emptyDatabase, type Office, openOffice, story } from "./newsroom.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const MINUTE = 60_000;

/** A picture of so many pixels, with as many more bytes. */
const gif = (width: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(GIF.byteLength + width);
  bytes.set(GIF);
  bytes[6] = width;
  return bytes;
};

const bucketOf = (): R2Bucket => {
  if (env.MEDIA === undefined) throw new Error("the tests have no bucket");
  return env.MEDIA;
};

/** The bucket, one method of which fails while it is told to. */
const moody = (method: "delete" | "get" | "put") => {
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

let office: Office;
let database: D1Database;

const put = (name: string, body: Uint8Array<ArrayBuffer>, headers = {}, token?: string) =>
  office.api("PUT", `/api/media/${name}`, { body, headers, ...(token && { token }) });

const keys = async (): Promise<readonly string[]> => (await bucketOf().list()).objects.map(({ key }) => key);

const bytesAt = async (path: string): Promise<Uint8Array> =>
  new Uint8Array(await (await office.fetch(path)).arrayBuffer());

const tidyAfter = async (milliseconds: number): Promise<void> => {
  office.clock.now += milliseconds;
  await office.deleteUnused();
};

beforeEach(async () => {
  await bucketOf().delete([...(await keys())]);
  database = await emptyDatabase();
  office = await openOffice({ now: NOW, database });
});

describe("a file that is replaced", () => {
  it("shows its new bytes at once, and the old ones go when nobody can be reading them", async () => {
    expect((await put("x.gif", gif(2))).status).toBe(201);
    await office.put("x", story("x", {}, "![x](media/x.gif)"));
    expect(await bytesAt("/media/x.gif")).toEqual(gif(2));
    expect((await put("x.gif", gif(3))).status).toBe(200);
    expect(await bytesAt("/media/x.gif")).toEqual(gif(3));
    await tidyAfter(MINUTE - 1);
    expect(await keys()).toHaveLength(2);
    await tidyAfter(1);
    expect(await keys()).toHaveLength(1);
    expect(await bytesAt("/media/x.gif")).toEqual(gif(3));
  });

  it("keeps its bytes where the same are sent again", async () => {
    await put("x.gif", gif(2));
    expect((await put("x.gif", gif(2))).status).toBe(200);
    await tidyAfter(60 * MINUTE);
    expect((await office.api("GET", "/api/media/x.gif")).status).toBe(200);
    expect(await keys()).toHaveLength(1);
  });

  it("has facts and bytes that belong together, whoever is faster", async () => {
    await put("x.gif", gif(2));
    await office.put("x", story("x", {}, "![x](media/x.gif)"));
    for (let round = 0; round < 10; round++) {
      const answers = await Promise.all([3, 4, 5].map((width) => put("x.gif", gif(width))));
      expect(answers.some(({ status }) => status === 200)).toBe(true);
      const list = await office.api("GET", "/api/media");
      const { media }: { media: readonly { width: number; length: number }[] } = await list.json();
      const bytes = await bytesAt("/media/x.gif");
      expect(media).toMatchObject([{ width: bytes[6], length: bytes.byteLength }]);
    }
    await tidyAfter(61 * MINUTE);
    expect(await keys()).toHaveLength(1);
  });

  it("is replaced by nobody who may only upload new ones, however the two race", async () => {
    const hired = await office.api("PUT", "/api/editors/ann", { body: '{"role":"write"}' });
    const { token }: { token: string } = await hired.json();
    for (let round = 0; round < 10; round++) {
      const [mine, anns] = await Promise.all([put(`${round}.gif`, gif(2)), put(`${round}.gif`, gif(3), {}, token)]);
      expect([mine.status, anns.status].filter((status) => status === 201)).toHaveLength(1);
      const { status } = await put(`${round}.gif`, gif(4), {}, token);
      expect(status).toBe(403);
    }
  });

  it.each([
    ["If-None-Match: * over one that is there", { "if-none-match": "*" }, 412],
    ["If-Match with another tag", { "if-match": '"nonsense"' }, 412],
    ["If-Match with *", { "if-match": "*" }, 200],
  ])("heeds %s", async (_, headers, status) => {
    await put("x.gif", gif(2));
    expect((await put("x.gif", gif(3), headers)).status).toBe(status);
  });

  it("can be named by the tag that was handed out", async () => {
    const tag = (await put("x.gif", gif(2))).headers.get("etag") ?? "";
    expect((await office.api("GET", "/api/media/x.gif")).headers.get("etag")).toBe(tag);
    expect((await put("x.gif", gif(3), { "if-match": tag })).status).toBe(200);
    expect((await put("x.gif", gif(4), { "if-match": `W/${tag}` })).status).toBe(412);
    const stale = await office.api("DELETE", "/api/media/x.gif", { headers: { "if-match": tag } });
    expect(stale.status).toBe(412);
  });
});

describe("deleting a file", () => {
  it("is refused while a story uses it", async () => {
    await put("x.gif", gif(2));
    await office.put("x", story("x", { draft: true }, "![x](media/x.gif)"));
    const refused = await office.api("DELETE", "/api/media/x.gif");
    expect([refused.status, await refused.json()]).toMatchObject([
      409,
      { detail: expect.stringMatching(/story uses/) },
    ]);
    expect((await office.api("GET", "/api/media/x.gif")).status).toBe(200);
  });

  it("never leaves a story without its picture, however the two race", async () => {
    for (let round = 0; round < 10; round++) {
      await put("x.gif", gif(2));
      const [told, deleted] = await Promise.all([
        office.api("PUT", "/api/items/x", { body: story("x", {}, `Round ${round}: ![x](media/x.gif)`) }),
        office.api("DELETE", "/api/media/x.gif"),
      ]);
      if (told.ok) expect([deleted.status, (await office.fetch("/media/x.gif")).status]).toEqual([409, 200]);
      else expect([told.status, deleted.status]).toEqual([422, 204]);
      await office.api("DELETE", "/api/items/x?purge=true");
      await emptyStories();
    }
  });

  it("leaves another file with the same bytes alone", async () => {
    await put("a.gif", gif(2));
    await put("b.gif", gif(2));
    expect((await office.api("DELETE", "/api/media/a.gif")).status).toBe(204);
    await tidyAfter(MINUTE);
    expect((await office.api("GET", "/api/media/b.gif")).status).toBe(200);
    expect((await office.api("GET", "/api/media/a.gif")).status).toBe(404);
    expect(await keys()).toHaveLength(1);
  });

  it("is told in the log", async () => {
    await put("x.gif", gif(2));
    await office.api("DELETE", "/api/media/x.gif");
    const { entries }: { entries: readonly unknown[] } = await (await office.api("GET", "/api/log")).json();
    expect(entries).toMatchObject([
      { action: "delete media", subject: "media/x.gif" },
      { action: "put media", subject: "media/x.gif" },
    ]);
  });

  it("says 404 where there is none", async () => {
    expect((await office.api("DELETE", "/api/media/x.gif")).status).toBe(404);
  });
});

/** Its id was erased, and is wanted again. */
const emptyStories = async (): Promise<void> => {
  await database.prepare("DELETE FROM erased").run();
};

describe("while the bucket fails", () => {
  it("the newsroom says 503", async () => {
    const { bucket, state } = moody("put");
    office = await openOffice({ now: NOW, database, bindings: { MEDIA: bucket } });
    state.fails = true;
    expect((await put("x.gif", gif(2))).status).toBe(503);
    expect((await office.api("GET", "/api/media/x.gif")).status).toBe(404);
  });

  it("what is to be deleted stays so, until it is", async () => {
    const { bucket, state } = moody("delete");
    office = await openOffice({ now: NOW, database, bindings: { MEDIA: bucket } });
    await put("x.gif", gif(2));
    await office.put("x", story("x", {}, "![x](media/x.gif)"));
    expect((await office.api("DELETE", "/api/items/x?purge=true")).status).toBe(204);
    state.fails = true;
    await expect(tidyAfter(MINUTE)).rejects.toThrow(/bucket/);
    expect(await keys()).toHaveLength(1);
    state.fails = false;
    await tidyAfter(0);
    expect(await keys()).toEqual([]);
  });
});

it("bytes whose facts could not be written are deleted after an hour", async () => {
  const batch = database.batch.bind(database);
  let fails = false;
  const failing = new Proxy(database, {
    get(target, key) {
      if (key === "batch") {
        const answer: typeof batch = (statements) =>
          fails ? Promise.reject(new Error("D1_ERROR: storage")) : batch(statements);
        return answer;
      }
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  office = await openOffice({ now: NOW, database: failing });
  fails = true;
  expect((await put("x.gif", gif(2))).status).toBe(503);
  expect(await keys()).toHaveLength(1);
  await tidyAfter(60 * MINUTE);
  expect(await keys()).toEqual([]);
});

it("serves nothing at the address of the bytes themselves", async () => {
  await put("x.gif", gif(2));
  await office.put("x", story("x", {}, "![x](media/x.gif)"));
  for (const key of await keys()) {
    for (const path of [`/${key}`, `/media/${key}`, `/media/../${key}`]) {
      expect((await office.fetch(path)).status).toBe(404);
    }
  }
});
