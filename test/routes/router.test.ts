import { beforeAll, describe, expect, it } from "vitest";
import { isFeedPath } from "../../src/routes/url-map.ts";
import { ORIGIN } from "../fixtures/publication.ts";
import { feedPaths, gonePaths, missingPaths, movedPaths, NOW, otherPaths, sampleFiles } from "./support/sample-site.ts";
import { headersOf, type ServedSite, serveFiles } from "./support/serve.ts";

const found = [...feedPaths, ...otherPaths];
const moved = movedPaths.map(([path]) => path);
const short = (path: string): string => (path.length > 80 ? `${path.slice(0, 80)}…` : path);
const named = (paths: readonly string[]) => paths.map((path) => [short(path), path] as const);

let served: ServedSite;
beforeAll(async () => {
  served = await serveFiles(sampleFiles, { now: NOW, deployed: NOW - 1000 });
});

describe("the URL map", () => {
  it.each(found)("%s answers 200", async (path) => {
    expect((await served.fetch(path)).status).toBe(200);
  });

  it.each(movedPaths)("%s redirects to %s", async (path, target) => {
    const response = await served.fetch(path);
    expect(response.status).toBe(301);
    expect(response.headers.get("location")).toBe(new URL(target, ORIGIN).href);
    expect(response.headers.get("cache-control")).toBe("public, max-age=300");
    expect(response.body).toBeNull();
  });

  it("has no circle of redirects", async () => {
    for (const path of moved) {
      const seen = new Set<string>();
      let next: string | undefined = path;
      while (next !== undefined && !seen.has(next)) {
        seen.add(next);
        const { status, headers } = await served.fetch(next);
        const location = status === 301 ? headers.get("location") : null;
        next = location?.startsWith(ORIGIN) ? location.slice(ORIGIN.length) : undefined;
      }
      expect({ path, next }).toEqual({ path, next: undefined });
    }
  });

  it.each(["//evil.example", "//evil.example/rss.xml", "/%2F/evil.example", "/\\evil.example", "///evil.example//"])(
    "%s does not redirect to another site",
    async (path) => {
      const { status, headers } = await served.fetch(path);
      expect([301, 404]).toContain(status);
      expect(new URL(headers.get("location") ?? "/", ORIGIN).origin).toBe(ORIGIN);
    },
  );

  it.each(gonePaths)("%s answers 410", async (path) => {
    const response = await served.fetch(path);
    expect(response.status).toBe(410);
    expect(response.headers.get("cache-control")).toBe("public, max-age=300");
  });

  it.each(named(missingPaths))("%s answers 404, like any unknown path", async (_, path) => {
    const response = await served.fetch(path);
    const unknown = await served.fetch("/unknown");
    expect(response.status).toBe(404);
    const { vary, ...headers } = headersOf(response);
    expect({ vary: "Accept", ...headers }).toEqual(headersOf(unknown));
    // Where a feed could be, a browser would get a page of it.
    expect(vary).toBe(isFeedPath(path) ? "Accept, Sec-Fetch-Dest" : "Accept");
    expect(headersOf(response)["cache-control"]).toBe("no-store");
    expect(await response.text()).toBe(await unknown.text());
  });
});

/** Header fields that scripts of web readers send, of those for which a browser asks first. */
const FIELDS_OF_WEB_READERS = [
  ...["a-im", "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "range"],
  ...["accept", "authorization", "cache-control", "content-type", "last-event-id", "pragma", "user-agent"],
  "x-requested-with",
];

describe("methods", () => {
  it.each([...found, ...moved])("%s allows GET, HEAD and OPTIONS only", async (path) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"]) {
      const response = await served.fetch(path, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
      expect(response.headers.get("cache-control")).toBe("no-store");
    }
  });

  it.each([...found, ...moved])("%s answers a CORS preflight", async (path) => {
    const preflight = { origin: "https://reader.example", "access-control-request-method": "GET" };
    const response = await served.fetch(path, { method: "OPTIONS", headers: preflight });
    expect(response.status).toBe(204);
    expect(headersOf(response)).toMatchObject({
      allow: "GET, HEAD, OPTIONS",
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, HEAD, OPTIONS",
      "access-control-max-age": "86400",
    });
    const allowed = response.headers.get("access-control-allow-headers")?.toLowerCase().split(", ");
    expect(allowed).toEqual(expect.arrayContaining(FIELDS_OF_WEB_READERS));
    // Whatever else a library adds: browsers take this for every field but Authorization.
    expect(allowed).toContain("*");
    const answer = await served.fetch(path, { headers: { origin: "https://reader.example" } });
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  });

  it.each(named(["/nothing", "/tags", "/media/", "/%"]))("%s answers 404 to every method", async (_, path) => {
    for (const method of ["POST", "OPTIONS", "DELETE"]) {
      expect((await served.fetch(path, { method })).status).toBe(404);
    }
  });

  it.each(named([...found, ...moved, ...gonePaths, ...missingPaths]))(
    "HEAD %s answers like GET, without a body",
    async (_, path) => {
      for (const accept of ["*/*", "text/html"]) {
        const get = await served.fetch(path, { headers: { accept } });
        const head = await served.fetch(path, { method: "HEAD", headers: { accept } });
        expect(head.status).toBe(get.status);
        expect(headersOf(head)).toEqual(headersOf(get));
        expect(head.body).toBeNull();
        const { byteLength } = await get.arrayBuffer();
        expect(get.headers.get("content-length")).toBe(get.status === 301 ? null : String(byteLength));
      }
    },
  );
});

describe("every response", () => {
  it.each(named([...found, ...moved, ...gonePaths, ...missingPaths]))(
    "of %s has Cache-Control and nosniff, and ignores the query",
    async (_, path) => {
      for (const method of ["GET", "HEAD", "OPTIONS", "POST"]) {
        const response = await served.fetch(path, { method });
        expect(response.headers.get("cache-control")).toMatch(/^(no-store|public, max-age=\d+.*)$/);
        expect(response.headers.get("x-content-type-options")).toBe("nosniff");
        expect(response.headers.has("set-cookie")).toBe(false);
        const withQuery = await served.fetch(`${path}?utm_source=x&path=/etc&file=atom.xml&text=/summaries`, {
          method,
        });
        expect(withQuery.status).toBe(response.status);
        expect(headersOf(withQuery)).toEqual(headersOf(response));
        expect(await withQuery.bytes()).toEqual(await response.bytes());
      }
    },
  );
});
