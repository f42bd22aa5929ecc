import fc from "fast-check";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { beforeAll, describe, expect, it } from "vitest";
import { MAX_DELTAS } from "../../src/editions/serve-edition.ts";
import { ORIGIN } from "../fixtures/publication.ts";
import { arbitraryHistory, publicationsOf } from "./support/arbitrary-history.ts";
import { DAY, filesOf, idOf, nameOf, START, type StoryPlan } from "./support/arbitrary-stories.ts";
import { type FileName, fileNames, type ParsedFeed, presentEntries, readFeed } from "./support/read-feed.ts";
import { decodedText, headersOf, type ServedSite, serveFiles } from "./support/serve.ts";

const at = (day: number): number => START + day * DAY;
const plan = (index: number): StoryPlan => ({
  name: nameOf(index),
  published: START + index * 3_600_000,
  tags: ["red"],
  author: "Ann",
});
const many = (count: number): readonly StoryPlan[] => Array.from({ length: count }, (_, index) => plan(index));

const serve = (
  stories: readonly StoryPlan[],
  day: number,
  siteKeys: Readonly<Record<string, unknown>> = {},
): Promise<ServedSite> =>
  serveFiles(filesOf(stories, { feedLength: 10, ...siteKeys }), { now: at(day), deployed: at(day) });

const tagAt = async ({ fetch }: ServedSite, path: string): Promise<string> =>
  (await fetch(path)).headers.get("etag") ?? "";

const PATH = "/atom.xml";

