import { describe, expect, it } from "vitest";
import { warnOfRedirects } from "../../../src/cli/content/redirects.ts";
import { compilePublication } from "../../../src/content/publication.ts";
import { type Files, GIF, instant, ORIGIN, site, story } from "../../fixtures/publication.ts";

const NOW = instant("2026-06-01T00:00:00Z");

const FILES: Files = {
  "a.md": story(
    "a",
    { tags: ["C++"], authors: [{ name: "Ann" }], section: "world", aliases: ["formerly"] },
    "![x](media/a.gif)",
  ),
  "draft.md": story("draft", { draft: true, tags: ["Secret"] }),
  "scheduled.md": story("scheduled", { published: "2026-07-01T00:00:00Z" }),
  "withdrawn.md": story("withdrawn", { withdrawn: { at: "2026-02-01T00:00:00Z", reason: "Wrong." } }),
  "expired.md": story("expired", { expires: "2026-02-01T00:00:00Z" }),
  "media/a.gif": GIF,
};

const messagesOf = async (redirects: Readonly<Record<string, string>>, files: Files = FILES, more: object = {}) => {
  const yaml = site({ redirects: "REDIRECTS", sections: { world: "World" }, ...more }).replace('"REDIRECTS"', () =>
    Object.entries(redirects)
      .map(([from, to]) => `\n  ${from}: ${to}`)
      .join(""),
  );
  const sources = new Map(
    Object.entries({ ...files, "site.yaml": yaml }).map(([path, file]) => [
      path,
      typeof file === "string" ? new TextEncoder().encode(file) : file,
    ]),
  );
  const compiled = await compilePublication(sources, NOW);
  await warnOfRedirects(compiled, sources, NOW);
  return compiled.files
    .filter(({ path }) => path === "site.yaml")
    .flatMap(({ messages }) =>
      messages.map(({ line, column, reason, fatal }) => `${line}:${column} ${fatal} ${reason}`),
    );
};

