import { beforeAll, describe, expect, it } from "vitest";
import { ORIGIN, site, story } from "../../fixtures/publication.ts";
import { feedPaths, NOW, sampleFiles } from "../support/sample-site.ts";
import { decodedText, type ServedSite, serveFiles } from "../support/serve.ts";

let served: ServedSite;
beforeAll(async () => {
  served = await serveFiles(
    {
      ...sampleFiles,
      "site.yaml": site({
        sections: { world: "The World" },
        authors: { staff: { name: "The Staff" }, "nobody-yet": { name: "Nobody Yet" } },
        feedLength: 1,
      }),
    },
    { now: NOW, deployed: NOW - 1000 },
  );
});

const paths = [...feedPaths, "/archive/1/rss.xml", "/summaries/archive/1/feed.json"];

describe.each(paths)("/source%s", (path) => {
  it("is the bytes of the feed, as plain text that no search engine lists", async () => {
    for (const headers of [{ "accept-encoding": "gzip" }, { "accept-encoding": "br", "sec-fetch-dest": "document" }]) {
      const response = await served.fetch(`/source${path}`, { headers });
      expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/plain; charset=utf-8"]);
      expect(response.headers.get("x-robots-tag")).toBe("noindex");
      expect(await decodedText(response)).toBe(await (await served.fetch(path)).text());
    }
  });

  it("answers 304 to whoever has it", async () => {
    const { headers } = await served.fetch(`/source${path}`);
    const conditions = [
      { "if-none-match": headers.get("etag") ?? "" },
      { "if-modified-since": headers.get("last-modified") ?? "" },
    ];
    for (const condition of conditions)
      expect((await served.fetch(`/source${path}`, { headers: condition })).status).toBe(304);
    const head = await served.fetch(`/source${path}`, { method: "HEAD" });
    expect([head.status, head.body, head.headers.get("etag")]).toEqual([200, null, headers.get("etag")]);
  });
});

describe("the source of a feed", () => {
  it.each([
    ["/source/tags/NEWS/rss.xml", 404, null],
    ["/source/tags/secret/rss.xml", 404, null],
    ["/source/articles/draft/atom.xml", 404, null],
    ["/source/articles/withdrawn/atom.xml", 410, null],
    ["/source/feed", 404, null],
    ["/source/articles/formerly/rss.xml", 301, "/source/articles/visible/rss.xml"],
    ["/source/articles/%76isible/rss.xml", 301, "/source/articles/visible/rss.xml"],
    ["/source/tags/cafe%CC%81-au-lait/rss.xml", 301, "/source/tags/caf%C3%A9-au-lait/rss.xml"],
  ])("%s answers %i", async (path, status, target) => {
    const response = await served.fetch(path, { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([status, target && ORIGIN + target]);
  });

  it("states the rights that the feed states", async () => {
    const usage = { "ai-train": false, search: true, license: "https://example.org/terms" };
    const { fetch } = await serveFiles({ "site.yaml": site({ usage }), "a.md": story("a") }, { now: NOW });
    const rightsOf = async (path: string) => {
      const { headers } = await fetch(path);
      return ["content-usage", "tdm-reservation", "tdm-policy"].map((name) => headers.get(name));
    };
    expect(await rightsOf("/source/rss.xml")).toEqual(await rightsOf("/rss.xml"));
    expect(await rightsOf("/rss.xml")).toEqual(["train-ai=n, search=y", "1", "https://example.org/terms"]);
  });

  it("has no deltas, which only feed readers ask for", async () => {
    const response = await served.fetch("/source/rss.xml", { headers: { "a-im": "feed", "if-none-match": 'W/"x"' } });
    expect(response.status).toBe(200);
  });
});