describe("a delta (RFC 3229)", () => {
  let before: ServedSite;
  let after: ServedSite;
  let oldTag: string;
  beforeAll(async () => {
    before = await serve(many(10), 5);
    after = await serve([...many(10).filter(({ name }) => name !== "s05"), plan(10)], 6);
    oldTag = await tagAt(before, PATH);
  });

  const request = (headers: Record<string, string>, path = PATH, method = "GET"): Promise<Response> =>
    after.fetch(path, { method, headers });

  it("has the new entries, and headers that tell what it is", async () => {
    const whole = await after.fetch(PATH);
    const response = await request({ "a-im": "feed", "if-none-match": oldTag });
    const text = await response.text();
    expect(response.status).toBe(226);
    expect(headersOf(response)).toEqual({
      ...headersOf(whole),
      im: "feed",
      "delta-base": oldTag,
      "cache-control": "no-store, im",
      "content-length": String(text.length),
    });
    expect(response.headers.get("vary")).toBe("Accept-Encoding, A-IM, Sec-Fetch-Dest");
    expect([...readFeed("atom.xml", text).entries.keys()]).toEqual([idOf({ name: "s10" })]);
  });

  it.each([
    "feed",
    "FEED",
    " feed ",
    "feed;q=1",
    "feed; q=0.1",
    "vcdiff, feed",
    "feed, vcdiff;q=0.5",
    "vcdiff;q=0, feed;q=0.001",
    ",feed,",
  ])("is sent for A-IM: %s", async (aim) => {
    expect((await request({ "a-im": aim, "if-none-match": oldTag })).status).toBe(226);
  });

  it.each([
    "",
    "feed;q=0",
    "feed; q=0.000",
    "feed;q=x",
    "feed;q=2",
    "vcdiff",
    "vcdiff, diffe;q=0.5, gzip",
    "feeds",
    "a feed",
    "feed/1",
    "*",
    '"feed"',
    "identity",
  ])("is not sent for A-IM: %s", async (aim) => {
    expect((await request({ "a-im": aim, "if-none-match": oldTag })).status).toBe(200);
  });

  it("is not sent without A-IM", async () => {
    expect((await request({ "if-none-match": oldTag })).status).toBe(200);
  });

  it.each(["", '"made-up"', 'W/"made-up"', 'W/"ungWv48Bz-pBQUDeXa4iI7"', "feed", 'garbage, , "', "W/*"])(
    "is not sent for If-None-Match: %s, which names no edition of this feed",
    async (tags) => {
      expect((await request({ "a-im": "feed", "if-none-match": tags })).status).toBe(200);
    },
  );

  it("is not sent for *, which every edition matches", async () => {
    expect((await request({ "a-im": "feed", "if-none-match": "*" })).status).toBe(304);
  });

  it.each(["/rss.xml", "/summaries/atom.xml", "/tags/red/atom.xml", "/archive/1/atom.xml"])(
    "is not sent for the entity tag of %s, which is another document",
    async (path) => {
      const tag = await tagAt(before, path);
      expect(tag).not.toBe("");
      expect((await request({ "a-im": "feed", "if-none-match": tag })).status).toBe(200);
    },
  );

  it("is not sent for a date", async () => {
    const date = new Date(at(5)).toUTCString();
    expect((await request({ "a-im": "feed", "if-modified-since": date })).status).toBe(200);
    expect((await request({ "a-im": "feed", "if-modified-since": date, "if-none-match": '"x"' })).status).toBe(200);
  });

  it("is not sent to a client that has the current edition", async () => {
    const current = await tagAt(after, PATH);
    expect((await request({ "a-im": "feed", "if-none-match": `${oldTag}, ${current}` })).status).toBe(304);
  });

  it("is based on the most recent of several entity tags", async () => {
    const oldest = await tagAt(await serve(many(8), 4), PATH);
    for (const tags of [`${oldest}, ${oldTag}`, `"x",${oldTag} , ${oldest}`, `${oldest},${oldest},${oldTag}`]) {
      const response = await request({ "a-im": "feed", "if-none-match": tags });
      expect(response.headers.get("delta-base")).toBe(oldTag);
    }
    const older = await request({ "a-im": "feed", "if-none-match": `"x", ${oldest}` });
    expect([older.status, older.headers.get("delta-base")]).toEqual([226, oldest]);
    expect(readFeed("atom.xml", await older.text()).entries.size).toBe(3);
  });

  it("names its base as the client does, also if that leaves out W/", async () => {
    const response = await request({ "a-im": "feed", "if-none-match": oldTag.slice(2) });
    expect([response.status, response.headers.get("delta-base")]).toEqual([226, oldTag.slice(2)]);
  });

  it("is sent for a HEAD as for a GET, without the body", async () => {
    for (const coding of ["identity", "gzip"]) {
      const headers = { "a-im": "feed", "if-none-match": oldTag, "accept-encoding": coding };
      const get = await request(headers);
      const head = await request(headers, PATH, "HEAD");
      expect(head.status).toBe(226);
      expect(headersOf(head)).toEqual(headersOf(get));
      expect(head.body).toBeNull();
    }
  });

  it.each([
    ["an If-Match that fails", { "if-match": '"x"' }, 412],
    ["an If-Unmodified-Since that fails", { "if-unmodified-since": new Date(at(1)).toUTCString() }, 412],
    ["no acceptable coding", { "accept-encoding": "identity;q=0" }, 406],
  ])("is not sent with %s", async (_, headers, status) => {
    expect((await request({ "a-im": "feed", "if-none-match": oldTag, ...headers })).status).toBe(status);
  });

  it("is sent for /feed and for an archive page, too", async () => {
    const tag = await tagAt(before, "/feed");
    const negotiated = await request({ "a-im": "feed", "if-none-match": tag }, "/feed");
    expect([negotiated.status, negotiated.headers.get("vary")]).toEqual([
      226,
      "Accept, Accept-Encoding, A-IM, Sec-Fetch-Dest",
    ]);
    expect(negotiated.headers.get("content-location")).toBe("/rss.xml");
    const edited = await serve([{ ...plan(0), edits: 1 }, ...many(10).slice(1)], 6);
    const page = await edited.fetch("/archive/1/rss.xml", {
      headers: { "a-im": "feed", "if-none-match": await tagAt(before, "/archive/1/rss.xml") },
    });
    expect(page.status).toBe(226);
    expect([...readFeed("rss.xml", await page.text()).entries.keys()]).toEqual([idOf(plan(0))]);
  });

  it("is empty if only the head of the feed has changed, or a story has left its end", async () => {
    const renamed = await serve(many(10), 6, { title: "The Courier, renamed" });
    const response = await renamed.fetch(PATH, { headers: { "a-im": "feed", "if-none-match": oldTag } });
    const text = await response.text();
    expect(response.status).toBe(226);
    expect(text).toContain("The Courier, renamed");
    expect(readFeed("atom.xml", text).entries.size).toBe(0);
  });

  it("has the notice of a withdrawn story, and its tombstone in Atom", async () => {
    const gone = await serve([{ ...plan(0), withdrawn: at(6) }, ...many(10).slice(1)], 6);
    for (const file of fileNames) {
      const path = `/${file}`;
      const headers = { "a-im": "feed", "if-none-match": await tagAt(before, path) };
      const response = await gone.fetch(path, { headers });
      expect(response.status).toBe(226);
      const { entries, tombstones } = readFeed(file, await response.text());
      expect([...entries.keys()]).toEqual([idOf(plan(0))]);
      expect(entries.get(idOf(plan(0)))).toContain("Not so, s00.");
      expect(tombstones).toEqual(file === "atom.xml" ? [idOf(plan(0))] : []);
    }
  });

  it.each([
    ["gzip", "gzip"],
    ["br, gzip", "br"],
    ["identity", null],
  ])("for Accept-Encoding: %s is a document that another parser can read", async (accepted, coding) => {
    const readers = { "atom.xml": parseAtomFeed, "rss.xml": parseRssFeed, "feed.json": parseJsonFeed } as const;
    for (const file of fileNames) {
      const path = `/${file}`;
      const headers = { "a-im": "feed", "if-none-match": await tagAt(before, path), "accept-encoding": accepted };
      const response = await after.fetch(path, { headers });
      expect([response.status, response.headers.get("content-encoding")]).toEqual([226, coding]);
      expect(response.headers.get("content-length")).toBe(String((await response.clone().bytes()).byteLength));
      const text = await decodedText(response);
      expect(text).toContain(`${ORIGIN}${path}`);
      expect(readFeed(file, text).entries.size).toBe(1);
      expect(JSON.stringify(readers[file](text))).toContain(idOf(plan(10)));
    }
  });
});

