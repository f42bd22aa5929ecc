import { describe, expect, it } from "vitest";
import { findFeed } from "../../src/catalog/find-feed.ts";
import { findStory } from "../../src/catalog/find-story.ts";
import { type Files, story } from "../fixtures/publication.ts";
import { date, day, openStore, slugs, withdrawnOn } from "./support/open-store.ts";

describe("a story looked up by its slug", () => {
  const files: Files = {
    "visible.md": story("visible", { published: date(1), aliases: ["visible-once"] }),
    "embargoed.md": story("embargoed", { published: date(10), aliases: ["embargoed-once"] }),
    "expiring.md": story("expiring", { published: date(1), expires: date(10), aliases: ["expiring-once"] }),
    "withdrawn.md": story("withdrawn", { published: date(1), ...withdrawnOn(20), aliases: ["withdrawn-once"] }),
    "draft.md": story("draft", { published: date(1), draft: true, aliases: ["draft-once"] }),
    "both.md": story("both", { published: date(1), expires: date(5), ...withdrawnOn(20) }),
    "foreign.md": story("foreign", { published: date(1), language: "de", ...withdrawnOn(20) }),
    "early.md": story("early", { published: date(15), ...withdrawnOn(20) }),
  };
  const missing = { kind: "missing" };
  const gone = { kind: "gone", reason: "Wrong.", at: day(20), utcOffsetSeconds: 0 };
  const expired = { kind: "gone", at: day(10), utcOffsetSeconds: 0 };

  it.each([
    ["visible", 2, "found"],
    ["visible-once", 2, { kind: "moved", slug: "visible", until: Number.POSITIVE_INFINITY }],
    ["nothing", 2, missing],
    ["embargoed", 9, missing],
    ["embargoed-once", 9, missing],
    ["embargoed", 10, "found"],
    ["embargoed-once", 10, { kind: "moved", slug: "embargoed", until: Number.POSITIVE_INFINITY }],
    ["expiring", 9, "found"],
    ["expiring", 10, expired],
    ["expiring-once", 10, expired],
    ["expiring-once", 9, { kind: "moved", slug: "expiring", until: day(10) }],
    ["withdrawn", 2, gone],
    ["withdrawn-once", 2, gone],
    ["withdrawn", 25, gone],
    ["foreign", 2, { ...gone, language: "de" }],
    ["both", 2, gone],
    ["both", 10, gone],
    ["early", 14, missing],
    ["early", 15, gone],
    ["draft", 30, missing],
    ["draft-once", 30, missing],
  ])("%s on day %i", async (slug, now, expected) => {
    const found = await findStory(await openStore(files), slug, day(now));
    if (expected === "found") expect(found).toMatchObject({ kind: "found", value: { slug } });
    else expect(found).toEqual(expected);
  });

  it("changes its visibility at the very millisecond", async () => {
    const store = await openStore(files);
    const kindAt = async (slug: string, now: number) => (await findStory(store, slug, now)).kind;
    expect([await kindAt("embargoed", day(10) - 1), await kindAt("embargoed", day(10))]).toEqual(["missing", "found"]);
    expect([await kindAt("expiring", day(10) - 1), await kindAt("expiring", day(10))]).toEqual(["found", "gone"]);
  });

  it("has the same visibility as the feed of the story", async () => {
    const store = await openStore(files);
    for (const now of [1, 2, 9, 10, 14, 15, 30]) {
      for (const slug of Object.keys(files).map((name) => name.replace(".md", ""))) {
        for (const key of [slug, `${slug}-once`]) {
          const found = await findStory(store, key, day(now));
          const feed = await findFeed(store, { scope: { kind: "article", key }, text: "full" }, day(now));
          if (found.kind === "found") expect(slugs(feed.kind === "found" ? feed.value.items : [])).toEqual([slug]);
          else expect(feed).toEqual(found);
        }
      }
    }
  });
});
