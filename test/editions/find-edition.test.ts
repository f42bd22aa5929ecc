import { describe, expect, it } from "vitest";
import type { EdgeCache } from "../../src/editions/edge-cache.ts";
import type { Edition } from "../../src/editions/edition.ts";
import { createEditionCache, type EditionCache } from "../../src/editions/edition-cache.ts";
import { findEdition, findInMemory, findStale, type RenderedDocument } from "../../src/editions/find-edition.ts";
import { type Lookup, MISSING } from "../../src/model/lookup.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";

const PATH = "/rss.xml";
const freshness = { maxAge: 300, staleWhileRevalidate: 60, staleIfError: 86_400 };

const snapshotOf = (changes: Partial<Snapshot> & { readonly id?: string; readonly lastRemoval?: number } = {}) => {
  const { id = "one", lastRemoval, ...more } = changes;
  return {
    now: 5000,
    since: 1000,
    until: Number.POSITIVE_INFINITY,
    revision: { id, at: 3000, number: 7, ...(lastRemoval !== undefined && { lastRemoval }) },
    ...more,
  } satisfies Snapshot;
};

const documentOf = (text: string, goodUntil = Number.POSITIVE_INFINITY): Lookup<RenderedDocument> => ({
  kind: "found",
  value: {
    body: new TextEncoder().encode(text),
    etag: `W/"${text}"`,
    contentType: "text/plain",
    headers: {},
    goodUntil,
    freshUntil: goodUntil,
  },
});

/** An edge cache in memory, which records for how many seconds each key is stored. */
const createFakeEdgeCache = () => {
  const editions = new Map<string, Edition>();
  const bytes = new Map<string, Uint8Array>();
  const lifetimes = new Map<string, number>();
  const edgeCache: EdgeCache = {
    find: async (key) => editions.get(key),
    findBytes: async (key) => bytes.get(key),
    async put(key, value, seconds) {
      if (value instanceof Uint8Array) bytes.set(key, value);
      else editions.set(key, value);
      lifetimes.set(key, seconds);
    },
  };
  return { ...edgeCache, bytes, lifetimes };
};

const createCache = (edgeCache?: EdgeCache): EditionCache =>
  createEditionCache({ freshness, waitUntil: () => {}, ...(edgeCache && { edgeCache }) });

/** Finds the edition at PATH, rendered as `text` unless it is cached, and returns its text. */
const textOf = async (cache: EditionCache, snapshot: Snapshot, text: string): Promise<string | undefined> => {
  const found = await findEdition(cache, PATH, snapshot, async () => documentOf(text));
  return found.kind === "found" ? new TextDecoder().decode(found.value.edition.body) : undefined;
};

describe("an edition", () => {
  it.each([
    ["is cached", snapshotOf(), "first"],
    ["is cached however late it is, without a transition", snapshotOf({ now: 900_000 }), "first"],
    ["is rendered anew for another revision", snapshotOf({ id: "two" }), "second"],
    ["is rendered anew after a transition", snapshotOf({ since: 4000 }), "second"],
  ])("%s", async (_, later, expected) => {
    const cache = createCache();
    expect(findInMemory(cache, PATH, snapshotOf())).toBeUndefined();
    expect(await textOf(cache, snapshotOf(), "first")).toBe("first");
    expect(findInMemory(cache, PATH, snapshotOf())?.key).toBe("/rss.xml|one|1000");
    expect(await textOf(cache, later, "second")).toBe(expected);
  });

  it.each([
    ["the revision, if no transition came after it", snapshotOf(), 3000],
    ["the last transition, if that came after the revision", snapshotOf({ since: 4000 }), 4000],
  ])("has the date of %s", async (_, snapshot, lastModified) => {
    const cache = createCache();
    await textOf(cache, snapshot, "text");
    expect(findInMemory(cache, PATH, snapshot)?.edition.representation.lastModified).toBe(lastModified);
  });

  it("is rendered once for all requests at the same time", async () => {
    const cache = createCache();
    let renderings = 0;
    const render = async () => {
      renderings += 1;
      return documentOf("text");
    };
    const all = await Promise.all([1, 2, 3].map(() => findEdition(cache, PATH, snapshotOf(), render)));
    expect(all.map(({ kind }) => kind)).toEqual(["found", "found", "found"]);
    expect(renderings).toBe(1);
  });

  it("is found in the edge cache by another isolate", async () => {
    const edgeCache = createFakeEdgeCache();
    await textOf(createCache(edgeCache), snapshotOf(), "first");
    expect(Object.fromEntries(edgeCache.lifetimes)).toEqual({
      "last-removal": 86_400,
      "/rss.xml|one|1000": 604_800,
      "/rss.xml|last-good": 86_400,
    });
    const cache = createCache(edgeCache);
    expect(await textOf(cache, snapshotOf(), "second")).toBe("first");
    expect(findInMemory(cache, PATH, snapshotOf())).toBeDefined();
  });

  it("that is not found is not cached", async () => {
    const cache = createCache(createFakeEdgeCache());
    expect(await findEdition(cache, PATH, snapshotOf(), async () => MISSING)).toEqual(MISSING);
    expect(await textOf(cache, snapshotOf(), "published")).toBe("published");
  });
});

