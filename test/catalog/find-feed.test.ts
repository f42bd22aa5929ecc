import { describe, expect, it } from "vitest";
import { findFeed } from "../../src/catalog/find-feed.ts";
import type { Feed } from "../../src/model/feed.ts";
import type { Scope } from "../../src/model/scope.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import type { Store } from "../../src/store/store.ts";
import { compileText, type Files, ORIGIN, site, story } from "../fixtures/publication.ts";
import { date, day, openStore, slugs, withdrawnOn } from "./support/open-store.ts";

const ALL: Scope = { kind: "all" };

const feedOf = async (store: Store, scope: Scope, now: number): Promise<Feed | undefined> => {
  const found = await findFeed(store, { scope, text: "full" }, now);
  return found.kind === "found" ? found.value : undefined;
};

describe("the feed of a story without a title", () => {
  it("is named by the story's first words", async () => {
    const store = await openStore({ "a.md": story("a", { title: "", published: date(1) }, "A micro post.") });
    expect((await feedOf(store, { kind: "article", key: "a" }, day(9)))?.title).toBe("A micro post.");
  });
});

describe("a feed", () => {
  it("has the visible stories, the newest first, and feedLength of them at most", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`s${index}.md`, story(`s${index}`, { published: date(index + 1) })]),
    );
    const store = await openStore({ "site.yaml": site({ feedLength: 3 }), ...files });
    expect(slugs((await feedOf(store, ALL, day(9)))?.items)).toEqual(["s8", "s7", "s6"]);
    expect(slugs((await feedOf(store, ALL, day(2)))?.items)).toEqual(["s1", "s0"]);
    expect(slugs((await feedOf(store, ALL, day(1) - 1))?.items)).toEqual([]);
  });

  it("has older stories in place of those that are hidden, withdrawn or expired", async () => {
    const store = await openStore({
      "site.yaml": site({ feedLength: 2 }),
      "a.md": story("a", { published: date(1) }),
      "b.md": story("b", { published: date(2) }),
      "c.md": story("c", { published: date(3), ...withdrawnOn(4) }),
      "d.md": story("d", { published: date(4), expires: date(5) }),
      "e.md": story("e", { published: date(5), draft: true }),
      "f.md": story("f", { published: date(20) }),
    });
    expect(slugs((await feedOf(store, ALL, day(10)))?.items)).toEqual(["b", "a"]);
  });

  it("has the date of its latest change: a story, a correction or a tombstone", async () => {
    const store = await openStore({
      "a.md": story("a", { published: date(1), updated: date(3) }),
      "b.md": story("b", { published: date(2), corrections: [{ at: date(5), note: "Tuesday." }] }),
      "c.md": story("c", { published: date(4), expires: date(7) }),
    });
    const updatedAt = async (now: number) => (await feedOf(store, ALL, day(now)))?.updated;
    expect((await feedOf(store, ALL, day(1) - 1))?.updated).toBe(0);
    expect(await updatedAt(1)).toBe(day(3));
    expect(await updatedAt(2)).toBe(day(5));
    expect(await updatedAt(6)).toBe(day(5));
    expect(await updatedAt(7)).toBe(day(7));
    expect((await feedOf(await openStore({}), ALL, day(7)))?.updated).toBe(0);
  });

  it("has id, title, page and base of its view", async () => {
    const store = await openStore({ "a.md": story("a", { tags: ["Iraq & Iran"] }) });
    const main = await feedOf(store, ALL, day(2));
    expect(main).toMatchObject({
      id: "tag:courier.example,2026:feeds",
      title: "The Courier",
      page: `${ORIGIN}/`,
      base: `${ORIGIN}/`,
    });
    const tag = await findFeed(store, { scope: { kind: "tag", key: "iraq-~and~-iran" }, text: "summary" }, day(2));
    expect(tag).toMatchObject({
      value: {
        id: "tag:courier.example,2026:feeds/summaries/tags/iraq-~and~-iran",
        title: "The Courier: Iraq & Iran",
        page: `${ORIGIN}/`,
        base: `${ORIGIN}/summaries/tags/iraq-~and~-iran/`,
      },
    });
    expect(await feedOf(store, { kind: "article", key: "a" }, day(2))).toMatchObject({
      id: "tag:courier.example,2026:feeds/articles/a",
      title: "a",
      page: `${ORIGIN}/articles/a`,
      base: `${ORIGIN}/articles/a/`,
    });
  });
});

