import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { beforeAll, describe, expect, it } from "vitest";
import { ORIGIN } from "../fixtures/publication.ts";
import { decodedText } from "./decoded.ts";
import { fileNames, readFeed } from "./documents.ts";
import { DAY, filesOf, idOf, nameOf, START, type Told } from "./history.ts";
import { headersOf, type Served, serveFiles } from "./serve.ts";

const at = (day: number): number => START + day * DAY;
const tell = (index: number): Told => ({
  name: nameOf(index),
  published: START + index * 3_600_000,
  tags: ["red"],
  author: "Ann",
});
const many = (count: number): readonly Told[] => Array.from({ length: count }, (_, index) => tell(index));

const serve = (stories: readonly Told[], day: number, more: Readonly<Record<string, unknown>> = {}): Promise<Served> =>
  serveFiles(filesOf(stories, { feedLength: 10, ...more }), { now: at(day), deployed: at(day) });

const tagAt = async ({ fetch }: Served, path: string): Promise<string> => (await fetch(path)).headers.get("etag") ?? "";

const PATH = "/atom.xml";

describe("a delta (RFC 3229)", () => {
  let before: Served;
  let after: Served;
  let held: string;
  beforeAll(async () => {
    before = await serve(many(10), 5);
    after = await serve([...many(10).filter(({ name }) => name !== "s05"), tell(10)], 6);
    held = await tagAt(before, PATH);
  });

  const ask = (headers: Record<string, string>, path = PATH, method = "GET"): Promise<Response> =>
    after.fetch(path, { method, headers });

  it("holds what is new, and says what it is", async () => {
    const whole = await after.fetch(PATH);
    const response = await ask({ "a-im": "feed", "if-none-match": held });
    const text = await response.text();
    expect(response.status).toBe(226);
    expect(headersOf(response)).toEqual({
      ...headersOf(whole),
      im: "feed",
      "delta-base": held,
      "cache-control": "no-store, im",
      "content-length": String(text.length),
    });
    expect(response.headers.get("vary")).toBe("Accept-Encoding, A-IM");
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
    expect((await ask({ "a-im": aim, "if-none-match": held })).status).toBe(226);
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
    expect((await ask({ "a-im": aim, "if-none-match": held })).status).toBe(200);
  });

  it("is not sent to who does not ask for it", async () => {
    expect((await ask({ "if-none-match": held })).status).toBe(200);
  });

  it.each(["", '"made-up"', 'W/"made-up"', 'W/"ungWv48Bz-pBQUDeXa4iI7"', "feed", 'garbage, , "', "W/*"])(
    "is not sent for If-None-Match: %s, of which nothing is known",
    async (tags) => {
      expect((await ask({ "a-im": "feed", "if-none-match": tags })).status).toBe(200);
    },
  );

  it("is not sent for *, which any edition meets", async () => {
    expect((await ask({ "a-im": "feed", "if-none-match": "*" })).status).toBe(304);
  });

  it.each(["/rss.xml", "/summaries/atom.xml", "/tags/red/atom.xml", "/archive/1/atom.xml"])(
    "is not sent for the tag of %s, which may know more than the client asks about",
    async (path) => {
      const tag = await tagAt(before, path);
      expect(tag).not.toBe("");
      expect((await ask({ "a-im": "feed", "if-none-match": tag })).status).toBe(200);
    },
  );

  it("is not sent for a date", async () => {
    const date = new Date(at(5)).toUTCString();
    expect((await ask({ "a-im": "feed", "if-modified-since": date })).status).toBe(200);
    expect((await ask({ "a-im": "feed", "if-modified-since": date, "if-none-match": '"x"' })).status).toBe(200);
  });

  it("is not sent where the client has everything", async () => {
    const current = await tagAt(after, PATH);
    expect((await ask({ "a-im": "feed", "if-none-match": `${held}, ${current}` })).status).toBe(304);
  });

  it("is made of the best of several tags", async () => {
    const oldest = await tagAt(await serve(many(8), 4), PATH);
    for (const tags of [`${oldest}, ${held}`, `"x",${held} , ${oldest}`, `${oldest},${oldest},${held}`]) {
      const response = await ask({ "a-im": "feed", "if-none-match": tags });
      expect(response.headers.get("delta-base")).toBe(held);
    }
    const older = await ask({ "a-im": "feed", "if-none-match": `"x", ${oldest}` });
    expect([older.status, older.headers.get("delta-base")]).toEqual([226, oldest]);
    expect(readFeed("atom.xml", await older.text()).entries.size).toBe(3);
  });

  it("names a tag as the client does that drops its mark of weakness", async () => {
    const response = await ask({ "a-im": "feed", "if-none-match": held.slice(2) });
    expect([response.status, response.headers.get("delta-base")]).toEqual([226, held.slice(2)]);
  });

  it("is sent to a HEAD as to a GET, without the body", async () => {
    for (const coding of ["identity", "gzip"]) {
      const headers = { "a-im": "feed", "if-none-match": held, "accept-encoding": coding };
      const get = await ask(headers);
      const head = await ask(headers, PATH, "HEAD");
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
    expect((await ask({ "a-im": "feed", "if-none-match": held, ...headers })).status).toBe(status);
  });

  it("is sent of /feed and of an archive page as of any feed", async () => {
    const tag = await tagAt(before, "/feed");
    const negotiated = await ask({ "a-im": "feed", "if-none-match": tag }, "/feed");
    expect([negotiated.status, negotiated.headers.get("vary")]).toEqual([226, "Accept, Accept-Encoding, A-IM"]);
    expect(negotiated.headers.get("content-location")).toBe("/rss.xml");
    const edited = await serve([{ ...tell(0), edits: 1 }, ...many(10).slice(1)], 6);
    const page = await edited.fetch("/archive/1/rss.xml", {
      headers: { "a-im": "feed", "if-none-match": await tagAt(before, "/archive/1/rss.xml") },
    });
    expect(page.status).toBe(226);
    expect([...readFeed("rss.xml", await page.text()).entries.keys()]).toEqual([idOf(tell(0))]);
  });

  it("can be empty: only the head of the feed has changed, or a story fell off its end", async () => {
    const renamed = await serve(many(10), 6, { title: "The Courier, renamed" });
    const response = await renamed.fetch(PATH, { headers: { "a-im": "feed", "if-none-match": held } });
    const text = await response.text();
    expect(response.status).toBe(226);
    expect(text).toContain("The Courier, renamed");
    expect(readFeed("atom.xml", text).entries.size).toBe(0);
  });

  it("tells of a withdrawn story by a tombstone in Atom, by a notice elsewhere", async () => {
    const gone = await serve([{ ...tell(0), withdrawn: at(6) }, ...many(10).slice(1)], 6);
    for (const file of fileNames) {
      const path = `/${file}`;
      const headers = { "a-im": "feed", "if-none-match": await tagAt(before, path) };
      const response = await gone.fetch(path, { headers });
      expect(response.status).toBe(226);
      const { entries, tombstones } = readFeed(file, await response.text());
      expect([...entries.keys(), ...tombstones]).toEqual([idOf(tell(0))]);
    }
  });

  it.each([
    ["gzip", "gzip"],
    ["br, gzip", "br"],
    ["identity", null],
  ])("comes with Accept-Encoding: %s as a document that others can read", async (accepted, coding) => {
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
      expect(JSON.stringify(readers[file](text))).toContain(idOf(tell(10)));
    }
  });
});

