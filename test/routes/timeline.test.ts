import fc from "fast-check";
import { expect, it } from "vitest";
import { type Files, site, story } from "../fixtures/publication.ts";
import { NOW } from "./sample-site.ts";
import { serveFiles } from "./serve.ts";

// Any publication, through any time: stories appear and expire by themselves, at even seconds; at odd seconds
// the publisher deploys an edit of one of them, without saying `updated`.

const SECOND = 1000;
const iso = (time: number): string => new Date(time).toISOString();

const snapshot = fc.integer({ min: -500, max: 500 }).map((offset) => NOW + offset * 2 * SECOND);
const plannedStory = fc.record({ published: snapshot, life: fc.option(fc.integer({ min: 1, max: 300 })) });
const step = fc.record({
  /** Milliseconds. */
  wait: fc.integer({ min: 0, max: 300 * SECOND }),
  /** Which story is edited; none, and nothing is deployed, where it is absent. */
  edit: fc.option(fc.nat({ max: 3 }), { nil: undefined }),
});

const PATHS = ["/rss.xml", "/summaries/tags/all/atom.xml", "/"];

it("a tag changes just when the bytes do, and Last-Modified moves forward with it, never into the future", async () => {
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
      const held = new Map<string, { tag: string | null; body: string; modified: number }>();
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
          const before = held.get(path);
          expect(modified).toBeLessThanOrEqual(now);
          if (before !== undefined) {
            expect(tag === before.tag).toBe(body === before.body);
            if (tag !== before.tag) expect(modified).toBeGreaterThan(before.modified);
            else expect(modified).toBeGreaterThanOrEqual(before.modified);
          }
          held.set(path, { tag, body, modified });
        }
      }
    }),
    { numRuns: 20 },
  );
});
