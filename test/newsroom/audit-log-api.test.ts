import { describe, expect, it } from "vitest";
import { instant, story } from "../fixtures/publication.ts";
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
});
