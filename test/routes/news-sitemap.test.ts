import { describe, expect, it } from "vitest";
import { type Files, instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { serveFiles } from "./support/serve.ts";

const NOW = instant("2026-03-03T12:00:00Z");

const FILES: Files = {
  "site.yaml": site({}),
  "old.md": story("old", { published: "2026-03-01T12:00:00Z" }),
  "edge.md": story("edge", { published: "2026-03-01T12:00:01Z" }),
  "new.md": story("new", { published: "2026-03-03T10:00:00Z", title: "New <&>", language: "zh-TW" }),
  "private.md": story("private", { published: "2026-03-03T11:00:00Z", feeds: false }),
  "elsewhere.md": story("elsewhere", { published: "2026-03-03T11:30:00Z", canonical: "https://other.example/x" }),
  "nearby.md": story("nearby", { published: "2026-03-02T11:30:00Z", canonical: `${ORIGIN}/2026/nearby?a=1&b=2` }),
  "soon.md": story("soon", { published: "2026-03-03T13:00:00Z" }),
  "draft.md": story("draft", { draft: true, published: "2026-03-03T10:00:00Z" }),
  "gone.md": story("gone", {
    published: "2026-03-03T09:00:00Z",
    withdrawn: { at: "2026-03-03T10:00:00Z", reason: "Wrong." },
  }),
};

/** The address of a story whose page is elsewhere on this site. */
const NEARBY = `${ORIGIN}/2026/nearby?a=1&#x26;b=2`;

const slugsIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(/<loc>([^<]*)<\/loc>/g), ([, url = ""]) => url.replace(`${ORIGIN}/articles/`, ""));

describe("/news-sitemap.xml", () => {
  it("has the stories of this site that readers may see, of the last two days, also those that are in no feed", async () => {
    const response = await (await serveFiles(FILES, { now: NOW })).fetch("/news-sitemap.xml");
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/xml; charset=utf-8"]);
    expect(slugsIn(await response.text())).toEqual(["private", "new", NEARBY, "edge"]);
  });

  it("says of each what Google asks for", async () => {
    const text = await (await (await serveFiles(FILES, { now: NOW })).fetch("/news-sitemap.xml")).text();
    expect(text).toContain(`<url>
<loc>${ORIGIN}/articles/new</loc>
<news:news>
<news:publication>
<news:name>The Courier</news:name>
<news:language>zh-tw</news:language>
</news:publication>
<news:publication_date>2026-03-03T10:00:00Z</news:publication_date>
<news:title>New &#x3C;&#x26;&#x3E;</news:title>
</news:news>
</url>`);
  });

  it("loses a story after two days, to the second, with another tag and date; in between nothing changes", async () => {
    const served = await serveFiles(FILES, { now: NOW });
    const ask = async (now: number) => {
      served.clock.now = now;
      const response = await served.fetch("/news-sitemap.xml");
      const { headers } = response;
      return {
        etag: headers.get("etag"),
        modified: headers.get("last-modified"),
        slugs: slugsIn(await response.text()),
      };
    };
    const before = await ask(NOW);
    expect(await ask(NOW + 999)).toEqual(before);
    const after = await ask(NOW + 1000);
    expect(after.slugs).toEqual(["private", "new", NEARBY]);
    expect(after.etag).not.toBe(before.etag);
    expect([before.modified, after.modified]).toEqual([
      "Tue, 03 Mar 2026 12:00:00 GMT",
      "Tue, 03 Mar 2026 12:00:01 GMT",
    ]);
    expect(await ask(NOW + 2000)).toEqual(after);
  });

  it("says nothing of drafts, also where one would have fallen out", async () => {
    const { "old.md": _, ...shown } = FILES;
    const hidden = { ...shown, "d.md": story("d", { draft: true, published: "2026-03-01T12:00:00Z" }) };
    const answers = [];
    for (const files of [shown, hidden]) {
      const response = await (await serveFiles(files, { now: NOW })).fetch("/news-sitemap.xml");
      answers.push([[...response.headers], await response.text()]);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[0]?.[0]).toContainEqual(["last-modified", "Tue, 03 Mar 2026 11:30:00 GMT"]);
  });

  it("is fresh no longer than the next story is in it", async () => {
    const response = await (await serveFiles(FILES, { now: NOW })).fetch("/news-sitemap.xml");
    expect(response.headers.get("cache-control")).toContain("max-age=1,");
  });

  it("answers 304 to whoever has it, and is compressed for whoever takes that", async () => {
    const served = await serveFiles(FILES, { now: NOW });
    const etag = (await served.fetch("/news-sitemap.xml")).headers.get("etag") ?? "";
    expect((await served.fetch("/news-sitemap.xml", { headers: { "if-none-match": etag } })).status).toBe(304);
    const headers = { "accept-encoding": "gzip" };
    expect((await served.fetch("/news-sitemap.xml", { headers })).headers.get("content-encoding")).toBe("gzip");
  });

  it("is empty, and there, if nothing is new", async () => {
    const served = await serveFiles({ "site.yaml": site({}), "old.md": FILES["old.md"] ?? "" }, { now: NOW });
    const response = await served.fetch("/news-sitemap.xml");
    expect([response.status, slugsIn(await response.text())]).toEqual([200, []]);
  });
});
