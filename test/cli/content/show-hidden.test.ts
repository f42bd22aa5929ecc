import { describe, expect, it } from "vitest";
import { showHidden } from "../../../src/cli/content/show-hidden.ts";
import { type Publication, readPublication } from "../../../src/model/publication.ts";
import { visibilityOf } from "../../../src/model/visibility.ts";
import { compileText, type Files, GIF, instant, site, story } from "../../fixtures/publication.ts";

const NOW = instant("2026-03-01T12:34:56Z");
const TODAY = instant("2026-03-01T00:00:00Z");

const FILES: Files = {
  "site.yaml": site({ timeZone: "Europe/Berlin", hubs: ["built-in", "https://hub.example/"] }),
  "old.md": story("old"),
  "draft.md": story("draft", { draft: true, published: "2025-01-01T00:00:00Z" }),
  "planned.md": story("planned", { published: "2026-04-01T00:00:00Z" }),
  "gone.md": story("gone", { withdrawn: { at: "2026-02-01T00:00:00Z", reason: "Wrong." } }),
};

const shown = async (files: Files = {}, now = NOW): Promise<Publication> =>
  showHidden(readPublication(await compileText({ ...FILES, ...files })), now);

const bySlug = ({ items }: Publication) => new Map(items.map((item) => [item.slug, item]));

describe("a publication as its writers look at it", () => {
  it("shows drafts and scheduled stories at the top, in the zone of the site, and all others as they are", async () => {
    const items = bySlug(await shown());
    for (const slug of ["draft", "planned"]) {
      const item = items.get(slug);
      expect(item).toMatchObject({ draft: false, published: TODAY, updated: TODAY });
      expect(item?.utcOffsetSeconds).toEqual({ published: 3600, updated: 3600 });
      expect(item?.html).toContain('class="draft-banner"');
    }
    const before = bySlug(readPublication(await compileText(FILES)));
    for (const slug of ["old", "gone"]) expect(items.get(slug)).toEqual(before.get(slug));
    expect([...items.values()].map((item) => visibilityOf(item, NOW))).toEqual(
      expect.arrayContaining(["visible", "visible", "visible", "withdrawn"]),
    );
  });

  it("shows drafts of pages among the pages, with their pictures", async () => {
    const page = (title: string, draft: boolean) =>
      `---\ntitle: ${title}\ndraft: ${draft}\n---\n\n![P](media/${title}.gif)\n`;
    const files = {
      "pages/b.md": page("b", false),
      "media/b.gif": GIF,
      "pages/a.md": page("a", true),
      "media/a.gif": GIF,
    };
    const { channel, draftPages } = await shown(files);
    expect(channel.pages?.map(({ name, html }) => [name, html.includes('class="draft-banner"')])).toEqual([
      ["a", true],
      ["b", false],
    ]);
    expect(channel.media).toEqual(expect.arrayContaining(["media/a.gif", "media/b.gif"]));
    expect(draftPages).toBeUndefined();
  });

  it("dates them as the newest story that is public, if that is of today", async () => {
    const latest = { "new.md": story("new", { published: "2026-03-01T09:00:00Z" }) };
    expect(bySlug(await shown(latest)).get("draft")?.published).toBe(instant("2026-03-01T09:00:00Z"));
  });

  it("is the same all day, whenever it is built", async () => {
    expect(await shown({}, NOW)).toEqual(await shown({}, NOW + 3_600_000));
  });

  it("names no hub and no partner, so that nothing is sent out", async () => {
    const partners = `acme:\n  contact: desk@acme.example\n  formats: [rss]\n  include: { tags: [x] }\n  tokens: [{ sha256: "${"ab".repeat(32)}" }]\n`;
    const files = { "partners.yaml": partners, "x.md": story("x", { tags: ["x"] }) };
    expect(readPublication(await compileText({ ...FILES, ...files })).partners).toHaveLength(1);
    const { channel, partners: contracts, partnerMembers } = await shown(files);
    expect([channel.hubs, contracts, partnerMembers]).toEqual([[], [], {}]);
  });
});
