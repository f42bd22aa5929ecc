import { describe, expect, it } from "vitest";
import { isKnown } from "../../src/catalog/is-known.ts";
import type { Scope } from "../../src/model/scope.ts";
import type { View } from "../../src/model/view.ts";
import type { Store } from "../../src/store/store.ts";
import { type Files, site, story } from "../fixtures/publication.ts";
import { date, day, openStore, withdrawnOn } from "./support/open-store.ts";

const files: Files = {
  "site.yaml": site({ authors: { staff: { name: "The Staff" } }, sections: { world: "The World" } }),
  "visible.md": story("visible", { published: date(1), tags: ["shown"], aliases: ["visible-once"] }),
  "later.md": story("later", { published: date(10), tags: ["soon", "shown"], authors: [{ name: "Eve" }] }),
  "gone.md": story("gone", { published: date(1), ...withdrawnOn(2), tags: ["past"] }),
  "expired.md": story("expired", { published: date(1), expires: date(2) }),
  "draft.md": story("draft", { draft: true, published: date(1), tags: ["unfinished"], aliases: ["draft-once"] }),
};

/** A store that fails if it is asked for stories. */
const withoutStories = (store: Store): Store => {
  const fail = (): never => {
    throw new Error("the store is asked for stories");
  };
  return { ...store, stories: fail, updatedSince: fail, tombstones: fail, findBySlug: fail, findByAlias: fail };
};

describe("whether readers may know of an address", () => {
  it.each<readonly [string, boolean, Pick<View, "page" | "scope">]>([
    ["the main feed", true, { scope: { kind: "all" } }],
    ["an archive page of it", true, { scope: { kind: "all" }, page: 7 }],
    ["a story", true, { scope: { kind: "article", key: "visible" } }],
    ["a former slug", true, { scope: { kind: "article", key: "visible-once" } }],
    ["a story that was withdrawn", true, { scope: { kind: "article", key: "gone" } }],
    ["a story that has expired", true, { scope: { kind: "article", key: "expired" } }],
    ["an archive page of one story", false, { scope: { kind: "article", key: "visible" }, page: 1 }],
    ["a scheduled story", false, { scope: { kind: "article", key: "later" } }],
    ["a draft", false, { scope: { kind: "article", key: "draft" } }],
    ["a former slug of a draft", false, { scope: { kind: "article", key: "draft-once" } }],
    ["no story", false, { scope: { kind: "article", key: "nothing" } }],
    ["a tag", true, { scope: { kind: "tag", key: "shown" } }],
    ["an archive page of a tag", true, { scope: { kind: "tag", key: "shown" }, page: 2 }],
    ["a tag of what was withdrawn", true, { scope: { kind: "tag", key: "past" } }],
    ["a tag that a scheduled story will bring", false, { scope: { kind: "tag", key: "soon" } }],
    ["a tag of a draft", false, { scope: { kind: "tag", key: "unfinished" } }],
    ["no tag", false, { scope: { kind: "tag", key: "nothing" } }],
    ["a tag with the name of a section", false, { scope: { kind: "tag", key: "world" } }],
    ["an author of site.yaml", true, { scope: { kind: "author", key: "staff" } }],
    ["an author of a scheduled story", false, { scope: { kind: "author", key: "eve" } }],
    ["a section of site.yaml", true, { scope: { kind: "section", key: "world" } }],
    ["no section", false, { scope: { kind: "section", key: "nothing" } }],
  ])("is told without asking for stories: %s, %s", async (_, expected, view) => {
    const store = withoutStories(await openStore(files));
    expect(await isKnown(store, view, day(5))).toBe(expected);
  });

  it.each<Scope>([
    { kind: "article", key: "later" },
    { kind: "tag", key: "soon" },
    { kind: "author", key: "eve" },
  ])("changes at the very millisecond for %j", async (scope) => {
    const store = withoutStories(await openStore(files));
    expect([await isKnown(store, { scope }, day(10) - 1), await isKnown(store, { scope }, day(10))]).toEqual([
      false,
      true,
    ]);
  });

  it("takes a page of one story's archive for full if pages have one story", async () => {
    const store = withoutStories(await openStore({ ...files, "site.yaml": site({ feedLength: 1 }) }));
    const scope = { kind: "article", key: "visible" } as const;
    expect([
      await isKnown(store, { scope, page: 1 }, day(5)),
      await isKnown(store, { scope, page: 2 }, day(5)),
    ]).toEqual([true, false]);
  });
});