describe("a redirect", () => {
  it.each([
    "/rss.xml",
    "/",
    "/feed",
    "/feed/",
    "/summaries/atom.xml",
    "/tags/c~plus-plus~/rss.xml",
    "/tags/c/rss.xml",
    "/authors/ann/feed.json",
    "/sections/world/rss.xml",
    "/articles/a",
    "/articles/a/",
    "/articles/formerly",
    "/articles/a/rss.xml",
    "/media/a.gif",
    "/middle",
    `${ORIGIN}/rss.xml`,
    "http://courier.example/articles/a?utm=1#top",
    "https://elsewhere.example/rsss.xml",
  ])("to %s gets no warning", async (target) => {
    expect(await messagesOf({ "/old": target, "/middle": "/atom.xml" })).toEqual([]);
  });

  it.each([
    ["/rsss.xml", "Nothing is at `/rsss.xml`: readers would get 404. Did you mean `/rss.xml`?"],
    [`${ORIGIN}/rsss.xml?x=1`, "Nothing is at `/rsss.xml`"],
    ["http://courier.example/nowhere", "Nothing is at `/nowhere`"],
    ["/blog/feed2", "Nothing is at `/blog/feed2`: readers would get 404. Mend the name, or delete the redirect."],
    ["/articles/aa", "Did you mean `/articles/a`?"],
    ["/tags/c~hash~/rss.xml", "Nothing is at `/tags/c~hash~/rss.xml`"],
    ["/tags/secret/rss.xml", "Nothing is at `/tags/secret/rss.xml`"],
    ["/authors/bob/rss.xml", "Nothing is at"],
    ["/media/b.gif", "Nothing is at"],
    ["/dead", "Nothing is at `/dead`, which leads to `/rsss.xml`"],
    ["/articles/draft", "The story at `/articles/draft` is a draft or scheduled"],
    ["/articles/scheduled", "The story at `/articles/scheduled` is a draft or scheduled"],
    ["/articles/withdrawn", "The story at `/articles/withdrawn` was withdrawn or has expired"],
    ["/articles/expired/rss.xml", "was withdrawn or has expired"],
    ["/hub", "Nobody can read `/hub`"],
    ["/api/items", "Nothing is at `/api/items`"],
  ])("to %s gets one at its target", async (target, reason) => {
    const redirects = { "/old": target, ...(target === "/dead" && { "/dead": "/rsss.xml" }) };
    expect((await messagesOf(redirects))[0]).toMatch(/^7:9 false /);
    expect((await messagesOf(redirects))[0]).toContain(reason);
  });

  it.each([
    ["/rss.xml", "`/rss.xml` is answered by the site itself (200), so this redirect never applies. Delete it."],
    ["/", "`/` is answered by the site itself (200)"],
    ["/articles/a", "is answered by the site itself (200)"],
    ["/articles/formerly", "leads to `https://courier.example/articles/a`"],
    ["/articles/withdrawn", "says that a story is gone (410)"],
    ["/media/a.gif", "is answered by the site itself (200)"],
    ["/style.css", "is answered by the site itself (200)"],
  ])("from %s gets one at its source", async (from, reason) => {
    const [message] = await messagesOf({ [from]: "/atom.xml" });
    expect(message).toMatch(/^7:3 false /);
    expect(message).toContain(reason);
  });

  it.each(["/old/", "/feed/", "/articles/a/", "/index.xml", "/a%2fb", "/ünder", "/hub", "/tags/c/rss.xml"])(
    "from %s does apply",
    async (from) => {
      expect(await messagesOf({ [from]: "/atom.xml" })).toEqual([]);
    },
  );

  const chain = (length: number, end: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Array.from({ length }, (_, step) => [`/step${step}`, step === length - 1 ? end : `/step${step + 1}`]),
    );

  it("is followed through a chain", async () => {
    expect(await messagesOf(chain(8, "/rss.xml"))).toEqual([]);
    const [first, ...others] = await messagesOf(chain(8, "/nowhere"));
    expect(first).toMatch(/^7:\d+ false Nothing is at `\/step1`, which leads to `\/nowhere`: /);
    expect(others).toHaveLength(7);
  });

  it("is followed for twenty steps, and taken for a circle if there are more", async () => {
    expect(await messagesOf(chain(20, "/rss.xml"))).toEqual([]);
    const messages = await messagesOf(chain(21, "/rss.xml"));
    expect(messages).toEqual([
      "7:11 false `/step1`, which leads to `/step20` leads in a circle. Name another address.",
    ]);
  });

  it("to a path that only a newsroom knows gets none where all stories are there", async () => {
    const paths = ["articles", "archive", "authors", "tags", "media"].flatMap((folder) => [
      ...[`/${folder}/x`, `/summaries/${folder}/x`],
    ]);
    const redirects = Object.fromEntries(paths.map((path, index) => [`/old${index}`, path]));
    expect(await messagesOf(redirects, {})).toEqual([]);
    expect(await messagesOf({ "/old": "/sections/x/rss.xml", "/older": "/blog/articles/x" }, {})).toHaveLength(2);
  });

  it("to a story gets none where all stories are in a newsroom", async () => {
    expect(await messagesOf({ "/old": "/articles/x", "/older": "/tags/x/rss.xml" }, {})).toEqual([]);
    expect(await messagesOf({ "/old": "/rsss.xml" }, {})).toHaveLength(1);
  });
});

describe("a link of the menu or the footer", () => {
  const warningsOf = (url: string, key = "menu") =>
    messagesOf(
      { "/old": "/rss.xml" },
      { ...FILES, "pages/über.md": "---\ntitle: About\n---\n\nWe.\n" },
      {
        [key]: ["world", { title: "X", url }],
      },
    );

  it.each(["/", "/old", "/über", "/subscribe", "/tags/c~plus-plus~", "/articles/a", "https://elsewhere.example/x"])(
    "to %s gets no warning",
    async (url) => {
      expect(await warningsOf(url)).toEqual([]);
    },
  );

  it.each([
    ["/abuot", "Nothing is at `/abuot`: readers would get 404. Mend the name, or delete the link."],
    ["/articles/aa", "Nothing is at `/articles/aa`: readers would get 404. Did you mean `/articles/a`?"],
    ["/articles/draft", "The story at `/articles/draft` is a draft or scheduled"],
    ["/articles/withdrawn", "The story at `/articles/withdrawn` was withdrawn or has expired"],
    [`${ORIGIN}/nowhere`, "Nothing is at `/nowhere`"],
  ])("to %s gets one at its address", async (url, reason) => {
    for (const key of ["menu", "footer"]) {
      const [warning, ...others] = await warningsOf(url, key);
      expect(warning).toMatch(/^\d+:\d+ false /);
      expect(warning).toContain(reason);
      expect(others).toEqual([]);
    }
  });
});
