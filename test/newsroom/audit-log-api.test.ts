import { describe, expect, it } from "vitest";
import { GIF, instant, story } from "../fixtures/publication.ts";
import { createEmptyDatabase, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

describe("GET /api/log", () => {
  it("lists page by page, the latest entry first", async () => {
    const newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
    for (let index = 0; index < 7; index++) await newsroom.put(`s${index}`, story(`s${index}`));
    await newsroom.api("DELETE", "/api/items/s5?reason=Wrong.");
    const { entries }: { entries: readonly { number: number; action: string }[] } = await (
      await newsroom.api("GET", "/api/log")
    ).json();
    expect(entries.map(({ action }) => action)).toEqual(["withdraw", ...Array.from({ length: 7 }, () => "put")]);
    const numbers = entries.map(({ number }) => number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    const older: { entries: readonly { number: number }[] } = await (
      await newsroom.api("GET", `/api/log?before=${numbers[2]}`)
    ).json();
    expect(older.entries.map(({ number }) => number)).toEqual(numbers.slice(3));
  });

  it("has an entry for each kind of change, and none for what changes nothing", async () => {
    const newsroom = await openNewsroomWorker({ now: NOW + 999, database: await createEmptyDatabase() });
    const { api } = newsroom;
    const id = (slug: string) => `tag:courier.example,2026:${slug}`;
    const calls: readonly (readonly [
      string,
      string,
      string | Uint8Array<ArrayBuffer> | undefined,
      object | undefined,
    ])[] = [
      ["PUT", "/api/editors/ann", '{"role":"publish"}', { action: "add editor", subject: "ann", changes: ["publish"] }],
      ["PUT", "/api/editors/ann", '{"role":"publish"}', undefined],
      ["PUT", "/api/media/x.gif", GIF, { action: "put media", subject: "media/x.gif", changes: ["image/gif"] }],
      ["PUT", "/api/media/x.gif", GIF, undefined],
      [
        "PUT",
        "/api/items/x",
        story("x"),
        { action: "put", subject: "x", changes: expect.arrayContaining(["html", "id"]) },
      ],
      ["PUT", "/api/items/x", story("x"), undefined],
      ["PUT", "/api/items/x", story("x", { title: "New" }), { action: "put", subject: "x", changes: ["title"] }],
      ["PUT", "/api/items/y", story("x"), undefined],
      ["DELETE", "/api/items/x?reason=Wrong.", undefined, { action: "withdraw", subject: "x", changes: ["withdrawn"] }],
      ["DELETE", "/api/items/x?reason=Wrong.", undefined, undefined],
      ["DELETE", "/api/media/x.gif", undefined, { action: "delete media", subject: "media/x.gif", changes: [] }],
      ["DELETE", "/api/media/x.gif", undefined, undefined],
      ["DELETE", "/api/previews", undefined, { action: "end previews", subject: "previews", changes: [] }],
      ["DELETE", "/api/editors/ann", undefined, { action: "revoke editor", subject: "ann", changes: [] }],
      ["DELETE", "/api/editors/ann", undefined, undefined],
      ["DELETE", "/api/items/x?purge=true", undefined, { action: "erase", subject: id("x"), changes: [] }],
    ];
    const entriesNow = async () => {
      const { entries }: { entries: readonly object[] } = await (await api("GET", "/api/log")).json();
      return entries;
    };
    for (const [method, path, body, entry] of calls) {
      const before = await entriesNow();
      await api(method, path, { ...(body !== undefined && { body }) });
      const [latest, ...others] = await entriesNow();
      const call = `${method} ${path}`;
      if (entry === undefined) expect([call, 1 + others.length]).toEqual([call, before.length]);
      else {
        expect([call, latest]).toEqual([
          call,
          { number: expect.any(Number), editor: "owner", at: "2026-03-01T12:00:00.999Z", ...entry },
        ]);
        expect([call, others.length]).toEqual([call, before.length]);
      }
    }
  });

  it("lists a hundred entries on a page", async () => {
    const database = await createEmptyDatabase();
    const newsroom = await openNewsroomWorker({ now: NOW, database });
    const addEntries = (count: number) =>
      database
        .prepare(
          `INSERT INTO log (at, editor, action, subject, changes) WITH RECURSIVE n (i) AS
            (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) SELECT 0, 'ann', 'put', 'x', '[]' FROM n`,
        )
        .bind(count)
        .run();
    const pages = async (): Promise<readonly number[]> => {
      const sizes: number[] = [];
      for (let next: string | null = "/api/log"; next !== null; ) {
        const page: { entries: readonly object[]; next: string | null } = await (
          await newsroom.api("GET", next)
        ).json();
        sizes.push(page.entries.length);
        next = page.next;
      }
      return sizes;
    };
    await addEntries(99);
    expect(await pages()).toEqual([99]);
    await addEntries(1);
    expect(await pages()).toEqual([100, 0]);
    await addEntries(1);
    expect(await pages()).toEqual([100, 1]);
  });
});
