import { describe, expect, it } from "vitest";
import { instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { readPage } from "../pages/read-page.ts";
import { headersOf, serveFiles } from "./support/serve.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const BY = "https://creativecommons.org/licenses/by/4.0/";

const files = {
  "site.yaml": site({ license: BY, icon: "media/icon.gif" }),
  "media/icon.gif": Uint8Array.from(atob("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"), (one) =>
    one.charCodeAt(0),
  ),
  "a.md": story(
    "a",
    { title: "A & <B>", authors: [{ name: "Ann" }, { name: "Bob & Co" }], aliases: ["once"] },
    "Text with </textarea> `<script>` & a [link](b.md).",
  ),
  "b.md": story("b", { title: "", language: "de", canonical: "https://example.net/b?x=1&y" }, "Ein Text."),
  "no.md": story("no", { republish: false, aliases: ["not-once"] }),
  "nd.md": story("nd", { license: "https://creativecommons.org/licenses/by-nd/4.0/" }),
  "later.md": story("later", { published: "2026-04-01T00:00:00Z" }),
  "draft.md": story("draft", { draft: true }),
  "gone.md": story("gone", { withdrawn: { at: "2026-02-01T00:00:00Z", reason: "It was untrue." } }),
  "past.md": story("past", { expires: "2026-02-01T00:00:00Z" }),
};

const serve = () => serveFiles(files, { now: NOW, deployed: NOW - 1000 });

/** The HTML to copy, as a browser shows it: without the line feed behind the start tag. */
const copyOf = async (response: Response): Promise<string> =>
  (await readPage(await response.text())).find(({ name }) => name === "textarea")?.text.replace(/^\n/, "") ?? "";

describe("the page to republish a story from", () => {
  it("has the HTML with canonical link, title, authors, text and the line, and no script and no picture of ours", async () => {
    const { fetch } = await serve();
    const page = await (await fetch("/articles/a/republish")).text();
    expect(page.match(/<textarea/g)).toHaveLength(1);
    expect(page).not.toMatch(/<script|<img|<form|<iframe/);
    const link = `${ORIGIN}/articles/a`;
    expect(await copyOf(new Response(page))).toBe(`<link rel="canonical" href="${link}">
<h1>A &amp; &lt;B&gt;</h1>
<p>Ann, Bob &amp; Co</p>
<p>Text with  <code>&#x3C;script></code> &#x26; a <a href="${ORIGIN}/articles/b">link</a>.</p>
<p>First published by The Courier: <a href="${link}">${link}</a></p>
`);
  });

  it("names the licence, is not to be indexed, and has the story's canonical address", async () => {
    const { fetch } = await serve();
    const elements = await readPage(await (await fetch("/articles/b/republish")).text());
    const has = (name: string, attributes: Readonly<Record<string, string>>) =>
      expect(elements).toContainEqual(
        expect.objectContaining({ name, attributes: expect.objectContaining(attributes) }),
      );
    has("meta", { name: "robots", content: "noindex" });
    has("link", { rel: "canonical", href: "https://example.net/b?x=1&y" });
    has("link", { rel: "license", href: BY });
    has("a", { rel: "license", href: BY });
    has("html", { lang: "de" });
    has("textarea", { readonly: "" });
    expect(elements.find(({ name }) => name === "h1")?.text).toBe("Diesen Artikel übernehmen");
  });

  it("speaks the story's language, and names a story without a title by its first words", async () => {
    const { fetch } = await serve();
    const copy = await copyOf(await fetch("/articles/b/republish"));
    expect(copy).toContain("<h1>Ein Text.</h1>\n<p>Ein Text.</p>");
    expect(copy).toContain('Zuerst erschienen bei The Courier: <a href="https://example.net/b?x=1&amp;y">');
  });

  it("has the line in the publisher's words, if site.yaml has some", async () => {
    const { fetch } = await serveFiles(
      { "site.yaml": site({ republish: true, words: { attribution: "{link} ({publication})" } }), "a.md": story("a") },
      { now: NOW },
    );
    expect(await copyOf(await fetch("/articles/a/republish"))).toContain("</a> (The Courier)</p>");
  });

  it("has the header fields and validators of a page", async () => {
    const { fetch } = await serve();
    const first = await fetch("/articles/a/republish");
    const { "x-robots-tag": robots, etag, "content-length": _, ...headers } = headersOf(first);
    const { etag: _etag, "content-length": _length, ...ofArticle } = headersOf(await fetch("/articles/a"));
    expect(robots).toBe("noindex");
    expect(headers).toEqual(ofArticle);
    const again = await fetch("/articles/a/republish", { headers: { "if-none-match": etag ?? "" } });
    expect([again.status, again.headers.get("x-robots-tag")]).toEqual([304, "noindex"]);
  });

  it.each([
    ["a", 200],
    ["b", 200],
    ["no", 404],
    ["nd", 404],
    ["later", 404],
    ["draft", 404],
    ["nothing", 404],
    ["gone", 410],
    ["past", 410],
  ])("of %s answers %i, and only where it does so with 200 does the story's page link to it", async (slug, status) => {
    const { fetch } = await serve();
    const path = `/articles/${slug}/republish`;
    expect((await fetch(path)).status).toBe(status);
    const article = await fetch(`/articles/${slug}`);
    expect((await article.text()).includes(`href="${ORIGIN}${path}"`)).toBe(status === 200);
  });

  it.each([
    ["/articles/once/republish", "/articles/a/republish"],
    ["/articles/a/republish/", "/articles/a/republish"],
    ["/articles/%61/republish", "/articles/a/republish"],
  ])("%s is redirected to %s", async (path, to) => {
    const { fetch } = await serve();
    const response = await fetch(path);
    expect([response.status, response.headers.get("location")]).toEqual([301, ORIGIN + to]);
  });

  it("gives the reason of a withdrawal", async () => {
    const { fetch } = await serve();
    expect(await (await fetch("/articles/gone/republish")).json()).toMatchObject({ detail: "It was untrue." });
  });
});

describe("without a licence that allows it", () => {
  it("there is no such page, and no link to one", async () => {
    const { fetch } = await serveFiles({ "a.md": story("a") }, { now: NOW });
    expect((await fetch("/articles/a/republish")).status).toBe(404);
    expect(await (await fetch("/articles/a")).text()).not.toContain("republish");
  });
});
