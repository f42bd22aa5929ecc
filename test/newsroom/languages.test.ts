import { beforeEach, describe, expect, it } from "vitest";
import { instant, site, story } from "../fixtures/publication.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

// The newsroom compiles in workerd, whose ICU is smaller than Node's.

let newsroom: NewsroomWorker;
beforeEach(async () => {
  newsroom = await openNewsroomWorker({
    now: instant("2026-11-22T12:00:00Z"),
    database: await createEmptyDatabase(),
    files: { "site.yaml": site({ timeZone: "America/New_York", words: { pl: { correction: "Errata" } } }) },
  });
});

const textOf = async (path: string): Promise<string> => (await newsroom.fetch(path)).text();

const front = {
  published: "2026-11-21T02:30:00Z",
  corrections: [{ at: "2026-11-22T02:30:00Z", note: "N." }],
};

describe("a story in another language", () => {
  it("has that language's words and dates, and the words of site.yaml, in feeds and on its page", async () => {
    await newsroom.put("a", story("a", { ...front, language: "pl" }, "T.[^1]\n\n[^1]: F."));
    for (const path of ["/rss.xml", "/atom.xml", "/articles/a"]) {
      const text = await textOf(path);
      expect(text).toContain(">Errata</strong> (<bdi><time");
      expect(text).toContain(">21 listopada 2026, 21:30</time>");
      expect(text).toContain("Przypisy");
      expect(text).not.toMatch(/Footnotes|>Correction/);
    }
    expect(await textOf("/articles/a")).toContain(">20 listopada 2026, 21:30</time>");
    expect(await textOf("/articles/a")).toContain("Śledź ten artykuł: ");
  });

  it("may be sent as JSON", async () => {
    const body = JSON.stringify({ id: "tag:courier.example,2026:j", title: "J", text: "T.", ...front, language: "ja" });
    const headers = { "content-type": "application/json" };
    expect((await newsroom.api("PUT", "/api/items/j", { body, headers })).status).toBe(201);
    expect(await textOf("/rss.xml")).toContain("<strong>訂正</strong>（<bdi><time");
    expect(await textOf("/articles/j")).toContain(">2026年11月20日 21:30</time>");
  });

  it("is withdrawn in its own language, too", async () => {
    await newsroom.put("a", story("a", { ...front, language: "de" }));
    expect((await newsroom.api("DELETE", "/api/items/a?reason=Es%20stimmte%20nicht.")).status).toBe(200);
    expect(await textOf("/rss.xml")).toContain("<title>Zurückgezogen</title>");
    expect(await textOf("/rss.xml")).toContain("<dc:language>de</dc:language>");
    const { items } = JSON.parse(await textOf("/feed.json"));
    expect(items).toMatchObject([{ title: "Zurückgezogen", content_text: "Es stimmte nicht.", language: "de" }]);
  });
});