/** Entity tags of the edition at PATH with each choice of `size` of its entries left out. */
const tagsWithout = (tag: string, size: number): readonly string[] => {
  const [head = "", digests = ""] = tag.split(".");
  const mark = digests.slice(0, 5);
  const entries = digests.slice(5).match(/[\w-]{5}/g) ?? [];
  const choices = (from: number, left: number): readonly (readonly number[])[] =>
    left === 0
      ? [[]]
      : Array.from({ length: entries.length - from }, (_, index) => from + index).flatMap((first) =>
          choices(first + 1, left - 1).map((rest) => [first, ...rest]),
        );
  return choices(0, size).map((lacking) => {
    const named = entries.filter((_, index) => !lacking.includes(index));
    // Another digest of the whole: with the current one the client would have the current edition.
    return `${head.slice(0, -1)}${head.endsWith("A") ? "B" : "A"}.${mark}${named.join("")}"`;
  });
};

describe("the deltas to an edition", () => {
  const request = (site: ServedSite, tag: string, method = "GET"): Promise<Response> =>
    site.fetch(PATH, { method, headers: { "a-im": "feed", "if-none-match": tag, "accept-encoding": "gzip" } });

  it("are few, whatever choice of entries a client names; then the whole document is sent", async () => {
    const site = await serve(many(10), 5);
    const tags = tagsWithout(await tagAt(site, PATH), 3);
    expect(new Set(tags).size).toBe(120);
    const statuses: number[] = [];
    for (const tag of tags) statuses.push((await request(site, tag)).status);
    expect(statuses.slice(0, MAX_DELTAS)).toEqual(Array.from({ length: MAX_DELTAS }, () => 226));
    expect(new Set(statuses.slice(MAX_DELTAS))).toEqual(new Set([200]));
    const last = await request(site, tags.at(-1) ?? "");
    expect(readFeed("atom.xml", await decodedText(last)).entries.size).toBe(10);
    // One that was made is sent again.
    expect((await request(site, tags[0] ?? "")).status).toBe(226);
  });

  it("are not made for a HEAD, whose answer says all but the length", async () => {
    const site = await serve(many(10), 5);
    const [tag = "", ...others] = tagsWithout(await tagAt(site, PATH), 3);
    const head = await request(site, tag, "HEAD");
    for (const other of others) await request(site, other, "HEAD");
    const { "content-length": length, ...fields } = headersOf(await request(site, tag));
    expect([head.status, headersOf(head)]).toEqual([226, fields]);
    expect(Number(length)).toBeGreaterThan(0);
  });
});

describe("whether a delta is sent", () => {
  it.each([
    [10, 5, 226],
    [10, 6, 200],
    [3, 1, 226],
    [3, 2, 200],
    [1, 1, 200],
  ])("of a feed of %i stories, to a client that lacks %i: status %i", async (feedLength, lacking, status) => {
    const more = { feedLength };
    const oldTag = await tagAt(await serve(many(20), 5, more), PATH);
    const after = await serve(many(20 + lacking), 6, more);
    expect((await after.fetch(PATH, { headers: { "a-im": "feed", "if-none-match": oldTag } })).status).toBe(status);
  });

  it.each([
    [44, 226],
    [45, 200],
  ])("of a feed of %i stories, when an entity tag can name 44: status %i", async (length, status) => {
    const more = { feedLength: length };
    const oldTag = await tagAt(await serve(many(length), 5, more), PATH);
    expect(oldTag.length).toBeLessThan(255);
    const after = await serve([...many(length), plan(length)], 6, more);
    const response = await after.fetch(PATH, { headers: { "a-im": "feed", "if-none-match": oldTag } });
    expect(response.status).toBe(status);
    expect(readFeed("atom.xml", await response.text()).entries.size).toBe(status === 226 ? 1 : length);
  });

  it("never if site.yaml has deltas: false", async () => {
    const more = { deltas: false };
    const oldTag = await tagAt(await serve(many(10), 5, more), PATH);
    expect(oldTag).toMatch(/^W\/"[\w-]{22}"$/);
    const deltaTag = await tagAt(await serve(many(10), 5), PATH);
    const after = await serve([...many(9), { ...plan(9), edits: 1 }], 6, more);
    for (const tag of [oldTag, deltaTag]) {
      const response = await after.fetch(PATH, { headers: { "a-im": "feed", "if-none-match": tag } });
      expect([response.status, response.headers.get("vary")]).toEqual([200, "Accept-Encoding, Sec-Fetch-Dest"]);
      expect(response.headers.has("im")).toBe(false);
    }
  });
});

