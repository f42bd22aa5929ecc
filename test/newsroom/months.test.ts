import { expect, it } from "vitest";
import { instant, site, story } from "../fixtures/publication.ts";
import { createEmptyDatabase, openNewsroomWorker } from "./newsroom-worker.ts";

// The archive of a newsroom has every month in which a story was published by the clocks of the site, also where those are put forward
// or back within a month, so that it began by another offset than the newest story of it has.

/** The months of instants on a zone's clocks, newest first, as Intl tells them. */
const monthsOf = (timeZone: string, dates: readonly string[]): readonly string[] => {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit" });
  const months = dates.map((date) => format.formatToParts(instant(date)));
  const named = months.map((parts) => ["year", "month"].map((type) => parts.find((part) => part.type === type)?.value));
  return [...new Set(named.map((one) => one.join("-")))].sort().reverse();
};

it.each([
  // The last hour before a month in which clocks are put forward.
  ["Europe/Berlin", ["2026-03-30T12:00:00Z", "2026-02-28T22:30:00Z"]],
  ["Europe/Berlin", ["2026-03-30T12:00:00Z", "2026-02-28T22:30:00Z", "2026-01-10T12:00:00Z"]],
  ["Europe/Berlin", ["2026-03-30T12:00:00Z", "2026-02-28T23:30:00Z", "2026-02-28T22:30:00Z"]],
  ["Pacific/Auckland", ["2026-09-28T12:00:00Z", "2026-08-31T11:30:00Z"]],
  ["Australia/Lord_Howe", ["2026-10-10T12:00:00Z", "2026-09-30T13:15:00Z"]],
  ["Antarctica/Troll", ["2026-03-30T12:00:00Z", "2026-02-28T22:30:00Z", "2026-02-28T23:30:00Z"]],
  // The first hour of one in which they are put back.
  ["America/New_York", ["2026-11-20T12:00:00Z", "2026-11-01T04:30:00Z", "2026-11-01T03:30:00Z"]],
  ["UTC", ["2026-03-01T00:00:00Z", "2026-02-28T23:59:59Z", "2026-02-28T22:00:00Z", "2025-12-31T23:59:59Z"]],
])("%s: %j", async (timeZone, dates) => {
  const { put, fetch } = await openNewsroomWorker({
    now: instant("2027-01-01T00:00:00Z"),
    database: await createEmptyDatabase(),
    files: { "site.yaml": site({ timeZone }) },
  });
  for (const [index, published] of dates.entries()) await put(`s${index}`, story(`s${index}`, { published }));
  const text = await (await fetch("/archive")).text();
  const months = Array.from(text.matchAll(/<h3 id="archive-([^"]+)"/g), ([, month]) => month);
  expect(months).toEqual(monthsOf(timeZone, dates));
  const pages = await Promise.all(
    months.map(async (month) => (await fetch(`/archive/${month?.replace("-", "/")}`)).text()),
  );
  const listed = pages.flatMap((page) => Array.from(page.matchAll(/\/articles\/(s\d)"/g), ([, slug]) => slug));
  expect(listed.sort()).toEqual(dates.map((_, index) => `s${index}`));
});
