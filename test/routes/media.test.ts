import { beforeAll, describe, expect, it, vi } from "vitest";
import { type Files, GIF, instant, ORIGIN, SVG, story, wave } from "../fixtures/publication.ts";
import { NOW, sampleFiles } from "./support/sample-site.ts";
import { assetsOf, headersOf, type ServedSite, serveFiles } from "./support/serve.ts";

const SOUND = "/media/sound/Caf%C3%A9%20(1)'s.mp3";
const FRESH = "public, max-age=300, stale-while-revalidate=60, stale-if-error=86400";

let served: ServedSite;
beforeAll(async () => {
  served = await serveFiles(sampleFiles, { now: NOW, deployed: NOW - 1000 });
});

const encoder = new TextEncoder();

describe("a media file", () => {
  it.each([
    ["a picture", "/media/picture.gif", "image/gif", GIF],
    ["the publication's own icon", "/media/icon.gif", "image/gif", GIF],
    ["sound named .mp3, with the type of its bytes", SOUND, "audio/wav", wave(5000)],
    ["a drawing named .jpg, with the type of its bytes", "/media/drawing.jpg", "image/svg+xml", encoder.encode(SVG)],
  ])("is served: %s", async (_, path, type, bytes) => {
    const response = await served.fetch(path);
    expect(response.status).toBe(200);
    expect(headersOf(response)).toEqual({
      "accept-ranges": "bytes",
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "Accept-Ranges, Content-Range, ETag",
      "cache-control": FRESH,
      "content-length": String(bytes.length),
      "content-type": type,
      etag: expect.stringMatching(/^"[\w-]+"$/),
      "x-content-type-options": "nosniff",
      ...(type === "image/svg+xml" && {
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      }),
    });
    expect(await response.bytes()).toEqual(bytes);
  });

  it.each([
    ["its tag", (tag: string) => ({ "if-none-match": tag }), 304],
    ["its tag, made weak by a proxy that compresses", (tag: string) => ({ "if-none-match": `W/${tag}` }), 304],
    ["its tag in a list", (tag: string) => ({ "if-none-match": `"x", ${tag}` }), 304],
    ["any tag", () => ({ "if-none-match": "*" }), 304],
    ["its tag and a range", (tag: string) => ({ "if-none-match": tag, range: "bytes=0-1" }), 304],
    ["another tag", () => ({ "if-none-match": '"x"' }), 200],
    ["If-Match of another tag", () => ({ "if-match": '"x"' }), 412],
    ["If-Match of its tag", (tag: string) => ({ "if-match": tag }), 200],
    ["the two bytes that Safari requests first", () => ({ range: "bytes=0-1" }), 206],
    ["a range, and If-Range of its tag", (tag: string) => ({ range: "bytes=100-", "if-range": tag }), 206],
    ["a range, and If-Range of another tag", () => ({ range: "bytes=100-", "if-range": '"x"' }), 200],
    ["a range after its end", () => ({ range: "bytes=5000-" }), 416],
  ])("is requested with %s", async (_, headersFor, status) => {
    const whole = await served.fetch(SOUND);
    const headers = headersFor(whole.headers.get("etag") ?? "");
    const response = await served.fetch(SOUND, { headers });
    expect(response.status).toBe(status);
    if (status === 304) {
      const {
        "content-type": _type,
        "content-length": _length,
        "accept-ranges": _ranges,
        ...carried
      } = headersOf(whole);
      expect(headersOf(response)).toEqual(carried);
      expect(response.body).toBeNull();
    }
  });

  it("is cut to the requested range", async () => {
    const response = await served.fetch(SOUND, { headers: { range: "bytes=998-2001" } });
    expect(headersOf(response)).toMatchObject({
      "content-range": "bytes 998-2001/5000",
      "content-length": "1004",
      "content-type": "audio/wav",
      "cache-control": FRESH,
    });
    expect(await response.bytes()).toEqual(wave(5000).slice(998, 2002));
  });

  it("states its length if a range lies after its end", async () => {
    const response = await served.fetch(SOUND, { headers: { range: "bytes=5000-" } });
    expect(headersOf(response)).toMatchObject({ "content-range": "bytes */5000", "cache-control": "no-store" });
    expect(await response.json()).toMatchObject({ status: 416, title: "Range Not Satisfiable" });
  });
});

