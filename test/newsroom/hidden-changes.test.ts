import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { GIF, instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { type CountingDatabase, countRows } from "./count-rows.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

// What editors do to stories that nobody may see yet leaves no trace in what readers get.

const START = instant("2026-03-01T12:00:00Z");
const HOUR = 3_600_000;
const FILES = {
  "site.yaml": site({
    authors: { staff: { name: "The Staff" }, ann: { name: "Ann" } },
    sections: { world: "The World" },
    feedLength: 2,
    noticeDays: 1,
  }),
};

const iso = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

const heads = [
  ...["", "/summaries", "/tags/shared", "/tags/secret", "/authors/ann", "/authors/eve", "/sections/world"],
  ...["/articles/open-1", "/articles/hidden-1", "/articles/formerly-hidden-1"],
];
const paths = heads
  .flatMap((head) => ["/atom.xml", "/feed.json", "/archive/1/rss.xml"].map((file) => head + file))
  .concat("/", "/feed", "/articles/open-1", "/articles/hidden-1", "/articles/formerly-hidden-1")
  .concat("/media/open.gif", "/media/hidden.gif", "/media/nothing.gif")
  .concat(
    "/page/2",
    "/tags/shared",
    "/tags/secret",
    "/tags/shared/page/2",
    "/authors/eve",
    "/authors/ann",
    "/sections/world",
  )
  .concat("/archive", "/archive/2026/02", "/archive/2026/03", "/subscribe", "/opml.xml", "/source/rss.xml")
  .concat("/sitemap.xml", "/sitemaps/1.xml", "/news-sitemap.xml", "/robots.txt", "/license.xml")
  .concat(["open-1", "hidden-1"].map((slug) => `/oembed?url=${ORIGIN}/articles/${slug}`));

/** Everything that a client can see of the responses at all paths. */
const readAll = async (newsroom: NewsroomWorker): Promise<readonly unknown[]> => {
  const responses = [];
  for (const path of paths) {
    const response = await newsroom.fetch(path);
    responses.push({
      path,
      status: response.status,
      headers: [...response.headers],
      body: [...(await response.bytes())],
    });
  }
  return responses;
};

const openFront = { tags: ["shared"], authors: ["ann"], section: "world" };
const hiddenFront = {
  tags: ["secret", "shared"],
  authors: ["ann", { name: "Eve" }],
  section: "world",
  image: { src: "media/hidden.gif", alt: "" },
};

type Step = (newsroom: NewsroomWorker) => Promise<unknown>;

const names = fc.constantFrom("1", "2", "3");

/** What readers may notice. */
const publicStep: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(names, fc.integer({ min: 0, max: 50 })).map(
    ([name, hours]): Step =>
      async ({ put, clock }) => {
        await put(`open-${name}`, story(`open-${name}`, { ...openFront, published: iso(START - hours * HOUR) }));
        // Two writes within a second would move Last-Modified ahead of the clock.
        clock.now += 1000;
      },
  ),
  names.map(
    (name): Step =>
      ({ api }) =>
        api("DELETE", `/api/items/open-${name}?reason=Wrong.`),
  ),
  fc.constant<Step>(({ put }) =>
    put("open-1", story("open-1", { ...openFront, image: { src: "media/open.gif", alt: "" } })),
  ),
);

/** What they may not: drafts, stories of next week, and the media files of both. */
const hiddenStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ name: names, isDraft: fc.boolean(), days: fc.integer({ min: 7, max: 20 }), word: names }).map(
    ({ name, isDraft, days, word }): Step =>
      ({ api, clock }) => {
        const published = iso(clock.now + days * 24 * HOUR);
        const when = isDraft
          ? { draft: true, published: iso(START - HOUR) }
          : { published, expires: iso(START + 1000 * HOUR) };
        const front = {
          ...hiddenFront,
          ...when,
          aliases: [`formerly-hidden-${name}`],
          updated: iso(START + 900 * HOUR),
        };
        // It is refused if the story was erased before, or its picture was.
        return api("PUT", `/api/items/hidden-${name}`, { body: story(`hidden-${name}`, front, `Text ${word}.`) });
      },
  ),
  names.map(
    (name): Step =>
      ({ api }) =>
        api("DELETE", `/api/items/hidden-${name}?purge=true`),
  ),
  fc.constant<Step>(({ api }) => api("PUT", "/api/media/hidden-too.gif", { body: GIF })),
);

const wait = fc.integer({ min: 1, max: 30 * 3600 }).map(
  (seconds): Step =>
    async ({ clock }) => {
      clock.now += seconds * 1000;
    },
);

interface HistoryStep {
  readonly kind: "public" | "hidden";
  readonly run: Step;
}

