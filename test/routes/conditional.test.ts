import { beforeAll, describe, expect, it } from "vitest";
import { instant, story } from "../fixtures/publication.ts";
import { imfFixdate } from "../http/date-forms.ts";
import { conditions } from "./conditions.ts";
import { currentValidators, expectAnswers, type Resource } from "./expect-answers.ts";
import { headersOf, type Served, serveFiles } from "./serve.ts";

const DEPLOYED = instant("2026-03-01T12:00:00Z");

describe("conditions, asked of feeds, a negotiated feed and a page by GET and HEAD", () => {
  const resources: readonly Resource[] = [
    { path: "/rss.xml" },
    { path: "/feed", accept: "application/atom+xml" },
    { path: "/articles/first", accept: "text/html" },
  ];
  const files = { "first.md": story("first", { tags: ["one"] }), "second.md": story("second") };
  let served: Served;
  let view: string;
  let format: string;

  beforeAll(async () => {
    served = await serveFiles(files, { now: DEPLOYED + 3_600_500, deployed: DEPLOYED + 250 });
    view = (await currentValidators(served, { path: "/tags/one/rss.xml" })).tag;
    format = (await currentValidators(served, { path: "/feed.json" })).tag;
  });

  it.each(conditions)("%s", async (_, headers, status) => {
    for (const resource of resources) {
      const { tag, modified } = await currentValidators(served, resource);
      expect(tag).toMatch(/^W\/"[\w.-]{22,249}"$/);
      expect(modified).toBe(DEPLOYED);
      const strong = tag.slice(2);
      const names = { tag, strong, opaque: strong.slice(1, -1), view, format, modified };
      await expectAnswers(served, resource, headers(names), status);
    }
  });

  it("has at least a hundred rows", () => expect(conditions.length).toBeGreaterThanOrEqual(100));

  it("a 304 carries just the headers that clients and caches need", async () => {
    const answer = await served.fetch("/feed", { headers: { "if-none-match": "*" } });
    expect(answer.status).toBe(304);
    expect(Object.keys(headersOf(answer)).sort()).toEqual([
      "access-control-allow-origin",
      "access-control-expose-headers",
      "cache-control",
      "content-location",
      "etag",
      "last-modified",
      "link",
      "vary",
      "x-content-type-options",
    ]);
  });

  it.each([
    ["a redirect", "/rss", 301],
    ["an unknown address", "/nothing", 404],
  ])("%s is answered as ever, whatever the conditions", async (_, path, status) => {
    for (const name of ["if-match", "if-none-match", "if-modified-since", "if-unmodified-since"]) {
      const answer = await served.fetch(path, { headers: { [name]: name.endsWith("since") ? imfFixdate(0) : "*" } });
      expect(answer.status).toBe(status);
    }
  });

  it.each([
    ["POST", 405],
    ["PUT", 405],
    ["DELETE", 405],
    ["OPTIONS", 204],
  ])("%s knows no conditions here", async (method, status) => {
    const { tag } = await currentValidators(served, { path: "/rss.xml" });
    for (const headers of [{ "if-none-match": tag }, { "if-none-match": "*" }, { "if-match": tag }]) {
      expect((await served.fetch("/rss.xml", { method, headers })).status).toBe(status);
    }
  });
});
