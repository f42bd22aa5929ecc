import { describe, expect, it } from "vitest";
import { type Files, instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { serveFiles } from "./support/serve.ts";

const NOW = instant("2026-03-01T00:00:00Z");

const numbered = (count: number, front: Readonly<Record<string, unknown>> = {}): Files =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `s${index}.md`,
      story(`s${index}`, {
        tags: ["News"],
        published: new Date(NOW - (count - index) * 3_600_000).toISOString(),
        ...front,
      }),
    ]),
  );

const storiesOf = (text: string): readonly string[] =>
  Array.from(text.matchAll(/<h2 id="story-([^"]+)"/g), ([, slug = ""]) => slug);

const serve = (files: Files, more: Readonly<Record<string, unknown>> = {}) =>
  serveFiles({ "site.yaml": site({ feedLength: 3, ...more }), ...files }, { now: NOW });

describe("the pages of a list", () => {
  it.each([
    ["/page/1", 301, "/"],
    ["/page/2", 200, null],
    ["/page/3", 200, null],
    ["/page/4", 404, null],
    ["/page/0", 404, null],
    ["/page/01", 404, null],
    ["/page/-1", 404, null],
    ["/page/2.0", 404, null],
    ["/page/999999999", 404, null],
    ["/page/9999999999", 404, null],
    ["/page", 404, null],
    ["/page/2/", 301, "/page/2"],
    ["/tags/news/page/1", 301, "/tags/news"],
    ["/tags/news/page/3", 200, null],
    ["/tags/news/page/4", 404, null],
    ["/tags/none", 404, null],
    ["/tags/%FF", 404, null],
    ["/sections/none", 404, null],
    ["/authors/none", 404, null],
    ["/articles/s0/page/2", 404, null],
    ["/feeds/none", 404, null],
    ["/archive/2026/02", 200, null],
    ["/archive/2026/2", 404, null],
    ["/archive/2026/13", 404, null],
    ["/archive/2026", 404, null],
    ["/archive/2025/12", 404, null],
  ])("%s is answered %i", async (path, status, location) => {
    const response = await (await serve(numbered(8))).fetch(path);
    expect([response.status, response.headers.get("location")]).toEqual([status, location && ORIGIN + location]);
  });

  it("have every visible story once, be it in feeds or not", async () => {
    const { fetch } = await serve({
      ...numbered(8),
      "x.md": story("x", { feeds: false, published: new Date(NOW - 1.5 * 3_600_000).toISOString() }),
      "y.md": story("y", { feeds: false, published: new Date(NOW - 4.5 * 3_600_000).toISOString() }),
      "z.md": story("z", { feeds: false, published: "2026-01-01T00:00:00Z" }),
    });
    const pages = await Promise.all(
      ["/", "/page/2", "/page/3"].map(async (path) => storiesOf(await (await fetch(path)).text())),
    );
    expect(pages).toEqual([
      ["s7", "x", "s6", "s5"],
      ["s4", "y", "s3", "s2"],
      ["s1", "s0", "z"],
    ]);
  });

  it("begin with the newest that can be seen, and keep the places of those that left further back", async () => {
    const left = { withdrawn: { at: "2026-03-01T00:00:00Z", reason: "Wrong." } };
    const files = numbered(8);
    const withdraw = (name: string): Files => ({
      [`${name}.md`]: story(name, { tags: ["News"], published: "2026-02-28T00:00:00Z", ...left }),
    });
    const { fetch } = await serve({
      ...files,
      "s7.md": story("s7", { published: new Date(NOW - 3_600_000).toISOString(), ...left }),
      "s1.md": story("s1", { published: new Date(NOW - 7 * 3_600_000).toISOString(), ...left }),
      ...withdraw("gone"),
    });
    const pages = await Promise.all(
      ["/", "/page/2", "/page/3"].map(async (path) => storiesOf(await (await fetch(path)).text())),
    );
    expect(pages).toEqual([["s6", "s5", "s4"], ["s3", "s2"], ["s0"]]);
  });

  it("have one page if no older story can be seen, whatever left", async () => {
    const { fetch } = await serve({
      ...numbered(3),
      "old.md": story("old", { published: "2026-01-01T00:00:00Z", expires: "2026-01-02T00:00:00Z" }),
    });
    expect(await (await fetch("/")).text()).not.toContain("/page/2");
    expect((await fetch("/page/2")).status).toBe(404);
  });

  it("have all stories where no feed has any", async () => {
    const { fetch } = await serve(numbered(5, { feeds: false }));
    expect(storiesOf(await (await fetch("/")).text())).toEqual(["s4", "s3", "s2", "s1", "s0"]);
    expect(storiesOf(await (await fetch("/tags/news")).text())).toHaveLength(5);
  });

  it.each([
    ["/tags/news", { feeds: false }, []],
    ["/authors/eve", { feeds: false, authors: [{ name: "Eve" }] }, []],
    ["/tags/news", { feeds: ["few"] }, []],
    ["/tags/news", {}, ["/tags/news"]],
    // Those that site.yaml names have feeds, whatever is in them.
    ["/sections/world", { feeds: false, section: "world" }, ["/sections/world"]],
    ["/authors/ann", { feeds: false, authors: ["ann"] }, ["/authors/ann"]],
  ])("offer the feeds that there are: %s of stories with %o", async (path, front, own) => {
    const more = { sections: { world: "World" }, authors: { ann: { name: "Ann" } }, feeds: { few: { title: "Few" } } };
    const { fetch } = await serve(numbered(2, front), more);
    const text = await (await fetch(path)).text();
    const links = Array.from(text.matchAll(/href="https:\/\/[^/]+([^"]*)\/(?:rss\.xml|atom\.xml|feed\.json)"/g));
    const folders = new Set(links.map(([, folder = ""]) => folder));
    expect(folders).toEqual(new Set([...own, ""]));
    for (const folder of folders) expect((await fetch(`${folder}/rss.xml`)).status).toBe(200);
  });

  it("have the stories of one second each once", async () => {
    const { fetch } = await serve(numbered(8, { published: "2026-02-01T00:00:00Z" }));
    const pages = await Promise.all(
      ["/", "/page/2", "/page/3"].map(async (path) => storiesOf(await (await fetch(path)).text())),
    );
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 2]);
    expect(new Set(pages.flat()).size).toBe(8);
  });
});

