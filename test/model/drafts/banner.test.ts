import { describe, expect, it } from "vitest";
import { withBanner } from "../../../src/model/drafts/banner.ts";
import type { Item } from "../../../src/model/item.ts";
import { readPublication } from "../../../src/model/publication.ts";
import { compileText, instant, site, story } from "../../fixtures/publication.ts";

const NOW = instant("2026-03-01T12:00:00Z");

const compiled = async (front: Readonly<Record<string, unknown>>, more = {}) => {
  const files = {
    "site.yaml": site({ timeZone: "Europe/Berlin", ...more }),
    "a.md": story("a", front, "One.\n\nTwo."),
  };
  const { items, channel } = readPublication(await compileText(files));
  const [item] = items;
  if (item === undefined) throw new Error("no story");
  return { item, channel };
};

const bannered = async (front: Readonly<Record<string, unknown>>, more = {}): Promise<Item> => {
  const { item, channel } = await compiled(front, more);
  return withBanner(item, channel, NOW);
};

describe("the banner of a story that readers do not see", () => {
  it.each([
    ["a draft", { draft: true }, "Draft: not published"],
    ["a draft with a date", { draft: true, published: "2026-04-01T00:00:00Z" }, "Draft: not published"],
    ["a draft in German", { draft: true, language: "de" }, "Entwurf: nicht veröffentlicht"],
    [
      "a scheduled story, in the zone of the site",
      { published: "2026-04-01T00:00:00Z" },
      "Scheduled for April 1, 2026, 2:00 AM",
    ],
    [
      "a scheduled story in German",
      { published: "2026-04-01T00:00:00Z", language: "de-AT" },
      "Geplant für 1. April 2026, 02:00 Uhr",
    ],
  ])("says so, in its text and its summary: %s", async (_, front, banner) => {
    const { html, summary } = await bannered(front);
    expect(html).toBe(`<p class="draft-banner"><strong>${banner}</strong></p>\n<p>One.</p>\n<p>Two.</p>`);
    expect(summary).toBe(`${banner} · One.`);
  });

  it("is a block, so that the others are where they were", async () => {
    const { html, blocks } = await bannered({ draft: true });
    const texts = blocks.map(({ end }, index) => html.slice(blocks[index - 1]?.end ?? 0, end).trim());
    expect(texts).toEqual([expect.stringContaining("Draft"), "<p>One.</p>", "<p>Two.</p>"]);
  });

  it("escapes words of site.yaml", async () => {
    const { html } = await bannered({ draft: true }, { words: { draft: "<b>Draft</b>" } });
    expect(html).toContain("<strong>&lt;b&gt;Draft&lt;/b&gt;</strong>");
  });

  it.each([
    ["is public", {}],
    ["was withdrawn", { withdrawn: { at: "2026-02-01T00:00:00Z", reason: "Wrong." } }],
    ["has expired", { expires: "2026-02-01T00:00:00Z" }],
  ])("stands above no story that %s", async (_, front) => {
    const { item, channel } = await compiled(front);
    expect(withBanner(item, channel, NOW)).toBe(item);
  });
});
