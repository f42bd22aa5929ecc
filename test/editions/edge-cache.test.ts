import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { assemble } from "../../src/editions/assemble-feed.ts";
import { openEdgeCache } from "../../src/editions/edge-cache.ts";
import { createEdition, type Edition } from "../../src/editions/edition.ts";
import { createFragments } from "../../src/editions/fragments.ts";
import { atom } from "../../src/formats/atom.ts";
import { createRepresentation } from "../../src/http/representation.ts";
import { ORIGIN } from "../fixtures/publication.ts";
import { NOW, sampleFeed } from "./support/sample-feed.ts";

// No time-out is over before a test says so.
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

/** Seconds. */
const DAY = 86_400;

const open = (origin = ORIGIN) => openEdgeCache(origin, () => caches.open("edge-cache.test"));

let count = 0;

/** A key that no other test has. */
const newKey = (): string => `/tags/caf%C3%A9/rss.xml|revision|${count++}`;

const representation = createRepresentation(
  "text/plain; charset=utf-8",
  { etag: 'W/"a"', lastModified: NOW },
  { link: "<x>; rel=self", "cache-control": "max-age=1", vary: "Accept-Encoding" },
);
const bytes = new TextEncoder().encode("zwölf");

const pageEdition = (goodUntil: number): Edition =>
  createEdition(representation, bytes, { goodUntil, freshUntil: goodUntil - 1, revision: 3 });

const feedEdition = async (): Promise<Edition> => {
  const document = assemble(atom, await sampleFeed(3), createFragments());
  return createEdition(representation, document.body, {
    revision: 4,
    feed: { document, mark: "abcde" },
    goodUntil: Number.POSITIVE_INFINITY,
    freshUntil: NOW + 5,
  });
};

/** All of an edition, in values that can be compared. */
const contentsOf = (edition: Edition | undefined) => {
  if (edition === undefined) return undefined;
  const { representation, body, feed, goodUntil, freshUntil, encodings } = edition;
  return {
    ...{ goodUntil, freshUntil, body: [...body] },
    ...{ feed: feed && { ...feed, document: { ...feed.document, body: [] } } },
    isOneBody: feed === undefined || feed.document.body === body,
    representation: { ...representation, notModifiedHeaders: [...representation.notModifiedHeaders] },
    encodings: [...encodings].map(([coding, { body, headers }]) => [coding, [...body], [...headers]]),
  };
};

describe("the edge cache", () => {
  it.each([NOW + 1000, Number.POSITIVE_INFINITY])("returns an edition that is good until %d", async (goodUntil) => {
    const key = newKey();
    const edition = pageEdition(goodUntil);
    await open().put(key, edition, DAY);
    expect(contentsOf(await open().find(key))).toEqual(contentsOf(edition));
  });

  it("returns a feed with all that deltas need", async () => {
    const key = newKey();
    const edition = await feedEdition();
    await open().put(key, edition, DAY);
    const found = await open().find(key);
    expect(contentsOf(found)).toEqual(contentsOf(edition));
    expect(found?.feed?.document.entries.length).toBeGreaterThan(3);
    expect(contentsOf(found)?.isOneBody).toBe(true);
  });

  it("returns an edition without its content-codings, which have keys of their own", async () => {
    const key = newKey();
    const edition = pageEdition(NOW);
    edition.encodings.set("gzip", { body: new Uint8Array([1]), headers: new Headers() });
    await open().put(key, edition, DAY);
    expect([...((await open().find(key))?.encodings.keys() ?? [])]).toEqual(["identity"]);
  });

  it("returns bytes", async () => {
    const key = newKey();
    await open().put(key, bytes, DAY);
    expect(await open().findBytes(key)).toEqual(bytes);
  });

  it("returns what was stored last under a key", async () => {
    const key = newKey();
    await open().put(key, pageEdition(1), DAY);
    await open().put(key, pageEdition(2), DAY);
    expect((await open().find(key))?.goodUntil).toBe(2);
  });

  it("returns nothing under a key of nothing, or of another site", async () => {
    const key = newKey();
    await open("https://elsewhere.example").put(key, pageEdition(NOW), DAY);
    expect(await open().find(key)).toBeUndefined();
    expect(await open().findBytes(newKey())).toBeUndefined();
  });

  it("stores for the given time, at a URL of the site that has no route", async () => {
    const put = vi.fn(async (_: RequestInfo | URL, __: Response) => {});
    const edgeCache = openEdgeCache(ORIGIN, async () => ({ match: async () => undefined, put }));
    await edgeCache.put("/a?b#c", bytes, 60);
    const [address, response] = put.mock.calls[0] ?? [];
    expect(address).toBe(`${ORIGIN}/.editions/%2Fa%3Fb%23c`);
    expect(response?.headers.get("cache-control")).toBe("public, max-age=60");
  });
});

