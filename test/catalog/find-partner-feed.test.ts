import { describe, expect, it } from "vitest";
import { findPartnerFeed, findPartnerNotices } from "../../src/catalog/find-partner-feed.ts";
import { findPartnerSnapshot } from "../../src/catalog/find-partner-snapshot.ts";
import type { Item } from "../../src/model/item.ts";
import type { PartnerView } from "../../src/model/partners/partner-view.ts";
import type { Store, Stories } from "../../src/store/store.ts";
import { type Files, site, story } from "../fixtures/publication.ts";
import { date, day, openStore, slugs, withdrawnOn } from "./support/open-store.ts";

/** A dialect that has no rules of its own: what it does not take, these tests decide. */
const VIEW: PartnerView = { format: "strict", list: { kind: "all" }, text: "full", length: 2, delayMs: 0 };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const on = (number: number, name: string, more: object = {}): Files => ({
  [`${name}.md`]: story(name, { published: date(number), ...more }),
});

/** A store whose stories with these slugs break a rule of that dialect, and which counts the stories that are read. */
const unfit = (store: Store, isUnfit: (slug: string) => boolean) => {
  const counts = { read: 0 };
  async function* marked(stories: Stories): AsyncGenerator<Item> {
    for await (const item of stories) {
      counts.read += 1;
      yield isUnfit(item.slug) ? { ...item, unfitFor: ["strict"] } : item;
    }
  }
  const wrapped: Store = {
    ...store,
    stories: (...all) => marked(store.stories(...all)),
    updatedSince: (...all) => marked(store.updatedSince(...all)),
    tombstones: (...all) => marked(store.tombstones(...all)),
  };
  return { store: wrapped, counts };
};

const many = (count: number, more: object = {}): Files =>
  Object.assign({}, ...Array.from({ length: count }, (_, index) => on(1, `u${String(index).padStart(3, "0")}`, more)));

describe("a partner's feed", () => {
  it("has what its format takes, and other formats have the rest; a withdrawal is told whatever became of the story", async () => {
    const files = { ...on(1, "a"), ...on(2, "b"), ...on(3, "c"), ...on(4, "w", withdrawnOn(5)) };
    const { store } = unfit(await openStore(files), (slug) => slug === "b" || slug === "w");
    const feed = await findPartnerFeed(store, VIEW, "k", day(9));
    expect([slugs(feed.items), slugs(feed.notices)]).toEqual([["c", "a"], ["w"]]);
    const other = await findPartnerFeed(store, { ...VIEW, format: "rss" }, "k", day(9));
    expect([slugs(other.items), slugs(other.notices)]).toEqual([["c", "b"], ["w"]]);
  });

  it("passes over ten stories for each that it may have, and reads no further", async () => {
    const files = { ...many(19), ...on(2, "n"), ...on(1, "a") };
    const isUnfit = (slug: string) => slug.startsWith("u");
    const near = unfit(await openStore(files), isUnfit);
    expect(slugs((await findPartnerFeed(near.store, VIEW, "k", day(9))).items)).toEqual(["n", "a"]);
    const far = unfit(await openStore({ ...files, ...many(300) }), isUnfit);
    expect(slugs((await findPartnerFeed(far.store, VIEW, "k", day(9))).items)).toEqual(["n"]);
    expect(far.counts.read).toBeLessThanOrEqual(22);
  });

  it("reads no further for corrections either", async () => {
    const files = {
      ...on(7, "m"),
      ...on(8, "n"),
      ...many(300, { updated: date(9) }),
      ...on(1, "a", { updated: date(8) }),
    };
    const { store, counts } = unfit(await openStore(files), (slug) => slug.startsWith("u"));
    expect(slugs((await findPartnerFeed(store, VIEW, "k", day(10))).items)).toEqual(["n", "m"]);
    expect(counts.read).toBeLessThanOrEqual(25);
  });

  it("has a correction at once, but not of a story whose delay is not over", async () => {
    const files = { ...on(1, "a", { updated: date(9) }), ...on(7, "b"), ...on(8, "c", { updated: date(9) }) };
    const store = await openStore(files);
    const view = { ...VIEW, delayMs: 2 * DAY, length: 1 };
    const feed = await findPartnerFeed(store, view, "k", day(9));
    expect(slugs(feed.items)).toEqual(["b", "a"]);
    expect(feed.updated).toBe(day(9));
  });

  it("has an id of its view, no address and no hub", async () => {
    const store = await openStore({ "site.yaml": site({ hubs: ["https://hub.example/"], id: "tag:a,2026:x/" }) });
    const feed = await findPartnerFeed(store, VIEW, "0123", day(9));
    expect(feed).toMatchObject({ id: "tag:a,2026:x/partners/0123", hubs: [], items: [], updated: 0 });
    expect(feed.base).toBeUndefined();
  });
});