describe("notices and tombstones", () => {
  const files: Files = {
    "site.yaml": site({ noticeDays: 3 }),
    "expired.md": story("expired", { published: date(1), expires: date(5) }),
    "withdrawn.md": story("withdrawn", { published: date(1), ...withdrawnOn(10) }),
    "embargoed.md": story("embargoed", { published: date(20), ...withdrawnOn(21) }),
    "draft.md": story("draft", { published: date(1), draft: true, expires: date(2) }),
    "visible.md": story("visible", { published: date(1) }),
  };

  it.each([
    [1, ["withdrawn"], ["withdrawn"], ["visible", "expired"]],
    [5, ["withdrawn", "expired"], ["withdrawn"], ["visible"]],
    [10, ["withdrawn", "expired"], ["withdrawn"], ["visible"]],
    [12, ["withdrawn", "expired"], ["withdrawn"], ["visible"]],
    [13, ["withdrawn", "expired"], [], ["visible"]],
    [19, ["withdrawn", "expired"], [], ["visible"]],
    [20, ["embargoed", "withdrawn", "expired"], ["embargoed"], ["visible"]],
    [21, ["embargoed", "withdrawn", "expired"], ["embargoed"], ["visible"]],
    [24, ["embargoed", "withdrawn", "expired"], [], ["visible"]],
  ])(
    "count at once, whatever their date: on day %i tombstones %j, notices %j, stories %j",
    async (now, tombstones, notices, items) => {
      const feed = await feedOf(await openStore(files), ALL, day(now));
      expect(slugs(feed?.tombstones)).toEqual(tombstones);
      expect(slugs(feed?.notices)).toEqual(notices);
      expect(slugs(feed?.items)).toEqual(items);
    },
  );

  it("have nothing of the story but its id, its address and the reason", async () => {
    const feed = await feedOf(await openStore(files), ALL, day(10));
    expect(feed?.tombstones).toEqual([
      {
        id: "tag:courier.example,2026:withdrawn",
        slug: "withdrawn",
        url: `${ORIGIN}/articles/withdrawn`,
        published: day(1),
        at: day(10),
        reason: "Wrong.",
      },
      {
        id: "tag:courier.example,2026:expired",
        slug: "expired",
        url: `${ORIGIN}/articles/expired`,
        published: day(1),
        at: day(5),
      },
    ]);
  });

  it("stand for a story that an older version stored with a withdrawal before its last change", async () => {
    const text = await compileText({
      "site.yaml": site(),
      "a.md": story("a", { published: date(1), updated: date(5), ...withdrawnOn(6) }),
    });
    const stored = text.replace(String(day(6)), String(day(4)));
    const feed = await feedOf(openBundled(stored, "", { id: "one", at: 0 }), ALL, day(7));
    expect(slugs(feed?.notices)).toEqual(["a"]);
    expect(feed?.tombstones).toMatchObject([{ slug: "a", at: day(4) }]);
  });

  it("have no notices if noticeDays is 0", async () => {
    const store = await openStore({ ...files, "site.yaml": site({ noticeDays: 0 }) });
    expect((await feedOf(store, ALL, day(10)))?.notices).toEqual([]);
    expect(slugs((await feedOf(store, ALL, day(10)))?.tombstones)).toEqual(["withdrawn", "expired"]);
  });

  it("are feedLength at most, the latest first", async () => {
    const store = await openStore({ ...files, "site.yaml": site({ feedLength: 1 }) });
    expect(slugs((await feedOf(store, ALL, day(30)))?.tombstones)).toEqual(["embargoed"]);
  });

  it("have every withdrawal until its notice ends, however many stories expire after it", async () => {
    const store = await openStore({
      "site.yaml": site({ feedLength: 2, noticeDays: 10 }),
      ...Object.fromEntries(
        [3, 4, 5, 6, 7].map((at) => [`e${at}.md`, story(`e${at}`, { published: date(1), expires: date(at) })]),
      ),
      "w2.md": story("w2", { published: date(1), ...withdrawnOn(2) }),
      "w5.md": story("w5", { published: date(1), ...withdrawnOn(5) }),
    });
    const tombstonesOn = async (now: number) => slugs((await feedOf(store, ALL, day(now)))?.tombstones);
    const noticesOn = async (now: number) => slugs((await feedOf(store, ALL, day(now)))?.notices);
    expect(await tombstonesOn(4)).toEqual(["w5", "e4", "w2"]);
    expect(await tombstonesOn(8)).toEqual(["e7", "e6", "w5", "w2"]);
    expect(await noticesOn(8)).toEqual(["w5", "w2"]);
    expect(await tombstonesOn(12)).toEqual(["e7", "e6", "w5"]);
    expect(await noticesOn(12)).toEqual(["w5"]);
    expect(await tombstonesOn(15)).toEqual(["e7", "e6"]);
    expect(await noticesOn(15)).toEqual([]);
  });

  it("change at transitions only", async () => {
    const store = await openStore(files);
    const hours = Array.from({ length: 30 * 24 }, (_, hour) => day(1) + hour * 3_600_000);
    for (const [index, now] of hours.entries()) {
      const before = hours[index - 1];
      if (before === undefined) continue;
      const isSame = JSON.stringify(await feedOf(store, ALL, now)) === JSON.stringify(await feedOf(store, ALL, before));
      if (store.snapshotAt(now).since === store.snapshotAt(before).since) expect(isSame).toBe(true);
    }
  });
});

