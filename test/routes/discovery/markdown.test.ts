import { describe, expect, it } from "vitest";
import { type Files, instant, ORIGIN, site, story } from "../../fixtures/publication.ts";
import { type ServeOptions, serveFiles } from "../support/serve.ts";

const NOW = instant("2026-03-01T12:00:00Z");

const filesWith = (keys: Readonly<Record<string, unknown>>): Files => ({
  "site.yaml": site(keys),
  "a.md": story(
    "a",
    { title: "A", aliases: ["former", "old.md"], license: "https://l.example/" },
    "*Text* & 10<sup>6</sup>.",
  ),
  "soon.md": story("soon", { published: "2026-04-01T00:00:00Z" }),
  "gone.md": story("gone", { withdrawn: { at: "2026-02-01T00:00:00Z", reason: "Wrong." } }),
});

const serve = (keys: Readonly<Record<string, unknown>> = { markdown: true }, more: Partial<ServeOptions> = {}) =>
  serveFiles(filesWith(keys), { now: NOW, deployed: NOW - 1000, ...more });

const MARKDOWN = { headers: { accept: "text/markdown, text/html;q=0.9" } };

const TEXT = `# A\n\n2026-01-01T00:00:00Z · <${ORIGIN}/articles/a>\n\n*Text* & 10<sup>6</sup>.\n`;

describe("a story as Markdown", () => {
  it("is at its address with .md, which its page names", async () => {
    const { fetch } = await serve();
    const response = await fetch("/articles/a.md");
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/markdown; charset=utf-8"]);
    expect(response.headers.get("vary")).toBe("Accept-Encoding");
    expect(response.headers.get("link")).toContain(`<${ORIGIN}/articles/a>; rel="canonical"`);
    expect(await response.text()).toBe(TEXT);
    expect(await (await fetch("/articles/a")).text()).toContain(
      `<link rel="alternate" type="text/markdown" href="${ORIGIN}/articles/a.md">`,
    );
  });

  it("is at the address of the page for whoever prefers that, again and again", async () => {
    const { fetch } = await serve();
    for (let times = 0; times < 2; times++) {
      const response = await fetch("/articles/a", MARKDOWN);
      expect(response.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
      expect(response.headers.get("content-location")).toBe(`${ORIGIN}/articles/a.md`);
      expect(response.headers.get("vary")).toBe("Accept, Accept-Encoding");
      expect(await response.text()).toBe(TEXT);
      const page = await fetch("/articles/a");
      expect([page.headers.get("content-type"), page.headers.get("vary")]).toEqual([
        "text/html; charset=utf-8",
        "Accept, Accept-Encoding",
      ]);
    }
  });

  it.each([
    [undefined],
    ["*/*"],
    ["text/*"],
    ["text/html,application/xhtml+xml,*/*;q=0.8"],
    ["text/html, text/markdown;q=0.9"],
    ["application/json"],
  ])("is not what a client with Accept: %s gets", async (accept) => {
    const response = await (await serve()).fetch("/articles/a", accept === undefined ? {} : { headers: { accept } });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  });

  it("has a tag of its own, and a 304 that varies as the 200 does", async () => {
    const { fetch } = await serve();
    const tags = await Promise.all(
      [{}, MARKDOWN].map(async (init) => (await fetch("/articles/a", init)).headers.get("etag") ?? ""),
    );
    expect(new Set(tags).size).toBe(2);
    const accept = MARKDOWN.headers.accept;
    const same = await fetch("/articles/a", { headers: { accept, "if-none-match": tags[1] ?? "" } });
    expect([same.status, same.headers.get("vary"), same.headers.get("content-location")]).toEqual([
      304,
      "Accept, Accept-Encoding",
      `${ORIGIN}/articles/a.md`,
    ]);
    expect((await fetch("/articles/a", { headers: { accept, "if-none-match": tags[0] ?? "" } })).status).toBe(200);
  });

  it.each([
    ["/articles/soon.md", 404],
    ["/articles/nothing.md", 404],
    ["/articles/.md", 404],
    ["/articles/%FF.md", 404],
    ["/articles/gone.md", 410],
    ["/articles/former.md", 301, "/articles/a.md"],
    ["/articles/%61.md", 301, "/articles/a.md"],
    ["/articles/a.md/", 301, "/articles/a.md"],
    ["/articles/old.md", 301, "/articles/a"],
  ])("at %s answers %i", async (path, status, target?: string) => {
    const response = await (await serve()).fetch(path, { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([
      status,
      target === undefined ? null : ORIGIN + target,
    ]);
  });

  it("of what is hidden or withdrawn is as little as its page", async () => {
    const { fetch } = await serve();
    expect((await fetch("/articles/soon", MARKDOWN)).status).toBe(404);
    expect((await fetch("/articles/gone", MARKDOWN)).status).toBe(410);
  });

  it("is nowhere unless site.yaml wants it, and pages do not vary then", async () => {
    const { fetch } = await serve({});
    expect((await fetch("/articles/a.md")).status).toBe(404);
    const page = await fetch("/articles/a", MARKDOWN);
    expect([page.headers.get("content-type"), page.headers.get("vary")]).toEqual([
      "text/html; charset=utf-8",
      "Accept-Encoding",
    ]);
    expect(await page.text()).not.toContain("text/markdown");
    expect(await (await fetch("/rss.xml")).text()).not.toContain("source:markdown");
  });

  it("says what machines may do with it, as the page does", async () => {
    const { fetch } = await serve({ markdown: true, usage: { "ai-train": "no" } });
    const rightsOf = async (path: string) => {
      const { headers } = await fetch(path);
      return [headers.get("content-usage"), headers.get("tdm-reservation")];
    };
    expect(await rightsOf("/articles/a.md")).toEqual(await rightsOf("/articles/a"));
  });

  it("is in RSS with the full text", async () => {
    const { fetch } = await serve();
    expect(await (await fetch("/rss.xml")).text()).toContain(
      "<source:markdown>*Text* &#x26; 10&#x3C;sup&#x3E;6&#x3C;/sup&#x3E;.</source:markdown>",
    );
    expect(await (await fetch("/summaries/rss.xml")).text()).not.toContain("<source:markdown>");
  });
});
