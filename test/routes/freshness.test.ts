import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GIF, site, story } from "../fixtures/publication.ts";
import { NOW } from "./support/sample-site.ts";
import { secondsOf, serveFiles } from "./support/serve.ts";

describe("the time for which a document is fresh or may be served stale", () => {
  const SECOND = 1000;
  const seconds = fc.integer({ min: 0, max: 100_000 });
  const instant = fc.integer({ min: -100_000, max: 100_000 }).map((offset) => NOW + offset * SECOND);
  const iso = (time: number): string => new Date(time).toISOString();

  const arbitraryCase = fc.record({
    stories: fc.array(fc.record({ published: instant, life: fc.option(fc.integer({ min: 1, max: 50_000 })) }), {
      minLength: 1,
      maxLength: 6,
    }),
    freshness: fc.record({ maxAge: seconds, staleWhileRevalidate: seconds, staleIfError: seconds }),
    now: fc.integer({ min: -100_000_000, max: 200_000_000 }).map((offset) => NOW + offset),
  });

  it("is as long as site.yaml says, but ends before a story that is visible expires, and tells nothing of what will appear", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryCase, async ({ stories, freshness, now }) => {
        const files = stories.map(({ published, life }, index) => {
          const expires = life === null ? {} : { expires: iso(published + life * SECOND) };
          return [`${index}.md`, story(`story-${index}`, { published: iso(published), ...expires })] as const;
        });
        const options = { now, deployed: NOW - 200_000_000 };
        const { clock, fetch } = await serveFiles(
          { "site.yaml": site({ freshness }), ...Object.fromEntries(files) },
          options,
        );
        const max = freshness.maxAge + freshness.staleWhileRevalidate + freshness.staleIfError;
        const expiries = stories.flatMap(({ published, life }) =>
          life === null || published > now ? [] : [published + life * SECOND],
        );
        const next = Math.min(...expiries.filter((time) => time > now));
        const appearances = stories.map(({ published }) => published).filter((time) => time > now);
        for (const path of ["/rss.xml", "/feed", "/"]) {
          clock.now = now;
          const response = await fetch(path);
          expect(secondsOf(response)).toBe(Math.min(max, Math.floor((next - now) / SECOND)));
          clock.now = Math.min(now + secondsOf(response) * SECOND, next - 1, ...appearances.map((time) => time - 1));
          const later = await fetch(path);
          expect(later.headers.get("etag")).toBe(response.headers.get("etag"));
          expect(await later.bytes()).toEqual(await response.bytes());
        }
      }),
      { numRuns: 60 },
    );
  });

  it("ends before anything is taken away that a page shows or links to", async () => {
    const paths = [
      ...["/", "/page/2", "/page/3", "/tags/x", "/tags/x/page/2", "/archive", "/archive/2026/02", "/archive/2026/03"],
      ...["/subscribe", "/opml.xml", "/sitemap.xml", "/sitemaps/1.xml", "/sitemaps/pages-1.xml", "/news-sitemap.xml"],
      ...["/articles/story-0", "/oembed?url=https://courier.example/articles/story-0"],
    ];
    const anywhere = fc.record({ tags: fc.constant(["x"]), feeds: fc.constant(false) }, { requiredKeys: [] });
    const arbitraryStories = fc.array(
      fc.record({ published: instant, life: fc.option(fc.integer({ min: 1, max: 200_000 })), more: anywhere }),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(arbitraryStories, fc.integer({ min: 1, max: 2 }), async (stories, feedLength) => {
        const files = stories.map(({ published, life, more }, index) => {
          const expires = life === null ? {} : { expires: iso(published + life * SECOND) };
          return [`${index}.md`, story(`story-${index}`, { published: iso(published), ...expires, ...more })] as const;
        });
        const { clock, fetch } = await serveFiles(
          { "site.yaml": site({ feedLength }), ...Object.fromEntries(files) },
          { now: NOW, deployed: NOW - 200_000_000 },
        );
        const appears = Math.min(...stories.map(({ published }) => published).filter((time) => time > NOW));
        for (const path of paths) {
          clock.now = NOW;
          const response = await fetch(path);
          if (response.status !== 200) continue;
          clock.now = Math.min(NOW + secondsOf(response) * SECOND - 1, appears - 1);
          if (clock.now <= NOW) continue;
          const later = await fetch(path);
          expect({ path, status: later.status, etag: later.headers.get("etag") }).toEqual({
            path,
            status: 200,
            etag: response.headers.get("etag"),
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ["before the story leaves to which a former slug redirects", "/articles/formerly", 301, 7],
    ["after five minutes for a redirect to a story that stays", "/articles/once", 301, 300],
    ["after five minutes for the 410 of a story that has expired", "/articles/gone", 410, 300],
  ])("ends %s", async (_, path, status, seconds) => {
    const files = {
      "a.md": story("a", { aliases: ["formerly"], expires: iso(NOW) }),
      "stays.md": story("stays", { aliases: ["once"] }),
      "gone.md": story("gone", { expires: iso(NOW - 1_000_000) }),
      "soon.md": story("soon", { published: iso(NOW - 4000) }),
    };
    const { fetch } = await serveFiles(files, { now: NOW - 7500 });
    const response = await fetch(path);
    expect(response.status).toBe(status);
    expect(response.headers.get("cache-control")).toBe(`public, max-age=${seconds}`);
  });

  it("ends before a notice does, and stays as it is for documents without what leaves", async () => {
    const at = iso(NOW - 3 * 86_400_000 + 9000);
    const files = {
      "site.yaml": site({ noticeDays: 3 }),
      "stays.md": story("stays", { tags: ["other"] }),
      "withdrawn.md": story("withdrawn", { tags: ["wrong"], withdrawn: { at, reason: "It was wrong." } }),
    };
    const { fetch } = await serveFiles(files, { now: NOW });
    for (const path of ["/rss.xml", "/feed.json", "/tags/wrong/rss.xml"]) {
      expect({ path, seconds: secondsOf(await fetch(path)) }).toEqual({ path, seconds: 9 });
    }
    for (const path of ["/tags/other/rss.xml", "/articles/stays"]) {
      expect({ path, seconds: secondsOf(await fetch(path)) }).toEqual({ path, seconds: 300 + 60 + 86_400 });
    }
  });

  it("is that of the media file's last story", async () => {
    const files = {
      "a.md": story("a", { expires: iso(NOW + 5000), image: { src: "media/a.gif", alt: "" } }),
      "b.md": story("b", { expires: iso(NOW + 9000), image: { src: "media/a.gif", alt: "" } }),
      "c.md": story("c", { published: iso(NOW + 1000), image: { src: "media/a.gif", alt: "" } }),
      "media/a.gif": GIF,
    };
    const { clock, fetch } = await serveFiles(files, { now: NOW });
    expect(secondsOf(await fetch("/media/a.gif"))).toBe(9);
    clock.now = NOW + 1000;
    expect(secondsOf(await fetch("/media/a.gif"))).toBe(300 + 60 + 86_400);
  });
});