describe("the visibility of a media file", () => {
  const LIFTS = "2026-04-01T00:00:00Z";
  const EXPIRES = "2026-05-01T00:00:00Z";
  const files: Files = {
    "a.md": story("a", { published: LIFTS, expires: EXPIRES, image: { src: "media/a.gif", alt: "" } }),
    "b.md": story("b", { draft: true }, "![A picture](media/b.gif)"),
    "c.md": story("c", { withdrawn: { at: LIFTS, reason: "Wrong." }, attachments: [{ src: "media/c.gif" }] }),
    "media/a.gif": GIF,
    "media/b.gif": GIF,
    "media/c.gif": GIF,
    "media/unused.gif": GIF,
  };

  it.each([
    ["a millisecond before its story's embargo lifts", instant(LIFTS) - 1, 404],
    ["when the embargo lifts", instant(LIFTS), 200],
    ["a millisecond before the story expires", instant(EXPIRES) - 1, 200],
    ["when the story expires", instant(EXPIRES), 404],
  ])("is that of its story %s", async (_, now, status) => {
    const { fetch } = await serveFiles(files, { now });
    for (const path of ["/media/a.gif", "/media//a.gif/", "/media/%61.gif"]) {
      for (const headers of [{}, { "if-none-match": "*" }, { range: "bytes=0-0" }]) {
        let response = await fetch(path, { headers });
        if (response.status === 301) {
          response = await fetch(response.headers.get("location")?.slice(ORIGIN.length) ?? "", { headers });
        }
        const found = "if-none-match" in headers ? 304 : "range" in headers ? 206 : 200;
        expect(response.status).toBe(status === 200 ? found : status);
      }
    }
  });

  it.each(["/media/b.gif", "/media/c.gif", "/media/unused.gif"])("is never given for %s", async (path) => {
    const assets = { fetch: vi.fn(assetsOf(files).fetch) };
    const { clock, fetch } = await serveFiles(files, { now: 0, assets });
    for (const now of [0, instant(LIFTS), instant(EXPIRES), instant(EXPIRES) * 2]) {
      clock.now = now;
      for (const method of ["GET", "HEAD"]) expect((await fetch(path, { method })).status).toBe(404);
    }
    expect(assets.fetch).not.toHaveBeenCalled();
  });

  it("limits caching to the expiry of its story", async () => {
    const { fetch } = await serveFiles(files, { now: instant(EXPIRES) - 10_500 });
    expect((await fetch("/media/a.gif")).headers.get("cache-control")).toBe(
      "public, max-age=10, stale-while-revalidate=0, stale-if-error=0",
    );
  });

  it("is never given outside of media/, whatever ASSETS has", async () => {
    const assets = assetsOf({ ...sampleFiles, "publication.txt": "secret", "media/hidden/x.gif": GIF });
    const { fetch } = await serveFiles(sampleFiles, { now: NOW, assets });
    for (const path of [
      "/publication.txt",
      "/site.yaml",
      "/visible.md",
      "/media/hidden/x.gif",
      "/media/..%2Fsite.yaml",
    ]) {
      expect((await fetch(path)).status).toBe(404);
    }
  });
});

describe("ASSETS", () => {
  it("is asked for the file only: no precondition, range, query or cookie of the client reaches it", async () => {
    const asked: Request[] = [];
    const assets = {
      fetch: async (input: RequestInfo | URL) => {
        const request = new Request(input);
        asked.push(request);
        return assetsOf(sampleFiles).fetch(request);
      },
    };
    const { fetch } = await serveFiles(sampleFiles, { now: NOW, assets });
    const headers = { range: "bytes=0-1", "if-none-match": '"x"', cookie: "a=b", authorization: "x" };
    await fetch(`${SOUND}?secret=1`, { headers });
    await fetch(SOUND, { method: "HEAD", headers });
    expect(asked.map(({ url, method, headers }) => [url, method, [...headers]])).toEqual([
      [ORIGIN + SOUND, "GET", []],
      [ORIGIN + SOUND, "HEAD", []],
    ]);
  });

  const etag = '"secret"';

  it.each([
    ["does not have a file", new Response(null, { status: 404, headers: { etag } })],
    ["fails", new Response("secret", { status: 503, headers: { etag } })],
    ["redirects", new Response(null, { status: 307, headers: { etag, location: "https://secret.example" } })],
    ["sends no entity tag", new Response("secret")],
  ])("that %s causes a 500 whose reason is logged and not shown", async (_, broken) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const { fetch } = await serveFiles(sampleFiles, { now: NOW, assets: { fetch: async () => broken } });
    const response = await fetch("/media/picture.gif");
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("secret");
    expect(log).toHaveBeenCalledWith(
      "request failed",
      expect.objectContaining({ message: expect.stringContaining("media/picture.gif") }),
    );
    log.mockRestore();
  });
});
