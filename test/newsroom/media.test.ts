import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { GIF, instant } from "../fixtures/publication.ts";
import { emptyDatabase, type Office, openOffice, story } from "./newsroom.ts";

const NOW = instant("2026-03-01T12:00:00Z");

/** A picture of so many pixels, with as many more bytes. */
const gif = (width: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(GIF.byteLength + width);
  bytes.set(GIF);
  bytes[6] = width;
  return bytes;
};

let office: Office;

const put = (name: string, body: Uint8Array<ArrayBuffer>, headers = {}) =>
  office.api("PUT", `/api/media/${name}`, { body, headers });

const keys = async (): Promise<readonly string[]> => {
  const { objects = [] } = (await env.MEDIA?.list()) ?? {};
  return objects.map(({ key }) => key);
};

const bytesAt = async (path: string): Promise<Uint8Array> =>
  new Uint8Array(await (await office.fetch(path)).arrayBuffer());

beforeEach(async () => {
  for (const key of await keys()) await env.MEDIA?.delete(key);
  office = await openOffice({ now: NOW, database: await emptyDatabase() });
});

describe("a file that is replaced", () => {
  it("shows its new bytes at once, and the old ones are gone", async () => {
    expect((await put("x.gif", gif(2))).status).toBe(201);
    await office.put("x", story("x", {}, "![x](media/x.gif)"));
    expect(await bytesAt("/media/x.gif")).toEqual(gif(2));
    expect((await put("x.gif", gif(3))).status).toBe(200);
    expect(await bytesAt("/media/x.gif")).toEqual(gif(3));
    expect(await keys()).toHaveLength(1);
  });

  it("keeps its bytes where they are sent again", async () => {
    await put("x.gif", gif(2));
    await put("x.gif", gif(2));
    expect((await office.api("GET", "/api/media/x.gif")).status).toBe(200);
  });

  it("has facts and bytes that belong together, whoever is faster", async () => {
    await put("x.gif", gif(2));
    await office.put("x", story("x", {}, "![x](media/x.gif)"));
    for (let round = 0; round < 20; round++) {
      await Promise.all([3, 4, 5].map((width) => put("x.gif", gif(width))));
      const { media }: { media: readonly { width: number; length: number }[] } = await (
        await office.api("GET", "/api/media")
      ).json();
      const bytes = await bytesAt("/media/x.gif");
      expect(media).toMatchObject([{ width: bytes[6], length: bytes.byteLength }]);
    }
    expect(await keys()).toHaveLength(1);
  });
});

describe("two files with the same bytes", () => {
  it("lie in one place, until both are deleted", async () => {
    await put("a.gif", gif(2));
    await put("b.gif", gif(2));
    expect(await keys()).toHaveLength(1);
    expect((await office.api("DELETE", "/api/media/a.gif")).status).toBe(204);
    expect((await office.api("GET", "/api/media/b.gif")).status).toBe(200);
    expect((await office.api("DELETE", "/api/media/b.gif")).status).toBe(204);
    expect(await keys()).toEqual([]);
  });

  it("are there when one is sent while the other is deleted", async () => {
    for (let round = 0; round < 20; round++) {
      await put("a.gif", gif(2));
      await Promise.all([office.api("DELETE", "/api/media/a.gif"), put("b.gif", gif(2))]);
      expect((await office.api("GET", "/api/media/b.gif")).status).toBe(200);
    }
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

it("serves nothing at the address of the bytes themselves", async () => {
  await put("x.gif", gif(2));
  await office.put("x", story("x", {}, "![x](media/x.gif)"));
  for (const key of await keys()) {
    for (const path of [`/${key}`, `/media/${key}`, `/media/../${key}`]) {
      expect((await office.fetch(path)).status).toBe(404);
    }
  }
});
