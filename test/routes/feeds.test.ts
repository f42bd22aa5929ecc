import { beforeAll, describe, expect, it } from "vitest";
import { ORIGIN } from "../fixtures/publication.ts";
import { feedPaths, NOW, sampleFiles } from "./support/sample-site.ts";
import { headersOf, type ServedSite, serveFiles } from "./support/serve.ts";

const TYPES = {
  "rss.xml": "application/rss+xml",
  "atom.xml": "application/atom+xml",
  "feed.json": "application/feed+json",
};

const fileOf = (path: string): string => path.replace(/^.*\//, "");

const link = (path: string, rel: string): string => {
  const type = Object.entries(TYPES).find(([file]) => path.endsWith(file))?.[1];
  return `<${ORIGIN}${path}>; rel="${rel}"; type="${type}"`;
};

let served: ServedSite;
beforeAll(async () => {
  served = await serveFiles(sampleFiles, { now: NOW, deployed: NOW - 1000 });
});

describe.each(feedPaths)("%s", (path) => {
  it("has the headers of a feed, and no others", async () => {
    const response = await served.fetch(path);
    const view = path.slice(0, -fileOf(path).length);
    const others = Object.keys(TYPES).filter((file) => file !== fileOf(path));
    expect(headersOf(response)).toEqual({
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "Content-Location, Delta-Base, ETag, IM, Last-Modified, Link",
      "cache-control": "public, max-age=300, stale-while-revalidate=60, stale-if-error=86400",
      "content-length": expect.stringMatching(/^\d+$/),
      "content-type": `${Object.entries(TYPES).find(([file]) => path.endsWith(file))?.[1]}; charset=utf-8`,
      etag: expect.stringMatching(/^W\/"[\w-]{22}\.(?:[\w-]{5})+"$/),
      "last-modified": new Date(NOW - 1000).toUTCString(),
      link: [
        link(path, "self"),
        '<https://hub.example/>; rel="hub"',
        ...others.map((file) => link(view + file, "alternate")),
      ].join(", "),
      vary: "Accept-Encoding, A-IM, Sec-Fetch-Dest",
      "x-content-type-options": "nosniff",
    });
  });

  it("does not depend on Accept", async () => {
    const { headers } = await served.fetch(path);
    for (const accept of ["text/html", "application/json", "application/atom+xml", "image/png;q=0"]) {
      const other = await served.fetch(path, { headers: { accept } });
      expect(other.status).toBe(200);
      expect(headersOf(other)).toEqual(Object.fromEntries(headers));
    }
  });

  it("is UTF-8 and contains its own URL", async () => {
    const bytes = await (await served.fetch(path)).bytes();
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    expect(text).toContain(ORIGIN + path);
    expect(text).not.toMatch(/^\uFEFF/);
  });
});

it("no two feeds share an entity tag", async () => {
  const tags = await Promise.all(feedPaths.map(async (path) => (await served.fetch(path)).headers.get("etag")));
  expect(new Set(tags).size).toBe(feedPaths.length);
});

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

// Headers of real feed readers, then cases of RFC 9110 §12.5.1.
const accepted: readonly (readonly [accept: string | undefined, file: string | undefined])[] = [
  [undefined, "rss.xml"],
  ["", "rss.xml"],
  ["*/*", "rss.xml"],
  [BROWSER, "rss.xml"],
  ["application/rss+xml, application/rdf+xml;q=0.8, application/atom+xml;q=0.6, application/xml;q=0.4", "rss.xml"],
  ["application/atom+xml, application/rss+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.7, */*;q=0.1", "atom.xml"],
  ["application/feed+json, application/json;q=0.9, application/rss+xml;q=0.5", "feed.json"],
  ["text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "rss.xml"],
  ["application/json", "feed.json"],
  ["application/json, text/plain, */*", "feed.json"],
  ["text/xml", "rss.xml"],
  ["application/xml", "rss.xml"],
  ["application/atom+xml", "atom.xml"],
  ["APPLICATION/ATOM+XML; Q=1.0", "atom.xml"],
  ["application/atom+xml;charset=utf-8", "atom.xml"],
  ["application/rss+xml;q=0.1, application/atom+xml;q=0.2, application/feed+json;q=0.3", "feed.json"],
  ["application/rss+xml;q=0, */*", "atom.xml"],
  ["application/rss+xml;q=0, application/atom+xml;q=0, */*;q=0.1", "feed.json"],
  ["application/*;q=0.5, application/atom+xml;q=0.4", "rss.xml"],
  ["application/*, application/atom+xml", "atom.xml"],
  ["application/*", "rss.xml"],
  ["text/*", "rss.xml"],
  ["nonsense", "rss.xml"],
  ["application/atom+xml;q=1.5", "rss.xml"],
  [" , application/atom+xml , ", "atom.xml"],
  ["text/html", undefined],
  ["text/html, application/xhtml+xml", undefined],
  ["image/*", undefined],
  ["*/*;q=0", undefined],
  ["application/rss+xml;q=0", undefined],
  ["application/rss+xml;q=0, application/atom+xml;q=0.0, application/feed+json;q=0.000", undefined],
];

describe("/feed", () => {
  it.each(accepted)("for Accept: %s is %s", async (accept, file) => {
    const headers = accept === undefined ? {} : { accept };
    const response = await served.fetch("/feed", { headers });
    expect(response.headers.get("vary")).toBe(
      file === undefined ? "Accept, Sec-Fetch-Dest" : "Accept, Accept-Encoding, A-IM, Sec-Fetch-Dest",
    );
    if (file === undefined) {
      expect(response.status).toBe(406);
      return;
    }
    const own = await served.fetch(`/${file}`);
    expect(response.status).toBe(200);
    expect(headersOf(response)).toEqual({
      ...headersOf(own),
      vary: "Accept, Accept-Encoding, A-IM, Sec-Fetch-Dest",
      "content-location": `/${file}`,
    });
    expect(await response.text()).toBe(await own.text());
  });

  it("names the formats if none is acceptable", async () => {
    const response = await served.fetch("/feed", { headers: { accept: "image/png" } });
    expect(response.status).toBe(406);
    expect(response.headers.get("link")).toBe(
      Object.keys(TYPES)
        .map((file) => link(`/${file}`, "alternate"))
        .join(", "),
    );
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toEqual({
      status: 406,
      title: "Not Acceptable",
      detail: `There is: ${Object.values(TYPES).join(", ")}.`,
    });
  });
});

describe("a site with SITE_URL", () => {
  it("has SITE_URL instead of the url of site.yaml, everywhere", async () => {
    const staging = await serveFiles(sampleFiles, { now: NOW, siteUrl: "http://localhost:8787/" });
    for (const path of feedPaths) {
      const response = await staging.fetch(path);
      const all = JSON.stringify(headersOf(response)) + (await response.text());
      expect(all).toContain(`http://localhost:8787${path}`);
      expect(all).not.toContain(ORIGIN);
      expect(all).not.toContain("feedwright.invalid");
    }
    expect((await staging.fetch("/rss")).headers.get("location")).toBe("http://localhost:8787/rss.xml");
  });
});
