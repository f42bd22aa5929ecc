import { waitUntil } from "cloudflare:workers";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createWorker } from "../../src/app/create-worker.ts";
import { compileText, type Files, instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { assetsOf } from "../routes/support/serve.ts";
import { createEmptyDatabase, openNewsroomWorker } from "./newsroom-worker.ts";

// Readers get the same whether stories were written into the newsroom one after another or compiled together by the
// build.

const START = instant("2026-03-01T00:00:00Z");
const HOUR = 3_600_000;
const SITE = site({
  authors: { staff: { name: "The Staff" }, ann: { name: "Ann" } },
  sections: { world: "The World" },
  feedLength: 2,
  timeZone: "America/New_York",
  noticeDays: 1,
  usage: { "ai-train": "no" },
  markdown: true,
});
const SLUGS = ["a", "b", "c", "d", "e"];

const iso = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

const hours = fc.nat({ max: 6 });
const front = fc.record(
  {
    published: hours,
    tags: fc.subarray(["X", "Y", "X+", "Y-Y", "Y+Y"], { minLength: 1 }),
    authors: fc.subarray(["staff", "ann"], { minLength: 1 }),
    section: fc.constant("world"),
    language: fc.constantFrom("de", "ar"),
    draft: fc.constant(true),
    feeds: fc.constant(false),
    usage: fc.constantFrom({ "ai-train": "yes" }, { search: "no" }),
    license: fc.constant("https://creativecommons.org/licenses/by/4.0/"),
    updated: hours,
    expires: fc.integer({ min: 1, max: 6 }),
    withdrawn: hours,
  },
  { requiredKeys: ["published"] },
);

const step = fc.oneof(
  { weight: 7, arbitrary: fc.record({ action: fc.constant("put" as const), slug: fc.constantFrom(...SLUGS), front }) },
  { weight: 2, arbitrary: fc.record({ action: fc.constant("withdraw" as const), slug: fc.constantFrom(...SLUGS) }) },
  { weight: 1, arbitrary: fc.record({ action: fc.constant("erase" as const), slug: fc.constantFrom(...SLUGS) }) },
  { weight: 2, arbitrary: fc.record({ action: fc.constant("wait" as const), hours }) },
);

const heads = [
  "",
  "/summaries",
  "/tags/x",
  "/tags/y",
  "/tags/x~plus~",
  "/tags/y-y",
  "/authors/ann",
  "/sections/world",
  "/articles/a",
  "/articles/b",
];
const paths = heads
  .flatMap((head) => [
    ...["/rss.xml", "/atom.xml", "/feed.json"].map((file) => head + file),
    ...[1, 2, 3].map((page) => `${head}/archive/${page}/atom.xml`),
  ])
  .concat("/", "/articles/a", "/articles/c", "/articles/a/republish", "/articles/c/republish")
  .concat(
    "/page/2",
    "/page/3",
    "/tags/x",
    "/tags/x/page/2",
    "/authors/ann",
    "/sections/world",
    "/sections/world/page/2",
  )
  .concat("/archive", "/archive/2026/02", "/archive/2026/03")
  .concat("/robots.txt", "/license.xml", "/.well-known/tdmrep.json", "/news-sitemap.xml")
  .concat("/subscribe", "/opml.xml", "/source/rss.xml")
  .concat("/sitemap.xml", "/sitemaps/1.xml", "/sitemaps/2.xml", "/sitemaps/pages-1.xml")
  .concat("/articles/a.md", `/oembed?url=${ORIGIN}/articles/a&format=xml`);

it("the newsroom serves what the build would serve of the same stories, whatever their history", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), hours, async (steps, later) => {
      const database = await createEmptyDatabase();
      const newsroom = await openNewsroomWorker({ now: START + 3 * HOUR, database, files: { "site.yaml": SITE } });
      const stored = new Map<string, string>();
      for (const one of steps) {
        if (one.action === "wait") newsroom.clock.now += one.hours * HOUR;
        if (one.action === "put") {
          const { published, updated, expires, withdrawn, ...rest } = one.front;
          const at = START + published * HOUR;
          const source = story(one.slug, {
            ...rest,
            published: iso(at),
            ...(updated !== undefined && { updated: iso(at + updated * HOUR) }),
            ...(expires !== undefined && { expires: iso(at + expires * HOUR) }),
            ...(withdrawn !== undefined && { withdrawn: { at: iso(at + withdrawn * HOUR), reason: "Wrong." } }),
          });
          const { status } = await newsroom.api("PUT", `/api/items/${one.slug}`, { body: source });
          // An erased id is not taken again.
          if (status < 300) stored.set(one.slug, source);
        }
        if (one.action === "withdraw" && (await newsroom.api("DELETE", `/api/items/${one.slug}?reason=x`)).ok) {
          const again = await newsroom.api("GET", `/api/items/${one.slug}`, { headers: { accept: "text/markdown" } });
          stored.set(one.slug, await again.text());
        }
        if (one.action === "erase" && (await newsroom.api("DELETE", `/api/items/${one.slug}?purge=true`)).ok)
          stored.delete(one.slug);
      }
      const now = newsroom.clock.now + later * HOUR;
      const files: Files = {
        "site.yaml": SITE,
        ...Object.fromEntries([...stored].map(([slug, text]) => [`${slug}.md`, text])),
      };
      const built = createWorker(await compileText(files), { now: () => now, waitUntil });
      const fresh = await openNewsroomWorker({ now, database, files: { "site.yaml": SITE } });
      for (const path of paths) {
        const ours = await fresh.fetch(path);
        const theirs = await built.fetch(new Request(ORIGIN + path), { ASSETS: assetsOf({}) });
        expect({ path, status: ours.status, to: ours.headers.get("location"), text: await ours.text() }).toEqual({
          path,
          status: theirs.status,
          to: theirs.headers.get("location"),
          text: await theirs.text(),
        });
        compared += ours.status === 200 ? 1 : 0;
      }
    }),
    { numRuns: 8 },
  );
  expect(compared).toBeGreaterThan(50);
});

it("a correction in the very second of the oldest story is in both feeds", async () => {
  const at = iso(START + HOUR);
  const stories = {
    old: story("old", { published: iso(START), updated: at }),
    a: story("a", { published: at }),
    b: story("b", { published: at }),
    before: story("before", { published: iso(START - HOUR), updated: iso(START + HOUR - 1000) }),
  };
  const database = await createEmptyDatabase();
  const now = START + 3 * HOUR;
  const newsroom = await openNewsroomWorker({ now, database, files: { "site.yaml": SITE } });
  for (const [slug, source] of Object.entries(stories)) await newsroom.put(slug, source);
  const files = Object.fromEntries(Object.entries(stories).map(([slug, source]) => [`${slug}.md`, source]));
  const built = createWorker(await compileText({ "site.yaml": SITE, ...files }), { now: () => now, waitUntil });
  const theirs = await built.fetch(new Request(`${ORIGIN}/feed.json`), { ASSETS: assetsOf({}) });
  for (const response of [theirs, await newsroom.fetch("/feed.json")]) {
    const { items }: { items: readonly { readonly id: string }[] } = await response.json();
    expect(items.map(({ id }) => id.slice(id.lastIndexOf(":") + 1))).toEqual(["b", "a", "old"]);
  }
});