describe("the stale edition of a path", () => {
  it("is the one that was rendered last, with its key", async () => {
    const cache = createCache();
    expect(await findStale(cache, PATH, 6000)).toBeUndefined();
    await textOf(cache, snapshotOf(), "first");
    await textOf(cache, snapshotOf({ id: "two" }), "second");
    const stale = await findStale(cache, PATH, 6000);
    expect(stale?.key).toBe("/rss.xml|two|1000");
    expect(stale?.edition.representation.etag).toBe('W/"second"');
  });

  it("comes from the edge cache without a key, so that nothing made of it is cached", async () => {
    const edgeCache = createFakeEdgeCache();
    await textOf(createCache(edgeCache), snapshotOf(), "first");
    const stale = await findStale(createCache(edgeCache), PATH, 6000);
    expect(stale?.edition.representation.etag).toBe('W/"first"');
    expect(stale).not.toHaveProperty("key");
  });

  it.each([
    ["is served before the first of its stories is removed", 8999, undefined, true],
    ["is not served from then on", 9000, undefined, false],
    ["is served if a story was removed in its own revision", 6000, 7, true],
    ["is not served if a story was removed in a later revision", 6000, 8, false],
  ])("%s", async (_, now, lastRemoval, isServed) => {
    const cache = createCache();
    await findEdition(cache, PATH, snapshotOf(), async () => documentOf("text", 9000));
    if (lastRemoval !== undefined) findInMemory(cache, "/other", snapshotOf({ id: "two", lastRemoval }));
    expect((await findStale(cache, PATH, now)) !== undefined).toBe(isServed);
  });

  it.each([
    ["is served if a story was removed in its own revision", 7, true],
    ["is not served if a story was removed in a later one", 8, false],
  ])("of another isolate %s, as a third one knows", async (_, lastRemoval, isServed) => {
    const edgeCache = createFakeEdgeCache();
    await textOf(createCache(edgeCache), snapshotOf(), "text");
    findInMemory(createCache(edgeCache), "/other", snapshotOf({ id: "two", lastRemoval }));
    expect((await findStale(createCache(edgeCache), PATH, 6000)) !== undefined).toBe(isServed);
  });

  it("is not served if another isolate knows of a removal that this one does not", async () => {
    const edgeCache = createFakeEdgeCache();
    const cache = createCache(edgeCache);
    await textOf(cache, snapshotOf(), "text");
    findInMemory(createCache(edgeCache), "/other", snapshotOf({ id: "two", lastRemoval: 8 }));
    expect(await findStale(cache, PATH, 6000)).toBeUndefined();
  });

  it("of another isolate is not served if nobody knows whether a story was removed", async () => {
    const edgeCache = createFakeEdgeCache();
    await textOf(createCache(edgeCache), snapshotOf(), "text");
    edgeCache.bytes.clear();
    expect(await findStale(createCache(edgeCache), PATH, 6000)).toBeUndefined();
  });
});
