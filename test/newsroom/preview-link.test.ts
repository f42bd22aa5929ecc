import { beforeEach, describe, expect, it } from "vitest";
import { GIF, instant, ORIGIN, story } from "../fixtures/publication.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const WEEK = 7 * 86_400_000;

let newsroom: NewsroomWorker;
beforeEach(async () => {
  newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
  await newsroom.api("PUT", "/api/media/x.gif", { body: GIF });
});

const hidden = { published: "2026-04-01T00:00:00Z", image: { src: "media/x.gif", alt: "" } };

const previewPathOf = async (slug: string, front: Readonly<Record<string, unknown>>): Promise<string> => {
  const { preview }: { preview: string } = await (await newsroom.put(slug, story(slug, front))).json();
  expect(preview).toContain(`${ORIGIN}/preview/${slug}/`);
  return preview.slice(ORIGIN.length);
};

describe("a preview link", () => {
  it.each([
    ["scheduled", hidden],
    ["a draft", { ...hidden, draft: true }],
  ])("shows a story that is %s, with its picture", async (_, front) => {
    const path = await previewPathOf("soon", front);
    const page = await newsroom.fetch(path);
    expect(page.status).toBe(200);
    expect(page.headers.get("cache-control")).toBe("private, no-store");
    expect(page.headers.get("x-robots-tag")).toBe("noindex, nofollow");
    const text = await page.text();
    expect(text).toContain("Text of soon.");
    const [picture = ""] = /https:[^"]*\/media\/x\.gif/.exec(text) ?? [];
    expect(picture).toBe(`${ORIGIN}${path}/media/x.gif`);
    const shown = await newsroom.fetch(picture.slice(ORIGIN.length));
    expect(await shown.bytes()).toEqual(GIF);
    expect(shown.headers.get("cache-control")).toBe("private, no-store");
    expect((await newsroom.fetch("/media/x.gif")).status).toBe(404);
    expect((await newsroom.fetch("/articles/soon")).status).toBe(404);
  });

  it("expires after a week", async () => {
    const path = await previewPathOf("soon", { ...hidden, draft: true });
    newsroom.clock.now = NOW + WEEK - 1000;
    expect((await newsroom.fetch(path)).status).toBe(200);
    newsroom.clock.now = NOW + WEEK;
    expect((await newsroom.fetch(path)).status).toBe(404);
    expect((await newsroom.fetch(`${path}/media/x.gif`)).status).toBe(404);
  });

  it("is valid for nothing else, and not after the story is erased", async () => {
    const path = await previewPathOf("soon", hidden);
    await newsroom.put("other", story("other", { draft: true }));
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
      expect({ forged, status: (await newsroom.fetch(forged)).status }).toEqual({ forged, status: 404 });
    }
    await newsroom.api("DELETE", "/api/items/soon?purge=true");
    expect((await newsroom.fetch(path)).status).toBe(404);
  });

  it("is not valid after the story expires", async () => {
    const path = await previewPathOf("soon", { published: "2026-03-02T00:00:00Z", expires: "2026-03-03T00:00:00Z" });
    newsroom.clock.now = instant("2026-03-03T00:00:00Z");
    expect((await newsroom.fetch(path)).status).toBe(404);
  });

  it("is not valid again if the story is withdrawn and then made a draft", async () => {
    const withdrawn = { at: "2026-03-01T12:00:00Z", reason: "Wrong." };
    const answer = await newsroom.put("x", story("x", { draft: true }));
    const { preview }: { preview: string } = await answer.json();
    const path = new URL(preview).pathname;
    expect((await newsroom.fetch(path)).status).toBe(200);
    await newsroom.put("x", story("x", { withdrawn }));
    expect((await newsroom.fetch(path)).status).toBe(404);
    const hidden: object = await (await newsroom.put("x", story("x", { withdrawn, draft: true }))).json();
    expect((await newsroom.fetch(path)).status).toBe(404);
    expect(hidden).not.toHaveProperty("preview");
  });

  it("is not valid with another owner's token", async () => {
    const path = await previewPathOf("soon", hidden);
    const other = await openNewsroomWorker({
      now: NOW,
      database: newsroom.database,
      bindings: { PUBLISH_TOKEN: "another" },
    });
    expect((await other.fetch(path)).status).toBe(404);
  });

  it("is not given for a story that readers can see", async () => {
    expect(await (await newsroom.put("seen", story("seen"))).json()).not.toHaveProperty("preview");
  });
});