describe("without the Cache API", () => {
  it("nothing is found or stored, and after three failures it is not tried again", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    let attempts = 0;
    const edgeCache = openEdgeCache(ORIGIN, () => {
      attempts += 1;
      return Promise.reject(new Error("no cache here"));
    });
    await edgeCache.put("a", pageEdition(NOW), DAY);
    expect([await edgeCache.find("a"), await edgeCache.findBytes("a")]).toEqual([undefined, undefined]);
    for (let count = 0; count < 10; count++) expect(await edgeCache.find("a")).toBeUndefined();
    expect([attempts, warn.mock.calls.length]).toEqual([3, 3]);
    warn.mockRestore();
  });

  it("nothing is thrown, even if opening the cache throws synchronously", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const edgeCache = openEdgeCache(ORIGIN, () => {
      throw new Error("no cache here");
    });
    expect(await edgeCache.find("a")).toBeUndefined();
    await edgeCache.put("a", bytes, DAY);
    warn.mockRestore();
  });

  it("a cache that never answers times out", async () => {
    const never = () => new Promise<never>(() => {});
    for (const cache of [never, async () => ({ match: never, put: never })]) {
      const edgeCache = openEdgeCache(ORIGIN, cache);
      const calls = [edgeCache.find("a"), edgeCache.findBytes("a"), edgeCache.put("a", bytes, DAY)];
      await vi.advanceTimersByTimeAsync(1000);
      expect(await Promise.all(calls)).toEqual([undefined, undefined, undefined]);
    }
  });
});

describe("a damaged entry", () => {
  const edition = pageEdition(NOW);

  /** The bytes that `put` stores. */
  const packed = async (): Promise<Uint8Array> => {
    let written = new Uint8Array();
    const put = async (_: RequestInfo | URL, response: Response): Promise<void> => {
      written = new Uint8Array(await response.arrayBuffer());
    };
    await openEdgeCache(ORIGIN, async () => ({ match: async () => undefined, put })).put("a", edition, DAY);
    return written;
  };

  const withMetadata = (text: string): Uint8Array => {
    const metadata = new TextEncoder().encode(text);
    return Uint8Array.from([0, 0, 0, metadata.length, ...metadata]);
  };

  it.each<readonly [string, (whole: Uint8Array) => Uint8Array]>([
    ["empty", () => new Uint8Array()],
    ["of three bytes", () => new Uint8Array(3)],
    ["of zeros", () => new Uint8Array(100)],
    ["truncated in its metadata", (whole) => whole.subarray(0, 50)],
    [
      "with a length of metadata that is too large",
      (whole) => Uint8Array.from([255, 255, 255, 255, ...whole.subarray(4)]),
    ],
    ["with metadata that is no JSON", () => withMetadata("label")],
    ["with metadata that is null", () => withMetadata("null")],
    ["with metadata of another layout", () => withMetadata('{"layout":2}')],
  ])("%s is not found", async (_, damage) => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const body = damage(await packed());
    const edgeCache = openEdgeCache(ORIGIN, async () => ({
      match: async () => new Response(body),
      put: async () => {},
    }));
    expect(await edgeCache.find("a")).toBeUndefined();
    warn.mockRestore();
  });

  it("does not prevent others from being found", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const entries = new Map<string, Uint8Array>();
    const edgeCache = openEdgeCache(ORIGIN, async () => ({
      match: async (key) => {
        const body = entries.get(String(key));
        return body && new Response(body);
      },
      put: async (key, response) => {
        entries.set(String(key), new Uint8Array(await response.arrayBuffer()));
      },
    }));
    await edgeCache.put("good", edition, DAY);
    await edgeCache.put("bad", new Uint8Array(3), DAY);
    expect(await edgeCache.find("good")).toBeDefined();
    await edgeCache.find("bad");
    expect(await edgeCache.find("good")).toBeDefined();
    warn.mockRestore();
  });
});

describe("an entry of the Cache API that is cut off, or has more behind it", () => {
  it.each([-1, -3, 1])("is not used: %i bytes", async (difference) => {
    const stored = new Map<string, Uint8Array>();
    const cache = openEdgeCache(ORIGIN, async () => ({
      match: async (url) => {
        const bytes = stored.get(String(url));
        return bytes && new Response(bytes);
      },
      put: async (url, response) => void stored.set(String(url), new Uint8Array(await response.arrayBuffer())),
    }));
    await cache.put("key", pageEdition(NOW), 60);
    expect(await cache.find("key")).toBeDefined();
    for (const [url, whole] of stored) {
      const other = new Uint8Array(whole.length + difference);
      other.set(whole.subarray(0, other.length));
      stored.set(url, other);
    }
    expect(await cache.find("key")).toBeUndefined();
  });
});
