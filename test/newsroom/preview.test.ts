import { beforeEach, describe, expect, it } from "vitest";
import { GIF, instant, ORIGIN } from "../fixtures/publication.ts";
import { emptyDatabase, type Office, openOffice, story } from "./newsroom.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const WEEK = 7 * 86_400_000;

let office: Office;
beforeEach(async () => {
  office = await openOffice({ now: NOW, database: await emptyDatabase() });
  await office.api("PUT", "/api/media/x.gif", { body: GIF });
});

const hidden = { published: "2026-04-01T00:00:00Z", image: { src: "media/x.gif", alt: "" } };

const linkTo = async (slug: string, front: Readonly<Record<string, unknown>>): Promise<string> => {
  const { preview }: { preview: string } = await (await office.put(slug, story(slug, front))).json();
  expect(preview).toContain(`${ORIGIN}/preview/${slug}/`);
  return preview.slice(ORIGIN.length);
};

describe("a link to a hidden story", () => {
  it.each([
    ["scheduled", hidden],
    ["a draft", { ...hidden, draft: true }],
  ])("shows one that is %s, with its picture, to whoever has it", async (_, front) => {
    const path = await linkTo("soon", front);
    const page = await office.fetch(path);
    expect(page.status).toBe(200);
    expect(page.headers.get("cache-control")).toBe("private, no-store");
    expect(page.headers.get("x-robots-tag")).toBe("noindex, nofollow");
    const text = await page.text();
    expect(text).toContain("Text of soon.");
    const [picture = ""] = /https:[^"]*\/media\/x\.gif/.exec(text) ?? [];
    expect(picture).toBe(`${ORIGIN}${path}/media/x.gif`);
    const shown = await office.fetch(picture.slice(ORIGIN.length));
    expect(await shown.bytes()).toEqual(GIF);
    expect(shown.headers.get("cache-control")).toBe("private, no-store");
    expect((await office.fetch("/media/x.gif")).status).toBe(404);
    expect((await office.fetch("/articles/soon")).status).toBe(404);
  });

  it("ends after a week", async () => {
    const path = await linkTo("soon", { ...hidden, draft: true });
    office.clock.now = NOW + WEEK - 1000;
    expect((await office.fetch(path)).status).toBe(200);
    office.clock.now = NOW + WEEK;
    expect((await office.fetch(path)).status).toBe(404);
    expect((await office.fetch(`${path}/media/x.gif`)).status).toBe(404);
  });

  it("ends when the story is erased, and shows nothing else", async () => {
    const path = await linkTo("soon", hidden);
    await office.put("other", story("other", { draft: true }));
    const [, , , until = "", signature = ""] = path.split("/");
    for (const forged of [
      `/preview/other/${until}/${signature}`,
      `/preview/soon/${Number(until) + 1000}/${signature}`,
      `/preview/soon/${until}/${signature.slice(0, -1)}`,
      `/preview/soon/${until}/${signature}x`,
      `/preview/soon/${until}/x`,
      `/preview/soon/x/${signature}`,
      `/preview/none/${until}/${signature}`,
      `${path}/media/none.gif`,
      `${path}/media/..%2Fx.gif`,
    ]) {
      expect({ forged, status: (await office.fetch(forged)).status }).toEqual({ forged, status: 404 });
    }
    await office.api("DELETE", "/api/items/soon?purge=true");
    expect((await office.fetch(path)).status).toBe(404);
  });

  it("ends when the story expires", async () => {
    const path = await linkTo("soon", { published: "2026-03-02T00:00:00Z", expires: "2026-03-03T00:00:00Z" });
    office.clock.now = instant("2026-03-03T00:00:00Z");
    expect((await office.fetch(path)).status).toBe(404);
  });

  it("does not come back when the story is withdrawn, and then made a draft", async () => {
    const withdrawn = { at: "2026-03-01T12:00:00Z", reason: "Wrong." };
    const answer = await office.put("x", story("x", { draft: true }));
    const { preview }: { preview: string } = await answer.json();
    const path = new URL(preview).pathname;
    expect((await office.fetch(path)).status).toBe(200);
    await office.put("x", story("x", { withdrawn }));
    expect((await office.fetch(path)).status).toBe(404);
    const hidden: object = await (await office.put("x", story("x", { withdrawn, draft: true }))).json();
    expect((await office.fetch(path)).status).toBe(404);
    expect(hidden).not.toHaveProperty("preview");
  });

  it("is worth nothing under another owner's token", async () => {
    const path = await linkTo("soon", hidden);
    const other = await openOffice({ now: NOW, database: office.database, bindings: { PUBLISH_TOKEN: "another" } });
    expect((await other.fetch(path)).status).toBe(404);
  });

  it("is not made for a story that readers can see", async () => {
    expect(await (await office.put("seen", story("seen"))).json()).not.toHaveProperty("preview");
  });
});
