import { describe, expect, it } from "vitest";
import type { Item } from "../../../src/model/item.ts";
import type { Scope } from "../../../src/model/scope.ts";
import { type BundledStore, openBundled, snapshotBetween } from "../../../src/store/bundled/bundled-store.ts";
import type { Store } from "../../../src/store/store.ts";
import { compileText, type Files, GIF, instant, ORIGIN, site, story } from "../../fixtures/publication.ts";

const revision = { id: "one", at: instant("2026-03-01T00:00:00Z") };

const open = async (files: Files, siteUrl = ""): Promise<BundledStore> =>
  openBundled(await compileText(files), siteUrl, revision);

const slugs = async (items: AsyncIterable<Item> | Iterable<Item>): Promise<readonly string[]> =>
  (await Array.fromAsync(items)).map(({ slug }) => slug);

const day = (number: number): string => `2026-01-${String(number).padStart(2, "0")}T00:00:00Z`;
const withdrawn = (number: number) => ({ withdrawn: { at: day(number), reason: "Wrong." } });

describe("stories of a scope", () => {
  const files: Files = {
    "site.yaml": site({ authors: { staff: { name: "Staff" } }, sections: { world: "World" } }),
    "a.md": story("a", { published: day(1), tags: ["One", "Two"], authors: ["staff"], section: "world" }),
    "b.md": story("b", { published: day(3), tags: ["one"], authors: [{ name: "Ann Other" }] }),
    "c.md": story("c", { published: day(2), tags: ["two"], authors: ["staff", { name: "Ann Other" }] }),
    "d.md": story("d", { published: day(4), draft: true, tags: ["one"] }),
    "e.md": story("e", { published: "2099-01-01T00:00:00Z", section: "world" }),
  };

  it.each([
    [{ kind: "all" }, ["e", "d", "b", "c", "a"]],
    [{ kind: "tag", key: "one" }, ["d", "b", "a"]],
    [{ kind: "tag", key: "two" }, ["c", "a"]],
    [{ kind: "tag", key: "One" }, []],
    [{ kind: "tag", key: "staff" }, []],
    [{ kind: "author", key: "staff" }, ["c", "a"]],
    [{ kind: "author", key: "ann-other" }, ["b", "c"]],
    [{ kind: "section", key: "world" }, ["e", "a"]],
    [{ kind: "section", key: "elsewhere" }, []],
    [{ kind: "article", key: "b" }, ["b"]],
    [{ kind: "article", key: "x" }, []],
    [{ kind: "tag", key: "__proto__" }, []],
    [{ kind: "tag", key: "constructor" }, []],
  ] satisfies [Scope, string[]][])("%j are %j: newest first, hidden ones included", async (scope, expected) => {
    expect(await slugs((await open(files)).stories(scope))).toEqual(expected);
  });

  it("are sorted by id if they were published at the same time, whatever their files are called", async () => {
    const store = await open({ "z.md": story("a"), "m.md": story("c"), "a.md": story("b") });
    expect(await slugs(store.stories({ kind: "all" }))).toEqual(["m", "a", "z"]);
  });

  it("with a tombstone are listed with the latest withdrawal or expiry first", async () => {
    const store = await open({
      "a.md": story("a", { published: day(1), expires: day(20), tags: ["x"] }),
      "b.md": story("b", { published: day(3), ...withdrawn(25) }),
      "c.md": story("c", { published: day(2), ...withdrawn(20), tags: ["x"] }),
      "d.md": story("d", { published: day(4) }),
      "e.md": story("e", { published: day(4), draft: true, expires: day(30) }),
      "f.md": story("f", { published: day(4), expires: day(10), ...withdrawn(30) }),
    });
    expect(await slugs(store.tombstones({ kind: "all" }))).toEqual(["f", "b", "c", "a"]);
    expect(await slugs(store.tombstones({ kind: "tag", key: "x" }))).toEqual(["c", "a"]);
    expect(await slugs(store.tombstones({ kind: "tag", key: "y" }))).toEqual([]);
  });
});

describe("one story", () => {
  it("is found by its slug and by its aliases", async () => {
    const store = await open({ "a.md": story("a", { aliases: ["old", "older"] }), "b.md": story("b") });
    expect((await store.findBySlug("a"))?.id).toBe("tag:courier.example,2026:a");
    expect(await store.findBySlug("old")).toBeUndefined();
    expect((await store.findByAlias("old"))?.slug).toBe("a");
    expect((await store.findByAlias("older"))?.slug).toBe("a");
    expect(await store.findByAlias("a")).toBeUndefined();
    expect(await store.findBySlug("constructor")).toBeUndefined();
    expect(await store.findByAlias("__proto__")).toBeUndefined();
  });

  it("is not found by an alias as long as it is a draft", async () => {
    const store = await open({ "a.md": story("a", { aliases: ["old"], draft: true }), "b.md": story("b") });
    expect(await store.findByAlias("old")).toBeUndefined();
    expect((await store.findBySlug("a"))?.draft).toBe(true);
  });
});

