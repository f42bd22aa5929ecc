import { beforeAll, describe, expect, it } from "vitest";
import { ORIGIN } from "../fixtures/publication.ts";
import { NOW, sampleFiles } from "./support/sample-site.ts";
import { headersOf, type ServedSite, serveFiles } from "./support/serve.ts";

let served: ServedSite;
beforeAll(async () => {
  served = await serveFiles(sampleFiles, { now: NOW, deployed: NOW - 1000 });
});

const FRESH = "public, max-age=300, stale-while-revalidate=60, stale-if-error=86400";

const OWN_VIEWS = ["/articles/visible", "/articles/caf%C3%A9"];

describe.each(["/", "/archive", ...OWN_VIEWS])("the page %s", (path) => {
  it("has the headers of a page, and no others", async () => {
    expect(headersOf(await served.fetch(path))).toEqual({
      "access-control-allow-origin": "*",
      "cache-control": FRESH,
      "content-length": expect.stringMatching(/^\d+$/),
      "content-security-policy":
        "default-src 'none'; style-src 'self'; img-src 'self' https: http:; media-src 'self' https: http:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      "content-type": "text/html; charset=utf-8",
      etag: expect.stringMatching(/^W\/"[\w-]{22}"$/),
      "last-modified": new Date(NOW - 1000).toUTCString(),
      "referrer-policy": "strict-origin-when-cross-origin",
      vary: "Accept-Encoding",
      "x-content-type-options": "nosniff",
    });
  });

  it("has autodiscovery links to feeds that exist", async () => {
    const text = await (await served.fetch(path)).text();
    const links = Array.from(
      text.matchAll(/<link rel="alternate" type="([^"]+(?<!oembed))" title="[^"]+" href="([^"]+)">/g),
    );
    expect(links.length).toBe(OWN_VIEWS.includes(path) ? 6 : 3);
    for (const [, type, href = ""] of links) {
      const feed = await served.fetch(href.slice(ORIGIN.length));
      expect([feed.status, feed.headers.get("content-type")]).toEqual([200, `${type}; charset=utf-8`]);
    }
  });

  it("has no broken link to this site", async () => {
    const text = await (await served.fetch(path)).text();
    const links = Array.from(
      text.matchAll(/(?:href|src)="([^"]+)"/g),
      ([, href = ""]) => new URL(href.replaceAll("&amp;", "&"), ORIGIN),
    );
    const own = links.filter(({ origin }) => origin === ORIGIN);
    expect(own.length).toBeGreaterThan(5);
    for (const { pathname, search } of own) {
      expect({ pathname, status: (await served.fetch(pathname + search)).status }).toEqual({ pathname, status: 200 });
    }
  });
});

it("the style sheet is served as CSS", async () => {
  const response = await served.fetch("/style.css");
  expect(headersOf(response)).toMatchObject({ "content-type": "text/css; charset=utf-8", "cache-control": FRESH });
  expect(await response.text()).toContain("channel > title");
});

it("the home page lists the visible stories only", async () => {
  const text = await (await served.fetch("/")).text();
  expect(Array.from(text.matchAll(/<h2[^>]*><a href="[^"]*">([^<]+)</g), ([, title]) => title)).toEqual([
    "visible",
    "accented",
  ]);
});
