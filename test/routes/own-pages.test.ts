import { beforeAll, describe, expect, it } from "vitest";
import { RESERVED_NAMES } from "../../src/model/pages/own-page.ts";
import { redirectsOf } from "../../src/routes/redirects.ts";
import { patterns } from "../../src/routes/url-map.ts";
import { type Files, GIF, instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { assetsOf, type ServedSite, serveFiles } from "./support/serve.ts";

const NOW = instant("2026-03-01T00:00:00Z");

const page = (title: string, body: string, more = ""): string => `---\ntitle: ${title}\n${more}---\n\n${body}\n`;

const files: Files = {
  "site.yaml": site({
    sections: { world: "The World" },
    menu: ["impressum", "secret", "archive"],
    logo: "media/logo.gif",
  }),
  "pages/impressum.md": page("Impressum", "## Wer\n\n![Ein Punkt](media/x.gif) [hinauf](#wer)", "language: de\n"),
  "pages/über.md": page("About <us>", "We.", "summary: Who we are.\n"),
  "theme.css": ".brand { background: url(media/y.gif); }\n",
  "media/x.gif": GIF,
  "media/y.gif": GIF,
  "media/logo.gif": GIF,
  "draft.md": story("draft", { draft: true }),
  "pages/secret.md": page("Secret", "![Secret](media/secret.gif)", "draft: true\n"),
  "media/secret.gif": GIF,
};

let served: ServedSite;
beforeAll(async () => {
  served = await serveFiles(files, { now: NOW, deployed: NOW - 1000, assets: assetsOf(files) });
});

const textOf = async (path: string): Promise<string> => (await served.fetch(path)).text();

describe("a page of the publisher's own", () => {
  it("is served at its name, in its language, with its canonical address and its text", async () => {
    const text = await textOf("/impressum");
    expect(text).toContain('<html lang="de" dir="ltr">');
    expect(text).toContain("<title>Impressum · The Courier</title>");
    expect(text).toContain(`<link rel="canonical" href="${ORIGIN}/impressum">`);
    expect(text).toContain('<h1 id="title">Impressum</h1>');
    expect(text).toContain('<h2 id="impressum-wer">Wer</h2>');
    expect(text).toContain(`<a href="${ORIGIN}/impressum#impressum-wer">hinauf</a>`);
  });

  it("is marked in the menu, and stands at the foot of every page", async () => {
    expect(await textOf("/impressum")).toContain(
      `<a href="${ORIGIN}/impressum" dir="auto" aria-current="page">Impressum</a>`,
    );
    for (const path of ["/", "/archive", "/sections/world", "/%C3%BCber"]) {
      const text = await textOf(path);
      expect(text.slice(0, text.indexOf("<main"))).toContain(
        `<a href="${ORIGIN}/impressum" lang="de" dir="auto">Impressum</a>`,
      );
      expect(text.slice(text.indexOf("</main>"))).toContain(`href="${ORIGIN}/%C3%BCber"`);
    }
  });

  it("is named in its own language elsewhere, as is what is in the language of the site on it", async () => {
    expect(await textOf("/archive")).toContain(`<a href="${ORIGIN}/impressum" lang="de" dir="auto">Impressum</a>`);
    expect(await textOf("/impressum")).toContain(
      `<a href="${ORIGIN}/%C3%BCber" lang="en" dir="auto">About &lt;us&gt;</a>`,
    );
    expect(await textOf("/impressum")).toContain(`<a href="${ORIGIN}/archive" dir="auto">Archiv</a>`);
  });

  it("may have a name in any script, and is escaped where it is no text", async () => {
    const text = await textOf("/%C3%BCber");
    expect(text).toContain('<h1 id="title">About &lt;us&gt;</h1>');
    expect(text).toContain('<meta name="description" content="Who we are.">');
    expect((await served.fetch("/%c3%bcber/")).headers.get("location")).toBe(`${ORIGIN}/%C3%BCber`);
  });

  it("is nowhere while it is a draft, nor are its pictures, even if the deployment has them", async () => {
    expect((await served.fetch("/secret")).status).toBe(404);
    expect((await served.fetch("/media/secret.gif")).status).toBe(404);
    for (const path of ["/", "/impressum", "/sitemaps/1.xml"]) expect(await textOf(path)).not.toMatch(/secret/i);
  });

  it("is an edition as all pages are, with 304 and HEAD", async () => {
    const response = await served.fetch("/impressum");
    const etag = response.headers.get("etag") ?? "";
    expect((await served.fetch("/impressum", { headers: { "if-none-match": etag } })).status).toBe(304);
    const head = await served.fetch("/impressum", { method: "HEAD" });
    expect([head.status, head.headers.get("etag"), await head.text()]).toEqual([200, etag, ""]);
    expect((await served.fetch("/impressum", { method: "POST" })).headers.get("allow")).toBe("GET, HEAD, OPTIONS");
  });

  it("has its pictures served, as the theme and the logo have theirs", async () => {
    for (const name of ["x", "y", "logo"]) {
      expect([name, (await served.fetch(`/media/${name}.gif`)).status]).toEqual([name, 200]);
    }
    expect(await textOf("/style.css")).toContain("url(media/y.gif)");
    expect(await textOf("/")).toContain(`<img src="${ORIGIN}/media/logo.gif" alt="The Courier" width="1" height="1">`);
  });

  it("is in no feed, no list and no archive", async () => {
    for (const path of ["/rss.xml", "/atom.xml", "/feed.json"]) expect(await textOf(path)).not.toContain("mpressum");
    for (const path of ["/", "/archive"]) {
      const text = await textOf(path);
      expect(text.slice(text.indexOf("<main"), text.indexOf("</main>"))).not.toContain("mpressum");
    }
  });

  it("takes no other path: what does not exist is missing for every method", async () => {
    for (const method of ["GET", "POST", "DELETE"]) {
      expect((await served.fetch("/uber", { method })).status).toBe(404);
    }
    expect((await served.fetch("/impressum/more")).status).toBe(404);
  });
});

it("every first part of an address that the site answers is reserved, or has a dot, which no page has", () => {
  const paths = [...Object.values(patterns), ...redirectsOf({ redirects: {} }).keys()];
  const first = paths.flatMap((path) => /^\/(?:\(\?<folder>([\w|]+)\)|([\w.-]+))/.exec(path)?.slice(1) ?? []);
  const names = first.flatMap((one) => one?.split("|") ?? []).filter((name) => !name.includes("."));
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !RESERVED_NAMES.has(name))).toEqual([]);
});
