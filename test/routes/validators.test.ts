import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Files, site, story } from "../fixtures/publication.ts";
import { arbitraryHistory, publicationsOf } from "./support/arbitrary-history.ts";
import { DAY, filesOf, HOUR, START } from "./support/arbitrary-stories.ts";
import { NOW } from "./support/sample-site.ts";
import { serveFiles } from "./support/serve.ts";

// ETag and Last-Modified of documents, for any publication over time.

const channelEdit = fc.record(
  {
    title: fc.constantFrom("The Courier", "The Courier & Echo"),
    description: fc.constantFrom("News of the example.", "All the news."),
    language: fc.constantFrom("en", "de"),
    rights: fc.constantFrom("© The Courier", "All rights reserved"),
    hubs: fc.subarray(["https://hub.example/", "https://pub.example/"]),
    words: fc.record({ withdrawn: fc.constantFrom("Withdrawn", "Taken back") }),
    feedLength: fc.integer({ min: 1, max: 6 }),
    freshness: fc.record({ maxAge: fc.constantFrom(60, 600) }),
  },
  { requiredKeys: [] },
);

interface Version {
  readonly body: string;
  readonly tag: string;
  /** Milliseconds. */
  readonly modified: number;
}

describe("while stories and site.yaml are edited, and stories appear and expire", () => {
  const PATHS = [
    "/rss.xml",
    "/atom.xml",
    "/feed.json",
    "/feed",
    "/summaries/atom.xml",
    "/tags/red/feed.json",
    "/authors/ann/atom.xml",
    "/articles/s00/rss.xml",
    "/archive/1/atom.xml",
    "/tags/red/archive/2/rss.xml",
    "/",
    "/articles/s00",
  ];

  it("two versions of a document have one ETag exactly if they are the same bytes, and Last-Modified advances by a second", async () => {
    let changes = 0;
    const edits = fc.array(fc.option(channelEdit, { nil: undefined, freq: 2 }), { minLength: 10, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(arbitraryHistory, edits, async ({ steps, channel: first }, edits) => {
        const histories = new Map<string, readonly Version[]>(PATHS.map((path) => [path, []]));
        const publications = [...publicationsOf(steps)];
        let channel: Readonly<Record<string, unknown>> = first;
        for (const [index, { stories, now }] of publications.entries()) {
          channel = { ...channel, ...edits[index] };
          const served = await serveFiles(filesOf(stories, channel), { now, deployed: now });
          const until = publications[index + 1]?.now ?? now + 5 * DAY;
          for (let time = now; time < until; time += 12 * HOUR) {
            served.clock.now = time;
            for (const [path, history] of histories) {
              const response = await served.fetch(path);
              if (response.status !== 200) continue;
              const body = await response.text();
              const tag = response.headers.get("etag") ?? "";
              const modified = Date.parse(response.headers.get("last-modified") ?? "");
              const last = history.at(-1);
              expect(modified).toBeLessThanOrEqual(time);
              for (const one of history) expect(one.tag === tag).toBe(one.body === body);
              if (last !== undefined) {
                const isChanged = last.body !== body;
                expect(modified - last.modified).toBeGreaterThanOrEqual(isChanged ? 1000 : 0);
                if (isChanged) changes += 1;
              }
              histories.set(path, [...history, { body, tag, modified }]);
            }
          }
        }
      }),
      { numRuns: 20 },
    );
    expect(changes).toBeGreaterThan(200);
  });
});

describe("while stories are edited without `updated`, second by second", () => {
  // Stories appear and expire at even seconds; at odd seconds one of them is edited and deployed.
  const SECOND = 1000;
  const PATHS = ["/rss.xml", "/summaries/tags/all/atom.xml", "/"];
  const iso = (time: number): string => new Date(time).toISOString();

  const instant = fc.integer({ min: -500, max: 500 }).map((offset) => NOW + offset * 2 * SECOND);
  const plannedStory = fc.record({ published: instant, life: fc.option(fc.integer({ min: 1, max: 300 })) });
  const step = fc.record({
    /** Milliseconds. */
    wait: fc.integer({ min: 0, max: 300 * SECOND }),
    /** Number of the story that is edited; if it is absent, nothing is deployed. */
    edit: fc.option(fc.nat({ max: 3 }), { nil: undefined }),
  });

  it("ETag changes exactly when the bytes do, and Last-Modified moves forward with it, never into the future", async () => {
    const stories = fc.array(plannedStory, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(stories, fc.array(step, { minLength: 5, maxLength: 25 }), async (planned, steps) => {
        const edits = planned.map(() => 0);
        const write = (): Files =>
          Object.fromEntries([
            ["site.yaml", site({ noticeDays: 0 })],
            ...planned.map(({ published, life }, index) => {
              const expires = life === null ? {} : { expires: iso(published + life * 2 * SECOND) };
              const front = { published: iso(published), tags: ["all"], ...expires };
              return [`${index}.md`, story(`s${index}`, front, `Edited ${edits[index]} times.`)];
            }),
          ]);
        let now = NOW - 1200 * SECOND;
        let served = await serveFiles(write(), { now, deployed: now });
        const lastVersions = new Map<string, { tag: string | null; body: string; modified: number }>();
        for (const { wait, edit } of steps) {
          now += wait;
          if (edit !== undefined) {
            now = Math.ceil(now / SECOND / 2) * 2 * SECOND + SECOND;
            if (edit < edits.length) edits[edit] = (edits[edit] ?? 0) + 1;
            served = await serveFiles(write(), { now, deployed: now });
          }
          served.clock.now = now;
          for (const path of PATHS) {
            const response = await served.fetch(path);
            if (response.status !== 200) continue;
            const tag = response.headers.get("etag");
            const body = await response.text();
            const modified = Date.parse(response.headers.get("last-modified") ?? "");
            const before = lastVersions.get(path);
            expect(modified).toBeLessThanOrEqual(now);
            if (before !== undefined) {
              expect(tag === before.tag).toBe(body === before.body);
              if (tag !== before.tag) expect(modified).toBeGreaterThan(before.modified);
              else expect(modified).toBeGreaterThanOrEqual(before.modified);
            }
            lastVersions.set(path, { tag, body, modified });
          }
        }
      }),
      { numRuns: 10 },
    );
  });
});

it("an edit that is undone brings back the ETag from before, with a later Last-Modified", async () => {
  const plan = { name: "s00", published: START, tags: [], author: "Ann" };
  const versions: (readonly [tag: string | null, modified: number])[] = [];
  for (const edits of [0, 1, 0]) {
    const now = START + (versions.length + 1) * DAY;
    const { fetch } = await serveFiles(filesOf([{ ...plan, edits }]), { now, deployed: now });
    const { headers } = await fetch("/atom.xml");
    versions.push([headers.get("etag"), Date.parse(headers.get("last-modified") ?? "")]);
  }
  const [first, edited, last] = versions;
  expect(last?.[0]).toBe(first?.[0]);
  expect(edited?.[0]).not.toBe(first?.[0]);
  expect(versions.map(([, modified]) => modified)).toEqual([1, 2, 3].map((day) => START + day * DAY));
});
