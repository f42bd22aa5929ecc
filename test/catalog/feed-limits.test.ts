import { describe, expect, it } from "vitest";
import { findFeed } from "../../src/catalog/find-feed.ts";
import type { Feed } from "../../src/model/feed.ts";
import type { View } from "../../src/model/view.ts";
import type { Store } from "../../src/store/store.ts";
import { ORIGIN, site, story } from "../fixtures/publication.ts";
import { date, day, openStore, slugs, withdrawnOn } from "./support/open-store.ts";

// Where the feed of the newest stories and the pages of its archive end: the last that belongs to them, and the first that does not.

const find = async (store: Store, now: number, view: Partial<View> = {}): Promise<Feed | undefined> => {
  const found = await findFeed(store, { scope: { kind: "all" }, text: "full", ...view }, now);
  return found.kind === "found" ? found.value : undefined;
};

/** A story, published on a day. */
const on = (number: number, name: string, more: object = {}) => ({
  [`${name}.md`]: story(name, { published: date(number), ...more }),
});

const updatedOn = (number: number) => ({ updated: date(number) });

describe("archive pages, two stories each", () => {
  const upTo = (count: number) =>
    Object.assign(
      { "site.yaml": site({ feedLength: 2 }) },
      ...Array.from({ length: count }, (_, n) => on(n + 1, `s${n + 1}`)),
    );

  it.each([
    [1, undefined, []],
    [2, 1, [1]],
    [3, 1, [1]],
    [4, 2, [1, 2]],
    [5, 2, [1, 2]],
  ])("of %i stories: the newest is %s", async (count, newest, pages) => {
    const store = await openStore(upTo(count));
    const current = await find(store, day(20), { text: "summary" });
    expect(current?.previous).toBe(newest === undefined ? undefined : `${ORIGIN}/summaries/archive/${newest}/`);
    expect(current?.current).toBeUndefined();
    const found = await Promise.all([1, 2, 3].map(async (page) => (await find(store, day(20), { page })) && page));
    expect(found.filter((page) => page !== undefined)).toEqual(pages);
  });

  it("have their stories with the newest first, and lead to one another", async () => {
    const store = await openStore({ ...upTo(5), "site.yaml": site({ feedLength: 2, hubs: ["https://hub.example/"] }) });
    expect(await find(store, day(20), { page: 2, text: "summary" })).toMatchObject({
      id: "tag:courier.example,2026:feeds/summaries",
      base: `${ORIGIN}/summaries/archive/2/`,
      current: `${ORIGIN}/summaries/`,
      previous: `${ORIGIN}/summaries/archive/1/`,
      page: `${ORIGIN}/`,
      hubs: [],
      items: [{ slug: "s4" }, { slug: "s3" }],
    });
    const first = await find(store, day(20), { page: 1 });
    expect(slugs(first?.items)).toEqual(["s2", "s1"]);
    expect(first?.previous).toBeUndefined();
    expect((await find(store, day(20)))?.hubs).toEqual(["https://hub.example/"]);
  });

  it("have tombstones with the newest first, but no notices, and are found when all their stories have left", async () => {
    const store = await openStore({
      "site.yaml": site({ feedLength: 2 }),
      ...on(1, "a", { expires: date(5), tags: ["x"] }),
      ...on(2, "b", { ...withdrawnOn(4), tags: ["x"] }),
    });
    const page = await find(store, day(6), { page: 1 });
    expect(slugs(page?.tombstones)).toEqual(["b", "a"]);
    expect([page?.notices, page?.items, page?.updated]).toEqual([[], [], day(5)]);
    expect(slugs((await find(store, day(6)))?.notices)).toEqual(["b"]);
    expect(await find(store, day(6), { page: 1, scope: { kind: "tag", key: "x" } })).toBeDefined();
  });

  it("have no place for a draft", async () => {
    const store = await openStore({
      "site.yaml": site({ feedLength: 1 }),
      ...on(1, "a", { draft: true, tags: ["x"] }),
      ...on(2, "b", { tags: ["x"] }),
    });
    const tag = { kind: "tag", key: "x" } as const;
    expect(slugs((await find(store, day(3), { page: 1, scope: tag }))?.items)).toEqual(["b"]);
    expect(await find(store, day(3), { page: 2, scope: tag })).toBeUndefined();
  });
});

describe("older stories that were corrected", () => {
  const newest = { ...on(8, "n1"), ...on(9, "n2") };
  const itemsOf = async (feedLength: number, files: Readonly<Record<string, string>>) =>
    slugs((await find(await openStore({ "site.yaml": site({ feedLength }), ...files }), day(20)))?.items);

  it.each([
    ["a second before the oldest of the newest appeared", "2026-01-07T23:59:59Z", []],
    ["when it appeared", "2026-01-08T00:00:00Z", ["a"]],
    ["later", "2026-01-12T00:00:00Z", ["a"]],
  ])("are in the feed if they were changed %s", async (_, updated, corrected) => {
    expect(await itemsOf(2, { ...newest, ...on(1, "a", { updated }) })).toEqual(["n2", "n1", ...corrected]);
  });

  it("are as many as the feed has stories, those that were corrected last, in the order of stories", async () => {
    const files = {
      ...newest,
      ...on(1, "a", updatedOn(13)),
      ...on(2, "b", updatedOn(11)),
      ...on(3, "c", updatedOn(12)),
    };
    expect(await itemsOf(2, files)).toEqual(["n2", "n1", "c", "a"]);
  });

  it("are there only once, and never if readers may not see them", async () => {
    const files = {
      ...on(8, "n1", updatedOn(12)),
      ...on(9, "n2"),
      ...on(1, "a", { ...updatedOn(10), expires: date(15) }),
    };
    expect(await itemsOf(2, files)).toEqual(["n2", "n1"]);
  });

  it("come after exactly as many as the feed has stories", async () => {
    expect(await itemsOf(3, { ...newest, ...on(7, "n0"), ...on(1, "a", updatedOn(12)) })).toEqual([
      "n2",
      "n1",
      "n0",
      "a",
    ]);
    expect(await itemsOf(4, { ...newest, ...on(7, "n0"), ...on(1, "a", updatedOn(12)) })).toEqual([
      "n2",
      "n1",
      "n0",
      "a",
    ]);
  });
});

describe("tombstones beyond the length of a feed", () => {
  it("end with a notice that ends at this very moment", async () => {
    const store = await openStore({
      "site.yaml": site({ feedLength: 1, noticeDays: 3 }),
      ...on(1, "old", withdrawnOn(2)),
      ...on(1, "older", withdrawnOn(2)),
      ...on(1, "expired", { expires: date(4) }),
    });
    const at = async (now: number) => slugs((await find(store, now))?.tombstones);
    expect(await at(day(5) - 1)).toEqual(["expired", "older", "old"]);
    expect(await at(day(5))).toEqual(["expired"]);
  });
});

describe("names", () => {
  it("of an author are those of site.yaml, whatever an item says", async () => {
    const store = await openStore({
      "site.yaml": site({ id: `${ORIGIN}/`, authors: { staff: { name: "The Staff" } } }),
      ...on(1, "a", { authors: ["staff"] }),
    });
    const feed = await find(store, day(2), { scope: { kind: "author", key: "staff" } });
    expect([feed?.title, feed?.id]).toEqual(["The Courier: The Staff", `${ORIGIN}/authors/staff`]);
  });
});