describe("transitions", () => {
  it("are all instants at which a story appears or leaves without an edit, ascending", async () => {
    const store = await open({
      "site.yaml": site({ noticeDays: 3 }),
      "a.md": story("a", { published: day(9) }),
      "b.md": story("b", { published: day(1), expires: day(20) }),
      "c.md": story("c", { published: day(2), ...withdrawn(5) }),
      "d.md": story("d", { published: day(3), expires: day(4), draft: true }),
    });
    expect(store.transitions.map((time) => new Date(time).getUTCDate())).toEqual([1, 2, 5, 8, 9, 20]);
  });

  it("are none if nothing is published", async () => {
    expect((await open({})).transitions).toEqual([]);
  });
});

describe("a media file", () => {
  const files: Files = {
    "site.yaml": site({ icon: "media/icon.gif" }),
    "a.md": story("a", { image: { src: "media/a.gif", alt: "" } }),
    "b.md": story("b", { image: { src: "media/a.gif", alt: "" } }, "![An icon](media/icon.gif)"),
    "media/icon.gif": GIF,
    "media/a.gif": GIF,
    "media/unused.gif": GIF,
  };

  it.each([
    ["media/a.gif", false, ["b", "a"]],
    ["media/icon.gif", true, ["b"]],
    ["media/unused.gif", false, []],
  ])("%s comes with the stories that use it", async (path, isOfChannel, users) => {
    const stored = await (await open(files)).findMedia(path);
    expect(stored?.file).toEqual({ type: "image/gif", length: GIF.length, width: 1, height: 1 });
    expect(stored?.isOfChannel).toBe(isOfChannel);
    expect(stored?.usedBy.map(({ slug }) => slug)).toEqual(users);
  });

  it.each(["media/none.gif", "a.gif", "", "constructor", "__proto__", "toString"])(
    "is not found by %j",
    async (path) => {
      expect(await (await open(files)).findMedia(path)).toBeUndefined();
    },
  );
});

describe("the site's address", () => {
  const files: Files = {
    "site.yaml": site({ icon: "media/x.gif" }),
    "a.md": story("a", { image: { src: "media/x.gif", alt: "" } }, "[A link](/x), ![a picture](media/x.gif)"),
    "media/x.gif": GIF,
  };

  const allOf = async (store: Store): Promise<string> =>
    JSON.stringify([store.channel, await Array.fromAsync(store.stories({ kind: "all" }, 0, 1))]);

  it("is that of site.yaml if SITE_URL is empty", async () => {
    const all = await allOf(await open(files));
    expect(all).toContain(`${ORIGIN}/articles/a`);
    expect(all).not.toContain("feedwright.invalid");
  });

  it.each([
    ["https://staging.example", "https://staging.example"],
    ["https://staging.example/", "https://staging.example"],
    ["http://localhost:8787", "http://localhost:8787"],
    ["HTTPS://Staging.Example:443/a/path/?query", "https://staging.example/a/path"],
    ["https://a$&b.example", "https://a$&b.example"],
  ])("is the address in SITE_URL if that is %s", async (siteUrl, origin) => {
    const store = await open(files, siteUrl);
    const all = await allOf(store);
    expect(store.channel.url).toBe(origin);
    expect(all.split(`${origin}/media/x.gif`).length).toBe(
      (await allOf(await open(files))).split(`${ORIGIN}/media/x.gif`).length,
    );
    expect(all).not.toContain(ORIGIN);
    expect(all).not.toContain("feedwright.invalid");
  });

  it.each([
    "localhost:8787",
    "staging.example",
    "ftp://staging.example",
    "javascript:alert(1)",
    "/",
    " ",
    "https://a.example/x%2Fy",
  ])("cannot be %j: the error says what to set", async (siteUrl) => {
    await expect(open(files, siteUrl)).rejects.toThrow(`SITE_URL is \`${siteUrl}\`. Set it to an address such as`);
  });
});

describe("a snapshot", () => {
  const never = Number.POSITIVE_INFINITY;
  it.each([
    [[], 5, 0, never],
    [[10], 9, 0, 10],
    [[10], 10, 10, never],
    [[10], 11, 10, never],
    [[10, 20, 30], 19, 10, 20],
    [[10, 20, 30], 20, 20, 30],
    [[10, 20, 30], 99, 30, never],
    [[10, 20, 20, 30], 20, 20, 30],
    [[20, 20, 20], 19, 0, 20],
    [[-30, -20], -25, -30, -20],
  ])("of transitions %j at %i: the last at %i, the next at %d", (transitions, now, since, until) => {
    expect(snapshotBetween(transitions, revision, now)).toEqual({ now, revision, since, until });
  });

  it("is found among any number of transitions", () => {
    const transitions = Array.from({ length: 1000 }, (_, index) => index * 10);
    for (let now = 0; now < 9990; now += 3) {
      const { since, until } = snapshotBetween(transitions, revision, now);
      expect([since, until]).toEqual([now - (now % 10), now - (now % 10) + 10]);
    }
  });

  it("has the revision", async () => {
    expect((await open({})).snapshotAt(0).revision).toBe(revision);
  });
});