describe("the title of a feed", () => {
  const files: Files = {
    "site.yaml": site({ authors: { staff: { name: "The Staff" } }, sections: { world: "The World", empty: "Empty" } }),
    "early.md": story("early", {
      published: date(10),
      expires: date(20),
      tags: ["Secret tag"],
      authors: [{ name: "Eve" }, "staff"],
      section: "world",
    }),
    "draft.md": story("draft", { draft: true, tags: ["Unfinished"] }),
  };

  it.each([
    [{ kind: "tag", key: "secret-tag" }, 9, undefined],
    [{ kind: "tag", key: "secret-tag" }, 10, "The Courier: Secret tag"],
    // The only story with the tag has expired: the feed has its tombstone, but not the name that it gave the tag.
    [{ kind: "tag", key: "secret-tag" }, 20, "The Courier: secret-tag"],
    [{ kind: "tag", key: "unfinished" }, 30, undefined],
    [{ kind: "tag", key: "nothing" }, 30, undefined],
    [{ kind: "author", key: "eve" }, 9, undefined],
    [{ kind: "author", key: "eve" }, 10, "The Courier: Eve"],
    [{ kind: "author", key: "eve" }, 20, "The Courier: eve"],
    // What site.yaml names is known even without a story.
    [{ kind: "author", key: "staff" }, 9, "The Courier: The Staff"],
    [{ kind: "author", key: "nobody" }, 30, undefined],
    [{ kind: "section", key: "world" }, 9, "The Courier: The World"],
    [{ kind: "section", key: "empty" }, 30, "The Courier: Empty"],
    [{ kind: "section", key: "nowhere" }, 30, undefined],
    [{ kind: "all" }, 0, "The Courier"],
  ] satisfies [Scope, number, string | undefined][])("of %j on day %i is %s", async (scope, now, title) => {
    const found = await findFeed(await openStore(files), { scope, text: "full" }, day(now));
    if (title === undefined) expect(found).toEqual({ kind: "missing" });
    else expect(found).toMatchObject({ kind: "found", value: { title } });
  });
});

describe("the feed of a name that had another key until 0.2", () => {
  const keyOf = async (files: Files, scope: Scope, now: number, page?: number) => {
    const view = { scope, text: "full" as const, ...(page !== undefined && { page }) };
    const found = await findFeed(await openStore({ "site.yaml": site({ feedLength: 1 }), ...files }), view, now);
    return found.kind === "renamed" ? found.key : found.kind;
  };
  const C: Scope = { kind: "tag", key: "c" };
  const tagged = (name: string, on: number, tags: readonly string[], more = {}) => ({
    [`${name}.md`]: story(name, { published: date(on), tags, ...more }),
  });

  it.each<[string, Scope, string]>([
    ["a tag", C, "c~plus-plus~"],
    ["an author", { kind: "author", key: "li-wei" }, "li_wei"],
  ])("of %s has moved", async (_, scope, key) => {
    const files = { "a.md": story("a", { tags: ["C++"], authors: [{ name: "Li-Wei" }] }) };
    expect(await keyOf(files, scope, day(2))).toBe(key);
  });

  it("has not if another name has that key, also where it has no such page", async () => {
    const files = { ...tagged("a", 1, ["C++"]), ...tagged("b", 2, ["C++"]), ...tagged("c", 3, ["C"]) };
    expect(await keyOf(files, C, day(4))).toBe("found");
    expect(await keyOf(files, C, day(4), 1)).toBe("found");
    expect(await keyOf(files, C, day(4), 2)).toBe("missing");
    // Until the third story appears, nobody may know of its tag.
    expect(await keyOf(files, C, day(2))).toBe("c~plus-plus~");
    expect(await keyOf(files, C, day(2), 2)).toBe("c~plus-plus~");
    expect(await keyOf(files, C, day(2), 3)).toBe("missing");
  });

  it("is that of the first of several names by code points, whichever story is newer", async () => {
    const files = { ...tagged("a", 1, ["C++"]), ...tagged("b", 2, ["C#", "-C"]), ...tagged("c", 3, ["C#"]) };
    expect(await keyOf(files, C, day(1))).toBe("c~plus-plus~");
    expect(await keyOf(files, C, day(2))).toBe("_c");
    expect(await keyOf({ ...files, ...tagged("b", 2, []) }, C, day(3))).toBe("c~hash~");
  });

  it.each([
    ["a draft", { draft: true }],
    ["a story that is scheduled", { published: date(9) }],
  ])("is missing while only %s has the name", async (_, more) => {
    expect(await keyOf(tagged("a", 1, ["C++"], more), C, day(2))).toBe("missing");
  });

  it("has moved for readers who must learn that its story was withdrawn", async () => {
    expect(await keyOf(tagged("a", 1, ["C++"], withdrawnOn(2)), C, day(3))).toBe("c~plus-plus~");
  });

  it("is none of an author whose key site.yaml states", async () => {
    const files = {
      "site.yaml": site({ authors: { "li-wei": { name: "Li-Wei" } } }),
      "a.md": story("a", { authors: ["li-wei", { name: "Ann" }] }),
      "b.md": story("b", { authors: [{ name: "Li-Wei" }] }),
    };
    const store = await openStore(files);
    const feed = await feedOf(store, { kind: "author", key: "li-wei" }, day(2));
    expect(slugs(feed?.items)).toEqual(["b", "a"]);
    expect(await feedOf(store, { kind: "author", key: "li_wei" }, day(2))).toBeUndefined();
  });
});
