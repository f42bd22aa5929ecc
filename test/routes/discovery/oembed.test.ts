import { describe, expect, it } from "vitest";
import { type Files, GIF, instant, ORIGIN, site, story } from "../../fixtures/publication.ts";
import { serveFiles } from "../support/serve.ts";

const NOW = instant("2026-03-01T12:00:00Z");

const FILES: Files = {
  "site.yaml": site(),
  "media/x.gif": GIF,
  "a.md": story("a", { title: "A & B", image: { src: "media/x.gif", alt: "" }, aliases: ["former"] }),
  "b.md": story("b", { slug: "café" }),
  "soon.md": story("soon", { published: "2026-04-01T00:00:00Z" }),
  "draft.md": story("draft", { draft: true }),
  "gone.md": story("gone", { withdrawn: { at: "2026-02-01T00:00:00Z", reason: "Wrong." } }),
};

const ask = async (query: string, init?: RequestInit) =>
  (await serveFiles(FILES, { now: NOW })).fetch(`/oembed${query}`, { redirect: "manual", ...init });

const of = (url: string): string => `?url=${encodeURIComponent(url)}`;

describe("/oembed", () => {
  it("says what to show of a story, to scripts of any site too", async () => {
    const response = await ask(of(`${ORIGIN}/articles/a`));
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json; charset=utf-8"]);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(await response.json()).toMatchObject({
      type: "link",
      title: "A & B",
      thumbnail_url: `${ORIGIN}/media/x.gif`,
    });
  });

  it.each([
    ["with another scheme", "http://courier.example/articles/a"],
    ["with a query and a fragment", `${ORIGIN}/articles/a?utm_source=x#top`],
    ["percent-encoded", `${ORIGIN}/articles/caf%C3%A9`],
    ["not percent-encoded", `${ORIGIN}/articles/café`],
    ["in another normal form", `${ORIGIN}/articles/cafe\u0301`],
  ])("knows an address %s", async (_, url) => {
    expect((await ask(of(url))).status).toBe(200);
  });

  it("has XML, and names no format that it does not have", async () => {
    const response = await ask(`${of(`${ORIGIN}/articles/a`)}&format=xml`);
    expect(response.headers.get("content-type")).toBe("text/xml; charset=utf-8");
    expect(await response.text()).toContain("<title>A &#x26; B</title>");
    for (const format of ["yaml", "", "constructor"])
      expect((await ask(`${of(`${ORIGIN}/articles/a`)}&format=${format}`)).status).toBe(501);
  });

  it.each([
    ["of another site", "https://elsewhere.example/articles/a"],
    ["of a site whose name begins likewise", `${ORIGIN}.evil.example/articles/a`],
    ["that is none", "articles/a"],
    ["of a script", "javascript:alert(1)"],
    ["of the front page", `${ORIGIN}/`],
    ["of a feed", `${ORIGIN}/articles/a/rss.xml`],
    ["of no story", `${ORIGIN}/articles/nothing`],
    ["of a story that is not public yet", `${ORIGIN}/articles/soon`],
    ["of a draft", `${ORIGIN}/articles/draft`],
    ["that is not UTF-8", `${ORIGIN}/articles/%FF`],
  ])("an address %s is missing", async (_, url) => {
    const response = await ask(of(url));
    const unknown = await (await serveFiles(FILES, { now: NOW })).fetch("/nothing");
    expect(response.status).toBe(404);
    expect([[...response.headers], await response.text()]).toEqual([[...unknown.headers], await unknown.text()]);
  });

  it.each(["/articles/a/", "/articles//a", "/articles/%61", "/articles/a?utm=x", "/articles/a#top"])(
    "an address is that of the story to which it leads readers: %s",
    async (path) => {
      const [answer, other] = await Promise.all([ask(of(ORIGIN + path)), ask(of(`${ORIGIN}/articles/a`))]);
      expect([answer.status, await answer.text()]).toEqual([200, await other.text()]);
    },
  );

  it("without an address is missing; a withdrawn story is gone, and one with another slug has moved", async () => {
    expect((await ask("")).status).toBe(404);
    expect((await ask(of(`${ORIGIN}/articles/gone`))).status).toBe(410);
    const moved = await ask(`${of(`${ORIGIN}/articles/former`)}&format=xml`);
    expect([moved.status, moved.headers.get("location")]).toEqual([
      301,
      `${ORIGIN}/oembed${of(`${ORIGIN}/articles/a`)}&format=xml`,
    ]);
  });

  it.each([
    ["&maxwidth=0", true],
    ["&maxwidth=-5", true],
    ["&maxwidth=1e9", true],
    ["&maxwidth=159", false],
    ["&maxwidth=160", true],
    ["&maxheight=99", false],
    ["&maxwidth=99999999", true],
  ])("%s: a limit that is a number counts, as the next of some below it", async (limits, isShown) => {
    const data: object = await (await ask(of(`${ORIGIN}/articles/a`) + limits)).json();
    expect(Object.hasOwn(data, "thumbnail_url")).toBe(isShown);
  });

  it("answers 304 to whoever has it, and has another tag for another story and format", async () => {
    const { fetch } = await serveFiles(FILES, { now: NOW });
    const tagOf = async (query: string): Promise<string> => (await fetch(`/oembed${query}`)).headers.get("etag") ?? "";
    const [a, b] = [of(`${ORIGIN}/articles/a`), of(`${ORIGIN}/articles/café`)];
    const tags = [await tagOf(a), await tagOf(b), await tagOf(`${a}&format=xml`), await tagOf(`${a}&maxwidth=1`)];
    expect(new Set(tags).size).toBe(4);
    const headers = { "if-none-match": tags[0] ?? "" };
    expect((await fetch(`/oembed${a}`, { headers })).status).toBe(304);
    expect((await fetch(`/oembed${b}`, { headers })).status).toBe(200);
  });
});