describe("the archive", () => {
  it("has a month by the clocks of the site, with its neighbours", async () => {
    const { fetch } = await serve(
      {
        "a.md": story("a", { published: "2026-01-31T23:30:00Z" }),
        "b.md": story("b", { published: "2025-12-31T22:30:00Z" }),
        "c.md": story("c", { published: "2025-11-05T00:00:00Z", feeds: false }),
        "d.md": story("d", { published: "2026-03-02T00:00:00Z" }),
      },
      { timeZone: "Europe/Berlin", language: "pl" },
    );
    const months = Array.from((await (await fetch("/archive")).text()).matchAll(/<h3 id="([^"]+)"/g), ([, id]) => id);
    expect(months).toEqual(["archive-2026-02", "archive-2025-12", "archive-2025-11"]);
    const text = await (await fetch("/archive/2025/12")).text();
    expect(text).toContain('<h1 id="title" class="page-title">grudzień 2025</h1>');
    expect(text).toContain(`<a href="${ORIGIN}/archive/2026/02" rel="prev">`);
    expect(text).toContain(`<a href="${ORIGIN}/archive/2025/11" rel="next">`);
    expect(text).toContain(">b</a>");
    expect((await fetch("/archive/2026/03")).status).toBe(404);
  });
});

describe("the page of a story that was withdrawn", () => {
  it("says what and when, in the masthead's company, and nothing of the story", async () => {
    const { fetch } = await serve(
      {
        "a.md": story("a", {
          title: "Secret",
          withdrawn: { at: "2026-02-01T12:00:00Z", reason: "It was <b>untrue</b>." },
        }),
      },
      { timeZone: "Europe/Berlin" },
    );
    const response = await fetch("/articles/a", { headers: { accept: "text/html" } });
    const text = await response.text();
    expect(response.status).toBe(410);
    expect(text).toContain('<h1 id="title">Withdrawn</h1>');
    expect(text).toContain("It was &lt;b&gt;untrue&lt;/b&gt;.");
    expect(text).toContain('<time datetime="2026-02-01T12:00:00Z">February 1, 2026, 1:00 PM</time>');
    expect(text).toContain('class="brand"');
    expect(text).not.toContain("Secret");
  });

  it("says so in the language of the story", async () => {
    const { fetch } = await serve({
      "a.md": story("a", { language: "ar", withdrawn: { at: "2026-02-01T12:00:00Z", reason: "كان خطأ." } }),
    });
    const text = await (await fetch("/articles/a", { headers: { accept: "text/html" } })).text();
    expect(text).toContain('<html lang="ar" dir="rtl">');
    expect(text).toContain('<time datetime="2026-02-01T12:00:00Z">1 فبراير 2026، 12:00</time>');
    expect(text).not.toContain("Front page");
  });
});
