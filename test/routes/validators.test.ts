import fc from "fast-check";
import { expect, it } from "vitest";
import { arbitraryHistory, publicationsOf } from "./editing.ts";
import { DAY, filesOf, HOUR, START } from "./history.ts";
import { serveFiles } from "./serve.ts";

// Any publication that is edited, whose site.yaml is edited, and in which stories appear and expire by themselves.

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

interface Seen {
  readonly body: string;
  readonly tag: string;
  /** Milliseconds. */
  readonly modified: number;
}

it("a tag is another one just when the bytes are, and Last-Modified advances with it, by a second at least", async () => {
  let changes = 0;
  const edits = fc.array(fc.option(channelEdit, { nil: undefined, freq: 2 }), { minLength: 10, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(arbitraryHistory, edits, async ({ steps, channel: first }, edits) => {
      const histories = new Map<string, readonly Seen[]>(PATHS.map((path) => [path, []]));
      const publications = [...publicationsOf(steps)];
      let channel: Readonly<Record<string, unknown>> = first;
      for (const [index, { stories, now }] of publications.entries()) {
        channel = { ...channel, ...edits[index] };
        const served = await serveFiles(filesOf(stories, channel), { now, deployed: now });
        const until = publications[index + 1]?.now ?? now + 5 * DAY;
        for (let snapshot = now; snapshot < until; snapshot += 12 * HOUR) {
          served.clock.now = snapshot;
          for (const [path, history] of histories) {
            const response = await served.fetch(path);
            if (response.status !== 200) continue;
            const body = await response.text();
            const tag = response.headers.get("etag") ?? "";
            const modified = Date.parse(response.headers.get("last-modified") ?? "");
            const last = history.at(-1);
            expect(modified).toBeLessThanOrEqual(snapshot);
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
    { numRuns: 40 },
  );
  expect(changes).toBeGreaterThan(500);
});

it("what is taken back has the tag that it had before, and another date", async () => {
  const told = { name: "s00", published: START, tags: [], author: "Ann" };
  const seen: (readonly [tag: string | null, modified: number])[] = [];
  for (const edits of [0, 1, 0]) {
    const now = START + (seen.length + 1) * DAY;
    const { fetch } = await serveFiles(filesOf([{ ...told, edits }]), { now, deployed: now });
    const { headers } = await fetch("/atom.xml");
    seen.push([headers.get("etag"), Date.parse(headers.get("last-modified") ?? "")]);
  }
  const [first, edited, last] = seen;
  expect(last?.[0]).toBe(first?.[0]);
  expect(edited?.[0]).not.toBe(first?.[0]);
  expect(seen.map(([, modified]) => modified)).toEqual([1, 2, 3].map((day) => START + day * DAY));
});
