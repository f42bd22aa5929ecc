import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { site, story } from "../fixtures/publication.ts";
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

  it("is as long as site.yaml says, but ends before the next transition, so that the bytes are the same until then", async () => {
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
        const transitions = stories.flatMap(({ published, life }) =>
          life === null ? [published] : [published, published + life * SECOND],
        );
        const next = Math.min(...transitions.filter((time) => time > now));
        for (const path of ["/rss.xml", "/feed", "/"]) {
          clock.now = now;
          const response = await fetch(path);
          expect(secondsOf(response)).toBe(Math.min(max, Math.floor((next - now) / SECOND)));
          clock.now = Math.min(now + secondsOf(response) * SECOND, next - 1);
          const later = await fetch(path);
          expect(later.headers.get("etag")).toBe(response.headers.get("etag"));
          expect(await later.bytes()).toEqual(await response.bytes());
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ["the redirect from a former slug of a story that expires", "/articles/formerly", 301],
    ["the 410 of a story that has expired", "/articles/gone", 410],
  ])("ends before the next transition for %s, too", async (_, path, status) => {
    const files = {
      "a.md": story("a", { aliases: ["formerly"], expires: iso(NOW) }),
      "gone.md": story("gone", { expires: iso(NOW - 1_000_000) }),
    };
    const { fetch } = await serveFiles(files, { now: NOW - 7500 });
    const response = await fetch(path);
    expect(response.status).toBe(status);
    expect(response.headers.get("cache-control")).toBe("public, max-age=7");
  });
});
