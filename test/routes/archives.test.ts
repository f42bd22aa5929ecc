import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { ORIGIN, story } from "../fixtures/publication.ts";
import { type FeedRead, fileNames, readFeed } from "./documents.ts";
import {
  arbitraryStories,
  byAge,
  DAY,
  filesOf,
  HOUR,
  hasAppeared,
  idOf,
  isVisible,
  nameOf,
  START,
  scopes,
  type Told,
  textOf,
} from "./history.ts";
import { headersOf, type Served, serveFiles } from "./serve.ts";

/** At most as many requests as there can be pages: a walk in a circle fails. */
const MOST_PAGES = 20;

interface ShardCall extends FeedRead {
  readonly path: string;
  readonly text: string;
}

const visit = async ({ fetch }: Served, path: string, file: (typeof fileNames)[number]): Promise<ShardCall> => {
  const response = await fetch(path);
  expect({ path, status: response.status }).toEqual({ path, status: 200 });
  const text = await response.text();
  return { path, text, ...readFeed(file, text) };
};

/** The head and all archive pages that can be reached from it. */
const walk = async (served: Served, base: string, file: (typeof fileNames)[number]): Promise<readonly ShardCall[]> => {
  const calls: ShardCall[] = [];
  let path: string | undefined = `${base}/${file}`;
  while (path !== undefined) {
    expect(calls.length).toBeLessThanOrEqual(MOST_PAGES);
    const one: ShardCall = await visit(served, path, file);
    calls.push(one);
    const [previous, ...others] = one.links.get("prev-archive") ?? [];
    expect(others).toEqual([]);
    path = previous?.replace(ORIGIN, "");
  }
  return calls;
};

const chunk = <Value>(values: readonly Value[], length: number): readonly (readonly Value[])[] =>
  Array.from({ length: Math.floor(values.length / length) }, (_, index) =>
    values.slice(index * length, (index + 1) * length),
  );

const arbitraryCase = fc.record({
  stories: arbitraryStories,
  feedLength: fc.integer({ min: 1, max: 5 }),
  noticeDays: fc.constantFrom(0, 14),
  now: fc.integer({ min: 0, max: 12 }).map((days) => START + days * DAY + 12 * HOUR),
  scope: fc.constantFrom(...scopes),
  text: fc.constantFrom("", "/summaries"),
});

type Case = typeof arbitraryCase extends fc.Arbitrary<infer Value> ? Value : never;

const serve = ({ stories, feedLength, noticeDays, now }: Omit<Case, "scope" | "text">): Promise<Served> =>
  serveFiles(filesOf(stories, { feedLength, noticeDays }), { now, deployed: START - DAY });

/** What the archive pages of a scope must hold, the first page first. */
const expectedPages = (
  stories: readonly Told[],
  { scope, now, feedLength }: Pick<Case, "scope" | "now" | "feedLength">,
): readonly (readonly Told[])[] =>
  chunk(byAge(stories.filter((one) => scope.holds(one) && hasAppeared(one, now))), feedLength);

/** The newest stories, and older ones that were changed since the oldest of them appeared, newest first. */
const expectedHead = (visible: readonly Told[], feedLength: number): readonly Told[] => {
  const [newest, older] = [byAge(visible).slice(-feedLength), byAge(visible).slice(0, -feedLength)];
  const since = newest[0]?.published ?? 0;
  const corrected = older
    .filter(({ updated = 0, published }) => updated > published && updated >= since)
    .sort((a, b) => (a.updated ?? 0) - (b.updated ?? 0));
  return byAge([...corrected.slice(-feedLength), ...newest]).toReversed();
};

