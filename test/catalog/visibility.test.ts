import { describe, expect, it } from "vitest";
import { findFeed } from "../../src/catalog/find-feed.ts";
import { findMedia } from "../../src/catalog/find-media.ts";
import { findStory } from "../../src/catalog/find-story.ts";
import type { Scope } from "../../src/model/scope.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import type { Store } from "../../src/store/store.ts";
import { compileText, type Files, GIF, instant, site, story } from "../fixtures/publication.ts";

const open = async (files: Files): Promise<Store> =>
  openBundled(await compileText(files), "", { id: "one", at: instant("2026-01-01T00:00:00Z") });

const date = (number: number): string => `2026-01-${String(number).padStart(2, "0")}T00:00:00Z`;
const day = (number: number): number => instant(date(number));
const withdrawn = (at: number, reason = "Wrong.") => ({ withdrawn: { at: date(at), reason } });

const slugs = (entries: readonly { readonly slug: string }[] | undefined) => entries?.map(({ slug }) => slug);

describe("a story by its slug", () => {
  const files: Files = {
    "visible.md": story("visible", { published: date(1), aliases: ["visible-once"] }),
    "embargoed.md": story("embargoed", { published: date(10), aliases: ["embargoed-once"] }),
    "expiring.md": story("expiring", { published: date(1), expires: date(10), aliases: ["expiring-once"] }),
    "withdrawn.md": story("withdrawn", { published: date(1), ...withdrawn(20), aliases: ["withdrawn-once"] }),
    "draft.md": story("draft", { published: date(1), draft: true, aliases: ["draft-once"] }),
    "both.md": story("both", { published: date(1), expires: date(5), ...withdrawn(20) }),
    "early.md": story("early", { published: date(15), ...withdrawn(20) }),
  };
  const missing = { kind: "missing" };
  const gone = { kind: "gone", reason: "Wrong." };

  it.each([
    ["visible", 2, "found"],
    ["visible-once", 2, { kind: "moved", slug: "visible" }],
    ["nothing", 2, missing],
    ["embargoed", 9, missing],
    ["embargoed-once", 9, missing],
    ["embargoed", 10, "found"],
    ["embargoed-once", 10, { kind: "moved", slug: "embargoed" }],
    ["expiring", 9, "found"],
    ["expiring", 10, { kind: "gone" }],
    ["expiring-once", 10, { kind: "gone" }],
    ["expiring-once", 9, { kind: "moved", slug: "expiring" }],
    ["withdrawn", 2, gone],
    ["withdrawn-once", 2, gone],
    ["withdrawn", 25, gone],
    ["both", 2, gone],
    ["both", 10, gone],
    ["early", 14, missing],
    ["early", 15, gone],
    ["draft", 30, missing],
    ["draft-once", 30, missing],
  ])("%s on day %i", async (slug, now, expected) => {
    const found = await findStory(await open(files), slug, day(now));
    if (expected === "found") expect(found).toMatchObject({ kind: "found", value: { slug } });
    else expect(found).toEqual(expected);
  });

  it("a millisecond decides", async () => {
    const store = await open(files);
    const kindAt = async (slug: string, now: number) => (await findStory(store, slug, now)).kind;
    expect([await kindAt("embargoed", day(10) - 1), await kindAt("embargoed", day(10))]).toEqual(["missing", "found"]);
    expect([await kindAt("expiring", day(10) - 1), await kindAt("expiring", day(10))]).toEqual(["found", "gone"]);
  });

  it("and the feed of one story say the same", async () => {
    const store = await open(files);
    for (const now of [1, 2, 9, 10, 14, 15, 30]) {
      for (const slug of Object.keys(files).map((name) => name.replace(".md", ""))) {
        for (const key of [slug, `${slug}-once`]) {
          const one = await findStory(store, key, day(now));
          const feed = await findFeed(store, { scope: { kind: "article", key }, text: "full" }, day(now));
          if (one.kind === "found") expect(slugs(feed.kind === "found" ? feed.value.items : [])).toEqual([slug]);
          else expect(feed).toEqual(one);
        }
      }
    }
  });
});

describe("names", () => {
  const files: Files = {
    "site.yaml": site({ authors: { desk: { name: "The Desk" } }, sections: { world: "The World", empty: "Empty" } }),
    "early.md": story("early", {
      published: date(10),
      expires: date(20),
      tags: ["Secret tag"],
      authors: [{ name: "Eve" }, "desk"],
      section: "world",
    }),
    "draft.md": story("draft", { draft: true, tags: ["Unfinished"] }),
  };

  it.each([
    [{ kind: "tag", key: "secret-tag" }, 9, undefined],
    [{ kind: "tag", key: "secret-tag" }, 10, "The Courier: Secret tag"],
    // Gone, but known: readers who follow the tag learn of it. Its name goes with the story.
    [{ kind: "tag", key: "secret-tag" }, 20, "The Courier: secret-tag"],
    [{ kind: "tag", key: "unfinished" }, 30, undefined],
    [{ kind: "tag", key: "nothing" }, 30, undefined],
    [{ kind: "author", key: "eve" }, 9, undefined],
    [{ kind: "author", key: "eve" }, 10, "The Courier: Eve"],
    [{ kind: "author", key: "eve" }, 20, "The Courier: eve"],
    // What site.yaml names is known whatever the stories say.
    [{ kind: "author", key: "desk" }, 9, "The Courier: The Desk"],
    [{ kind: "author", key: "nobody" }, 30, undefined],
    [{ kind: "section", key: "world" }, 9, "The Courier: The World"],
    [{ kind: "section", key: "empty" }, 30, "The Courier: Empty"],
    [{ kind: "section", key: "nowhere" }, 30, undefined],
    [{ kind: "all" }, 0, "The Courier"],
  ] satisfies [Scope, number, string | undefined][])("of %j on day %i is %s", async (scope, now, title) => {
    const found = await findFeed(await open(files), { scope, text: "full" }, day(now));
    if (title === undefined) expect(found).toEqual({ kind: "missing" });
    else expect(found).toMatchObject({ kind: "found", value: { title } });
  });
});

describe("media", () => {
  const files: Files = {
    "site.yaml": site({ icon: "media/icon.gif" }),
    "a.md": story("a", { published: date(10), expires: date(20) }, "![A picture](media/a.gif)"),
    "b.md": story("b", { draft: true }, "![A picture](media/b.gif) ![And one](media/shared.gif)"),
    "c.md": story("c", { published: date(1), ...withdrawn(30) }, "![A picture](media/c.gif)"),
    "d.md": story("d", { published: date(15) }, "![A picture](media/shared.gif)"),
    ...Object.fromEntries(["icon", "a", "b", "c", "shared", "unused"].map((name) => [`media/${name}.gif`, GIF])),
  };

  it.each([
    ["icon", [true, true, true, true]],
    ["a", [false, true, true, false]],
    ["b", [false, false, false, false]],
    ["c", [false, false, false, false]],
    ["shared", [false, false, true, true]],
    ["unused", [false, false, false, false]],
    ["nothing", [false, false, false, false]],
  ])("%s.gif is there on days 9, 10, 15 and 20: %j", async (name, expected) => {
    const store = await open(files);
    const found = await Promise.all([9, 10, 15, 20].map((now) => findMedia(store, `media/${name}.gif`, day(now))));
    expect(found.map((file) => file !== undefined)).toEqual(expected);
  });
});