describe("where a delta would be no gain, or is not wanted", () => {
  it.each([
    [10, 5, 226],
    [10, 6, 200],
    [3, 1, 226],
    [3, 2, 200],
    [1, 1, 200],
  ])("of a feed of %i, a client that lacks %i is answered %i", async (feedLength, lacking, status) => {
    const more = { feedLength };
    const held = await tagAt(await serve(many(20), 5, more), PATH);
    const after = await serve(many(20 + lacking), 6, more);
    expect((await after.fetch(PATH, { headers: { "a-im": "feed", "if-none-match": held } })).status).toBe(status);
  });

  it.each([
    [44, 226],
    [45, 200],
  ])("of a feed of %i stories, as many as a tag can tell or more, a client is answered %i", async (length, status) => {
    const more = { feedLength: length };
    const held = await tagAt(await serve(many(length), 5, more), PATH);
    expect(held.length).toBeLessThan(255);
    const after = await serve([...many(length), tell(length)], 6, more);
    const response = await after.fetch(PATH, { headers: { "a-im": "feed", "if-none-match": held } });
    expect(response.status).toBe(status);
    expect(readFeed("atom.xml", await response.text()).entries.size).toBe(status === 226 ? 1 : length);
  });

  it("none is sent where site.yaml says deltas: false", async () => {
    const more = { deltas: false };
    const held = await tagAt(await serve(many(10), 5, more), PATH);
    expect(held).toMatch(/^W\/"[\w-]{22}"$/);
    const telling = await tagAt(await serve(many(10), 5), PATH);
    const after = await serve([...many(9), { ...tell(9), edits: 1 }], 6, more);
    for (const tag of [held, telling]) {
      const response = await after.fetch(PATH, { headers: { "a-im": "feed", "if-none-match": tag } });
      expect([response.status, response.headers.get("vary")]).toEqual([200, "Accept-Encoding"]);
      expect(response.headers.has("im")).toBe(false);
    }
  });
});
