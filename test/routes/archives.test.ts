import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { ORIGIN, story } from "../fixtures/publication.ts";
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
  type StoryPlan,
  scopes,
  textOf,
} from "./support/arbitrary-stories.ts";
import { type FileName, fileNames, type ParsedFeed, presentEntries, readFeed } from "./support/read-feed.ts";
import { headersOf, type ServedSite, serveFiles } from "./support/serve.ts";

/** More than there can be, to stop in a circle. */
const MAX_PAGES = 20;

interface FetchedFeed extends ParsedFeed {
  readonly path: string;
  readonly text: string;
}

const fetchFeed = async ({ fetch }: ServedSite, path: string, file: FileName): Promise<FetchedFeed> => {
  const response = await fetch(path);
  expect({ path, status: response.status }).toEqual({ path, status: 200 });
  const text = await response.text();
  return { path, text, ...readFeed(file, text) };
};

/** The current feed and all archive pages that can be reached from it by prev-archive. */
const followArchive = async (served: ServedSite, base: string, file: FileName): Promise<readonly FetchedFeed[]> => {
  const fetched: FetchedFeed[] = [];
  let path: string | undefined = `${base}/${file}`;
  while (path !== undefined) {
    expect(fetched.length).toBeLessThanOrEqual(MAX_PAGES);
    const one: FetchedFeed = await fetchFeed(served, path, file);
    fetched.push(one);
    const [previous, ...others] = one.links.get("prev-archive") ?? [];
    expect(others).toEqual([]);
    path = previous?.replace(ORIGIN, "");
  }
  return fetched;
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

const serve = ({ stories, feedLength, noticeDays, now }: Omit<Case, "scope" | "text">): Promise<ServedSite> =>
  serveFiles(filesOf(stories, { feedLength, noticeDays }), { now, deployed: START - DAY });

/** The stories that the archive pages of a scope must have, the first page first. */
const expectedPages = (
  stories: readonly StoryPlan[],
  { scope, now, feedLength }: Pick<Case, "scope" | "now" | "feedLength">,
): readonly (readonly StoryPlan[])[] =>
  chunk(byAge(stories.filter((one) => scope.includes(one) && hasAppeared(one, now))), feedLength);

/** The newest stories, and older ones that were corrected since the oldest of those appeared, newest first. */
const expectedCurrent = (visible: readonly StoryPlan[], feedLength: number): readonly StoryPlan[] => {
  const [newest, older] = [byAge(visible).slice(-feedLength), byAge(visible).slice(0, -feedLength)];
  const since = newest[0]?.published ?? 0;
  const corrected = older
    .filter(({ updated = 0, published }) => updated > published && updated >= since)
    .sort((a, b) => (a.updated ?? 0) - (b.updated ?? 0));
  return byAge([...corrected.slice(-feedLength), ...newest]).toReversed();
};

describe("following prev-archive from the current feed (RFC 5005 §4)", () => {
  it("finds every visible story, no hidden one, and pages that are counted from the oldest story", async () => {
    let pagesSeen = 0;
    let feedsWithCorrections = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryCase, fc.constantFrom(0, 12 * HOUR), async (given, later) => {
        const { feedLength, scope, text } = given;
        // Half of the cases are at the very moment at which stories appear.
        const now = given.now - later;
        const { stories } = given;
        const served = await serve({ ...given, stories, now });
        const base = text + scope.path;
        const visible = stories.filter((one) => scope.includes(one) && isVisible(one, now));
        const hidden = stories.filter((one) => !isVisible(one, now));
        const pages = expectedPages(stories, { ...given, now });
        for (const file of fileNames) {
          if (visible.length === 0 && (await served.fetch(`${base}/${file}`)).status === 404) continue;
          const [head, ...archive] = await followArchive(served, base, file);
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
          const pageIds = archive.map(({ entries }) => [...entries.keys()]);
          expect(pageIds.reverse()).toEqual(
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
        const expected = expectedCurrent(visible, feedLength).map(idOf);
        if (expected.length > feedLength) feedsWithCorrections += 1;
        const entries = presentEntries(await fetchFeed(served, `${base}/atom.xml`, "atom.xml"));
        expect([...entries.keys()]).toEqual(expected);
      }),
      { numRuns: 75 },
    );
    expect(pagesSeen).toBeGreaterThan(75);
    expect(feedsWithCorrections).toBeGreaterThan(0);
  });

  it("finds full pages unchanged, byte for byte, after later stories were added", async () => {
    let compared = 0;
    const additions = fc.array(fc.integer({ min: 1, max: 11 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(arbitraryCase, additions, async (given, hours) => {
        const { stories, now, scope, text } = given;
        const added = hours.map(
          (hour, index): StoryPlan => ({
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
      { numRuns: 25 },
    );
    expect(compared).toBeGreaterThan(5);
  });
});

describe("archive pages", () => {
  const at = (day: number): number => START + day * DAY;
  const plain = { tags: ["red"], author: "Ann" };
  const stories: readonly StoryPlan[] = [1, 2, 3, 4, 5].map((day) => ({
    ...plain,
    name: nameOf(day),
    published: at(day),
  }));
  const now = at(20);
  const more = { feedLength: 2, hubs: ["https://hub.example/"] };
  let served: ServedSite;
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
  ])("%s has the stories %j", async (path, names) => {
    const file = fileNames.find((one) => path.endsWith(one)) ?? "rss.xml";
    const { entries } = await fetchFeed(served, path, file);
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
  ])("%s is missing", async (path) => {
    expect((await served.fetch(path)).status).toBe(404);
  });

  it.each([
    ["/archive/%31/rss.xml", "/archive/1/rss.xml"],
    ["/archive//1/rss.xml", "/archive/1/rss.xml"],
    ["/archive/1/rss.xml/", "/archive/1/rss.xml"],
    ["/tags/%72ed/archive/1/rss.xml", "/tags/red/archive/1/rss.xml"],
  ])("%s is redirected to %s", async (path, target) => {
    const response = await served.fetch(path);
    expect(response.status).toBe(301);
    expect(response.headers.get("location")).toBe(ORIGIN + target);
  });

  it.each(fileNames)("name no hubs, in %s and in Link, because they do not change", async (file) => {
    const head = await fetchFeed(served, `/${file}`, file);
    expect(head.links.get("hub")).toEqual(["https://hub.example/"]);
    const page = await fetchFeed(served, `/archive/2/${file}`, file);
    expect(page.links.has("hub")).toBe(false);
    const { link = "" } = headersOf(await served.fetch(`/archive/2/${file}`));
    expect(link).not.toContain('rel="hub"');
    expect(link).toContain(`<${ORIGIN}/archive/2/${file}>; rel="self"`);
    expect(link).toContain(`<${ORIGIN}/${file}>; rel="current"`);
    expect(link).toContain(`<${ORIGIN}/archive/1/${file}>; rel="prev-archive"`);
    expect(headersOf(await served.fetch(`/archive/1/${file}`)).link).not.toContain("prev-archive");
  });

  it.each(fileNames)("keep the place of a story that was withdrawn, in %s", async (file) => {
    const gone = stories.map((one) => (one.name === "s02" ? { ...one, withdrawn: at(12) } : one));
    const later = await serveFiles(filesOf(gone, more), { now, deployed: at(12) });
    const [head, second, first] = await followArchive(later, "", file);
    expect([...(first?.entries.keys() ?? [])]).toEqual([idOf({ name: "s01" })]);
    expect([...(second?.entries.keys() ?? [])]).toEqual(["s04", "s03"].map((name) => idOf({ name })));
    expect(second?.text).toBe((await fetchFeed(served, `/archive/2/${file}`, file)).text);
    if (file !== "atom.xml") expect(head?.text).toContain("Not so, s02.");
    else for (const one of [head, first]) expect(one?.tombstones).toEqual([idOf({ name: "s02" })]);
  });

  it.each(fileNames)("have corrected stories at their place by age, as the current feed does, in %s", async (file) => {
    const edits = { edits: 1 };
    const [oldest, next, ...others] = stories.map((one, index) => ({ ...one, ...(index < 2 && edits) }));
    if (oldest === undefined || next === undefined) throw new Error("there are too few stories");
    const corrected = [{ ...oldest, updated: at(13) }, { ...next, updated: at(12) }, ...others];
    const later = await serveFiles(filesOf(corrected, more), { now, deployed: at(13) });
    const [head, second, first] = await followArchive(later, "", file);
    for (const one of [head, first]) {
      for (const name of ["s01", "s02"]) expect(one?.entries.get(idOf({ name }))).toContain(`Text 1 of ${name}.`);
    }
    expect([...(head?.entries.keys() ?? [])]).toEqual(["s05", "s04", "s02", "s01"].map((name) => idOf({ name })));
    expect(second?.text).toBe((await fetchFeed(served, `/archive/2/${file}`, file)).text);
  });
});
