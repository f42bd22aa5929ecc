import { waitUntil } from "cloudflare:workers";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createWorker } from "../../src/app/create-worker.ts";
import { compileText, ORIGIN, site, story } from "../fixtures/publication.ts";
import { assetsOf } from "../routes/support/serve.ts";
import { createEmptyDatabase, openNewsroomWorker } from "./newsroom-worker.ts";

// Stories of the same second have an order all the same, in which nothing is lost or twice: that of their ids, the greatest
// first. It is the same in both stores, in whichever order the stories were written.

const SITE = site({ feedLength: 2, noticeDays: 1 });
const SECOND = "2026-03-01T10:00:00Z";
const NEXT = "2026-03-01T10:00:01Z";
const LATER = "2026-03-01T11:00:00Z";
const NOW = Date.parse("2026-03-01T12:00:00Z");
const SLUGS = ["a", "b", "c", "d", "e", "f", "g"];

const changes = fc.constantFrom(
  {},
  { updated: LATER },
  { withdrawn: { at: LATER, reason: "Wrong." } },
  { expires: LATER },
  { expires: "2026-03-01T13:00:00Z" },
);
const stories = fc.tuple(
  ...SLUGS.map((slug) =>
    fc.record({ published: fc.constantFrom(SECOND, NEXT), change: changes }).map(({ published, change }) => ({
      slug,
      published,
      source: story(slug, { published, ...change }),
    })),
  ),
);
const written = stories.chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));

const PATHS = [
  ...["/rss.xml", "/atom.xml", "/feed.json", "/"],
  ...[1, 2, 3, 4].map((page) => `/archive/${page}/atom.xml`),
];

it("stories of the same second are in the same order in both stores, and none is lost in the archive", async () => {
  await fc.assert(
    fc.asyncProperty(written, async (order) => {
      const database = await createEmptyDatabase();
      const newsroom = await openNewsroomWorker({ now: NOW, database, files: { "site.yaml": SITE } });
      for (const { slug, source } of order) await newsroom.put(slug, source);
      const { results } = await database
        .prepare("SELECT s.slug, m.slot FROM memberships m JOIN stories s ON s.number = m.story WHERE m.scope = 'all'")
        .all<{ slug: string; slot: number }>();
      const bySlot = results.toSorted((one, other) => one.slot - other.slot);
      const oldestFirst = order.map(({ slug, published }) => `${published} ${slug}`).toSorted();
      expect(bySlot.map(({ slug, slot }) => `${slot} ${slug}`)).toEqual(
        oldestFirst.map((name, slot) => `${slot} ${name.slice(-1)}`),
      );
      const files = Object.fromEntries(order.map(({ slug, source }) => [`${slug}.md`, source]));
      const built = createWorker(await compileText({ "site.yaml": SITE, ...files }), { now: () => NOW, waitUntil });
      for (const path of PATHS) {
        const theirs = await built.fetch(new Request(ORIGIN + path), { ASSETS: assetsOf({}) });
        const ours = await newsroom.fetch(path);
        expect({ path, status: ours.status, text: await ours.text() }).toEqual({
          path,
          status: theirs.status,
          text: await theirs.text(),
        });
      }
    }),
    { numRuns: 6 },
  );
});

it.each([
  ["published", {}],
  ["updated", { updated: LATER }],
])("in a feed, stories %s in the same second come in the order of their ids, the greatest first", async (_, change) => {
  const database = await createEmptyDatabase();
  const files = Object.fromEntries(
    ["b", "d", "a", "c"].map((slug) => [`${slug}.md`, story(slug, { published: SECOND, ...change })]),
  );
  const newsroom = await openNewsroomWorker({ now: NOW, database, files: { "site.yaml": site({ feedLength: 4 }) } });
  for (const [name, source] of Object.entries(files)) await newsroom.put(name.slice(0, 1), source);
  const publication = await compileText({ "site.yaml": site({ feedLength: 4 }), ...files });
  const built = createWorker(publication, { now: () => NOW, waitUntil });
  const theirs = await built.fetch(new Request(`${ORIGIN}/feed.json`), { ASSETS: assetsOf({}) });
  for (const response of [theirs, await newsroom.fetch("/feed.json")]) {
    const { items }: { items: readonly { readonly id: string }[] } = await response.json();
    expect(items.map(({ id }) => id.slice(-1))).toEqual(["d", "c", "b", "a"]);
  }
});