describe("walking prev-archive from the head (RFC 5005 §4)", () => {
  it("meets every visible story, no hidden one, and pages whose slots are counted from the oldest", async () => {
    let pagesSeen = 0;
    let headsWithCorrections = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryCase, fc.constantFrom(0, 12 * HOUR), async (given, later) => {
        const { feedLength, scope, text } = given;
        // Some at the very moment at which a story appears.
        const now = given.now - later;
        const { stories } = given;
        const served = await serve({ ...given, stories, now });
        const base = text + scope.path;
        const visible = stories.filter((one) => scope.holds(one) && isVisible(one, now));
        const hidden = stories.filter((one) => !isVisible(one, now));
        const pages = expectedPages(stories, { ...given, now });
        for (const file of fileNames) {
          if (visible.length === 0 && (await served.fetch(`${base}/${file}`)).status === 404) continue;
          const [head, ...archive] = await walk(served, base, file);
          pagesSeen += archive.length;

          expect(head?.isArchive).toBe(false);
          expect(archive.map(({ path }) => path)).toEqual(
            pages.map((_, index) => `${base}/archive/${index + 1}/${file}`).reverse(),
          );
          for (const { path, isArchive, links } of archive) {
            expect(isArchive).toBe(true);
            expect(links.get("self")).toEqual([ORIGIN + path]);
            if (file !== "feed.json") expect(links.get("current")).toEqual([`${ORIGIN}${base}/${file}`]);
            expect(links.has("next-archive")).toBe(false);
          }
          const all = [head, ...archive].map((one) => one?.text ?? "").join("");
          for (const one of visible) expect(all).toContain(textOf(one));
          for (const one of hidden) expect(all).not.toContain(textOf(one));
          for (const one of hidden) if (!hasAppeared(one, now)) expect(all).not.toContain(idOf(one));
          const slots = archive.map(({ entries }) => [...entries.keys()]);
          expect(slots.reverse()).toEqual(
            pages.map((page) =>
              page
                .filter((one) => isVisible(one, now))
                .map(idOf)
                .reverse(),
            ),
          );
          for (const number of [pages.length + 1, pages.length + 2, 999_999_999]) {
            expect((await served.fetch(`${base}/archive/${number}/${file}`)).status).toBe(404);
          }
        }
        if (visible.length === 0) return;
        const expected = expectedHead(visible, feedLength).map(idOf);
        if (expected.length > feedLength) headsWithCorrections += 1;
        const { entries } = await visit(served, `${base}/atom.xml`, "atom.xml");
        expect([...entries.keys()]).toEqual(expected);
      }),
      { numRuns: 300 },
    );
    expect(pagesSeen).toBeGreaterThan(300);
    expect(headsWithCorrections).toBeGreaterThan(3);
  });

  it("finds finished pages byte-identical after later stories were added", async () => {
    let compared = 0;
    const additions = fc.array(fc.integer({ min: 1, max: 11 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(arbitraryCase, additions, async (given, hours) => {
        const { stories, now, scope, text } = given;
        const added = hours.map(
          (hour, index): Told => ({
            name: nameOf(50 + index),
            published: now - 12 * HOUR + hour * HOUR,
            tags: ["red", "blue"],
            author: "Ann",
            section: "world",
          }),
        );
        const older = await serve(given);
        const newer = await serve({ ...given, stories: [...stories, ...added] });
        for (const file of fileNames) {
          for (const [index] of expectedPages(stories, given).entries()) {
            const path = `${text}${scope.path}/archive/${index + 1}/${file}`;
            const before = await older.fetch(path);
            const after = await newer.fetch(path);
            expect(await after.text()).toBe(await before.text());
            expect(after.headers.get("etag")).toBe(before.headers.get("etag"));
            compared += 1;
          }
        }
      }),
      { numRuns: 100 },
    );
    expect(compared).toBeGreaterThan(80);
  });
});