describe("the withdrawals that a partner is told of", () => {
  it("are those of any of its formats, once, the latest first, and not what left within the delay or expired", async () => {
    const files = {
      ...on(1, "a", withdrawnOn(5)),
      ...on(1, "b", withdrawnOn(6)),
      ...on(5, "early", withdrawnOn(6)),
      ...on(1, "gone", { expires: date(6) }),
      ...on(1, "former", { expires: date(2), ...withdrawnOn(6) }),
    };
    const { store } = unfit(await openStore(files), (slug) => slug === "a");
    const delayed = { ...VIEW, delayMs: 2 * DAY };
    const both = [delayed, { ...delayed, format: "rss", maxAgeMs: 30 * DAY }];
    expect(slugs(await findPartnerNotices(store, both, day(9)))).toEqual(["b", "a"]);
    expect(slugs(await findPartnerNotices(store, [delayed], day(9)))).toEqual(["b", "a"]);
    expect(await findPartnerNotices(store, [], day(9))).toEqual([]);
  });
});

describe("the snapshot of a partner's view", () => {
  const at = async (files: Files, view: Partial<PartnerView>, now: number) => {
    const store = await openStore(files);
    const { since, until } = await findPartnerSnapshot(store, { ...VIEW, ...view }, await store.snapshotAt(now));
    return [since, until];
  };

  it.each<[string, Files, Partial<PartnerView>, number, readonly number[]]>([
    ["of the delay", on(1, "a"), { delayMs: HOUR }, day(1), [day(1), day(1) + HOUR]],
    ["after the delay", on(1, "a"), { delayMs: HOUR }, day(1) + HOUR, [day(1) + HOUR, Number.POSITIVE_INFINITY]],
    ["of both", on(1, "a"), { delayMs: HOUR, maxAgeMs: DAY }, day(2) - 1, [day(1) + HOUR, day(2)]],
    ["of the age", on(1, "a"), { maxAgeMs: DAY }, day(2), [day(2), Number.POSITIVE_INFINITY]],
    ["none of a draft", on(1, "a", { draft: true }), { delayMs: HOUR }, day(2), [0, Number.POSITIVE_INFINITY]],
    ["none of what was withdrawn", on(1, "a", withdrawnOn(2)), { maxAgeMs: 3 * DAY }, day(9), [day(2), day(16)]],
    [
      "none of what expired first",
      on(1, "a", { expires: date(2) }),
      { maxAgeMs: DAY },
      day(9),
      [day(2), Number.POSITIVE_INFINITY],
    ],
    [
      "none if nothing ever appears",
      on(1, "a"),
      { delayMs: DAY, maxAgeMs: DAY },
      day(9),
      [day(1), Number.POSITIVE_INFINITY],
    ],
    [
      "of the last and the next that is there",
      { ...on(1, "a"), ...on(2, "b", withdrawnOn(3)), ...on(5, "c", withdrawnOn(6)), ...on(6, "d") },
      { maxAgeMs: 30 * DAY },
      day(1) + 32 * DAY,
      [day(1) + 30 * DAY, day(6) + 30 * DAY],
    ],
  ])("has the transitions %s", async (_, files, view, now, expected) => {
    expect(await at(files, view, now)).toEqual(expected);
  });
});