const toKind =
  (kind: HistoryStep["kind"]) =>
  (run: Step): HistoryStep => ({ kind, run });

const history = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: publicStep.map(toKind("public")) },
    { weight: 4, arbitrary: hiddenStep.map(toKind("hidden")) },
    { weight: 2, arbitrary: wait.map(toKind("public")) },
  ),
  { minLength: 2, maxLength: 12 },
);

/** Runs the steps on a new database, and returns what readers get after each that is not hidden. */
const replay = async (steps: readonly HistoryStep[], isRun: (step: HistoryStep) => boolean) => {
  const newsroom = await openNewsroomWorker({ now: START, database: await createEmptyDatabase(), files: FILES });
  for (const name of ["open", "hidden"]) await newsroom.api("PUT", `/api/media/${name}.gif`, { body: GIF });
  const seen: unknown[] = [];
  for (const step of steps) {
    if (isRun(step)) await step.run(newsroom);
    if (step.kind === "public") seen.push(await readAll(newsroom));
  }
  seen.push(await readAll(newsroom));
  return seen;
};

describe("a change of what is hidden", () => {
  it("leaves every status, header and byte that readers get as it would be without it", async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const withHidden = await replay(steps, () => true);
        const withoutHidden = await replay(steps, ({ kind }) => kind === "public");
        expect(withHidden).toEqual(withoutHidden);
      }),
      { numRuns: 3 },
    );
  });
});

describe("the editions that were rendered", () => {
  let newsroom: NewsroomWorker;
  let take: CountingDatabase["take"];

  beforeEach(async () => {
    const counted = countRows(await createEmptyDatabase());
    take = counted.take;
    newsroom = await openNewsroomWorker({ now: START, database: counted.database, files: FILES });
    await newsroom.put("open-1", story("open-1", openFront));
  });

  /** Requests the main feed, and returns how many queries that took. */
  const queriesOfFeed = async (): Promise<number> => {
    take();
    await (await newsroom.fetch("/rss.xml")).text();
    return take().statements;
  };

  it.each([
    ["a draft is saved", { draft: true }],
    ["a story is scheduled", { published: iso(START + HOUR) }],
  ])("are used again after %s", async (_, front) => {
    await queriesOfFeed();
    await newsroom.put("hidden-1", story("hidden-1", { tags: ["shared"], ...front }));
    // Only the revision is read again.
    expect(await queriesOfFeed()).toBe(1);
    await newsroom.put("open-2", story("open-2", openFront));
    expect(await queriesOfFeed()).toBeGreaterThan(1);
  });

  it("are replaced at the instant at which an embargo lifts, and Last-Modified is that instant", async () => {
    const lifts = START + HOUR;
    await newsroom.put("hidden-1", story("hidden-1", { published: iso(lifts) }));
    newsroom.clock.now = lifts - 1;
    const before = await newsroom.fetch("/rss.xml");
    newsroom.clock.now = lifts;
    const after = await newsroom.fetch("/rss.xml");
    expect(await before.text()).not.toContain("hidden-1");
    expect(await after.text()).toContain("hidden-1");
    expect(after.headers.get("last-modified")).toBe(new Date(lifts).toUTCString());
  });

  it("of another isolate have the last text of a story that was changed while the embargo lifted", async () => {
    const lifts = START + HOUR;
    await newsroom.put("hidden-1", story("hidden-1", { published: iso(lifts) }, "The former text."));
    const { database } = newsroom;
    const bindings = { REVISION_SECONDS: "0" };
    const other = await openNewsroomWorker({ now: lifts, database, files: FILES, bindings });
    expect(await (await other.fetch("/rss.xml")).text()).toContain("The former text.");
    // The clock of the isolate that writes is a little behind.
    newsroom.clock.now = lifts - 1;
    await newsroom.put("hidden-1", story("hidden-1", { published: iso(lifts) }, "The last text."));
    expect(await (await other.fetch("/rss.xml")).text()).toContain("The last text.");
  });

  it("get a later date after a change in the second in which an embargo lifts", async () => {
    const lifts = START + HOUR;
    await newsroom.put("hidden-1", story("hidden-1", { published: iso(lifts) }));
    newsroom.clock.now = lifts + 200;
    const before = await newsroom.fetch("/rss.xml");
    newsroom.clock.now = lifts + 400;
    await newsroom.put("open-2", story("open-2", openFront));
    const after = await newsroom.fetch("/rss.xml");
    const dates = [before, after].map(({ headers }) => Date.parse(headers.get("last-modified") ?? ""));
    expect(dates[1]).toBeGreaterThan(dates[0] ?? 0);
  });
});