describe("archive pages", () => {
  const at = (day: number): number => START + day * DAY;
  const plain = { tags: ["red"], author: "Ann" };
  const stories: readonly Told[] = [1, 2, 3, 4, 5].map((day) => ({ ...plain, name: nameOf(day), published: at(day) }));
  const now = at(20);
  const more = { feedLength: 2, hubs: ["https://hub.example/"] };
  let served: Served;
  beforeAll(async () => {
    const files = { ...filesOf(stories, more), "hidden.md": story("hidden", { draft: true, tags: ["secret"] }) };
    served = await serveFiles(files, { now, deployed: at(10) });
  });

  it.each([
    ["/archive/1/rss.xml", ["s02", "s01"]],
    ["/archive/2/atom.xml", ["s04", "s03"]],
    ["/tags/red/archive/1/atom.xml", ["s02", "s01"]],
    ["/authors/ann/archive/2/feed.json", ["s04", "s03"]],
    ["/summaries/archive/1/feed.json", ["s02", "s01"]],
    ["/summaries/tags/red/archive/2/rss.xml", ["s04", "s03"]],
  ])("%s holds %j", async (path, names) => {
    const file = fileNames.find((one) => path.endsWith(one)) ?? "rss.xml";
    const { entries } = await visit(served, path, file);
    expect([...entries.keys()]).toEqual(names.map((name) => idOf({ name })));
  });

  it.each([
    "/archive/0/rss.xml",
    "/archive/00/rss.xml",
    "/archive/01/rss.xml",
    "/archive/3/rss.xml",
    "/archive/-1/rss.xml",
    "/archive/+1/rss.xml",
    "/archive/1.0/rss.xml",
    "/archive/1e0/rss.xml",
    "/archive/0x1/rss.xml",
    "/archive/%D9%A1/rss.xml",
    "/archive//rss.xml",
    "/archive/rss.xml",
    "/archive/1",
    "/archive/1/feed",
    "/archive/1/archive/1/rss.xml",
    "/archive/999999999/rss.xml",
    "/archive/1000000000/rss.xml",
    "/archive/9007199254740993/rss.xml",
    `/archive/${"9".repeat(300)}/rss.xml`,
    "/tags/red/archive/0/rss.xml",
    "/tags/red/archive/01/rss.xml",
    "/tags/red/archive/3/rss.xml",
    "/tags/nothing/archive/1/rss.xml",
    "/tags/secret/archive/1/rss.xml",
    "/articles/hidden/archive/1/rss.xml",
    "/summaries/archive/0/feed.json",
    "/archive/1/summaries/rss.xml",
  ])("there is none at %s", async (path) => {
    expect((await served.fetch(path)).status).toBe(404);
  });

  it.each([
    ["/archive/%31/rss.xml", "/archive/1/rss.xml"],
    ["/archive//1/rss.xml", "/archive/1/rss.xml"],
    ["/archive/1/rss.xml/", "/archive/1/rss.xml"],
    ["/tags/%72ed/archive/1/rss.xml", "/tags/red/archive/1/rss.xml"],
  ])("%s is sent to %s", async (path, target) => {
    const response = await served.fetch(path);
    expect(response.status).toBe(301);
    expect(response.headers.get("location")).toBe(ORIGIN + target);
  });

  it.each(fileNames)("name no hubs, in %s and in Link: what is finished has no news", async (file) => {
    const head = await visit(served, `/${file}`, file);
    expect(head.links.get("hub")).toEqual(["https://hub.example/"]);
    const page = await visit(served, `/archive/2/${file}`, file);
    expect(page.links.has("hub")).toBe(false);
    const { link = "" } = headersOf(await served.fetch(`/archive/2/${file}`));
    expect(link).not.toContain('rel="hub"');
    expect(link).toContain(`<${ORIGIN}/archive/2/${file}>; rel="self"`);
    expect(link).toContain(`<${ORIGIN}/${file}>; rel="current"`);
    expect(link).toContain(`<${ORIGIN}/archive/1/${file}>; rel="prev-archive"`);
    expect(headersOf(await served.fetch(`/archive/1/${file}`)).link).not.toContain("prev-archive");
  });

  it.each(fileNames)("keep the slot of a story that was withdrawn, in %s", async (file) => {
    const gone = stories.map((one) => (one.name === "s02" ? { ...one, withdrawn: at(12) } : one));
    const later = await serveFiles(filesOf(gone, more), { now, deployed: at(12) });
    const [head, second, first] = await walk(later, "", file);
    expect([...(first?.entries.keys() ?? [])]).toEqual([idOf({ name: "s01" })]);
    expect([...(second?.entries.keys() ?? [])]).toEqual(["s04", "s03"].map((name) => idOf({ name })));
    expect(second?.text).toBe((await visit(served, `/archive/2/${file}`, file)).text);
    if (file !== "atom.xml") expect(head?.text).toContain("Not so, s02.");
    else for (const one of [head, first]) expect(one?.tombstones).toEqual([idOf({ name: "s02" })]);
  });

  it.each(fileNames)("hold corrections, and the head does too, by the age of their stories, in %s", async (file) => {
    const edits = { edits: 1 };
    const [oldest, next, ...others] = stories.map((one, index) => ({ ...one, ...(index < 2 && edits) }));
    if (oldest === undefined || next === undefined) throw new Error("there are too few stories");
    const corrected = [{ ...oldest, updated: at(13) }, { ...next, updated: at(12) }, ...others];
    const later = await serveFiles(filesOf(corrected, more), { now, deployed: at(13) });
    const [head, second, first] = await walk(later, "", file);
    for (const one of [head, first]) {
      for (const name of ["s01", "s02"]) expect(one?.entries.get(idOf({ name }))).toContain(`Text 1 of ${name}.`);
    }
    expect([...(head?.entries.keys() ?? [])]).toEqual(["s05", "s04", "s02", "s01"].map((name) => idOf({ name })));
    expect(second?.text).toBe((await visit(served, `/archive/2/${file}`, file)).text);
  });
});