/** What a feed reader stores. */
interface StoredFeed {
  readonly tag: string;
  readonly entries: ReadonlyMap<string, string>;
}

/** A feed reader: the format that it reads, and whether it knows tombstones. */
interface Reader {
  readonly file: FileName;
  readonly knowsTombstones: boolean;
}

const readersOfDeltas: readonly Reader[] = [
  ...fileNames.map((file) => ({ file, knowsTombstones: false })),
  { file: "atom.xml", knowsTombstones: true },
];

const shownBy = ({ file, knowsTombstones }: Reader, text: string): ParsedFeed => {
  const feed = readFeed(file, text);
  return knowsTombstones ? { ...feed, entries: presentEntries(feed) } : { ...feed, tombstones: [] };
};

const merge = (stored: StoredFeed, tag: string, { entries, tombstones }: ParsedFeed): StoredFeed => {
  const all = new Map([...stored.entries, ...entries]);
  for (const id of tombstones) all.delete(id);
  return { tag, entries: all };
};

/** Polls a feed as a feed reader does that supports deltas, and merges the response into what it has stored. */
const poll = async (
  { fetch }: ServedSite,
  path: string,
  reader: Reader,
  stored: StoredFeed | undefined,
  coding: string,
): Promise<{ readonly status: number; readonly stored: StoredFeed | undefined }> => {
  const condition = stored === undefined ? {} : { "if-none-match": stored.tag };
  const response = await fetch(path, { headers: { "a-im": "feed", "accept-encoding": coding, ...condition } });
  const { status } = response;
  const tag = response.headers.get("etag") ?? "";
  const text = await decodedText(response);
  if (status === 200) return { status, stored: { tag, entries: shownBy(reader, text).entries } };
  if (status === 226 && stored !== undefined) {
    expect(response.headers.get("delta-base")).toBe(stored.tag);
    return { status, stored: merge(stored, tag, shownBy(reader, text)) };
  }
  return { status, stored };
};

describe("a feed reader that merges deltas", () => {
  it("has all of the current feed, byte for byte, whatever was added, edited and withdrawn", async () => {
    const statuses = new Map<number, number>();
    const scope = fc.constantFrom("", "/summaries", "/tags/red");
    const coding = fc.constantFrom("identity", "gzip", "br");
    await fc.assert(
      fc.asyncProperty(arbitraryHistory, scope, coding, async ({ steps, channel }, base, coding) => {
        const storedBy = new Map<Reader, StoredFeed | undefined>();
        for (const { stories, now, isPolled } of publicationsOf(steps)) {
          const served = await serveFiles(filesOf(stories, channel), { now, deployed: now });
          for (const [index, reader] of readersOfDeltas.entries()) {
            if (!isPolled[index % isPolled.length]) continue;
            const path = `${base}/${reader.file}`;
            const whole = await served.fetch(path);
            if (whole.status !== 200) continue;
            const { entries, tombstones } = shownBy(reader, await whole.text());
            const { status, stored } = await poll(served, path, reader, storedBy.get(reader), coding);
            storedBy.set(reader, stored);
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
            for (const [id, text] of entries) expect(stored?.entries.get(id)).toBe(text);
            for (const id of tombstones) expect(stored?.entries.has(id)).toBe(false);
            expect(stored?.tag).toBe(whole.headers.get("etag"));
          }
        }
      }),
      { numRuns: 40 },
    );
    expect(Math.min(...[200, 226, 304].map((status) => statuses.get(status) ?? 0))).toBeGreaterThan(5);
    expect([...statuses.keys()].sort()).toEqual([200, 226, 304]);
  });
});
