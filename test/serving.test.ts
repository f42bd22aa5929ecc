import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorkplace, freePort, type Serving, serve, type Workplace } from "./cli/workplace.ts";
import { GIF, SVG, site, story, wave } from "./fixtures/publication.ts";

// The real thing over real HTTP: wrangler, workerd and its ASSETS, asked by a client that adds no header of its own.

const LENGTH = 3_000_000;
const SOUND = "/media/sound/Caf%C3%A9%20(1)'s.mp3";

const files = {
  "site.yaml": site({ hubs: ["https://hub.example/"] }),
  "first.md": story(
    "first",
    {
      tags: ["one"],
      attachments: [{ src: "media/sound/Café (1)'s.mp3" }],
      image: { src: "media/picture.gif", alt: "" },
    },
    "![A drawing](media/drawing.jpg)",
  ),
  "later.md": story("later", { published: "2999-01-01T00:00:00Z", image: { src: "media/later.gif", alt: "" } }),
  "expired.md": story("expired", { expires: "2026-01-02T00:00:00Z" }),
  "media/sound/Café (1)'s.mp3": wave(LENGTH),
  "media/picture.gif": GIF,
  "media/later.gif": GIF,
  "media/drawing.jpg": SVG,
};

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

let workplace: Workplace;
let serving: Serving;

const ask = (path: string, headers: Readonly<Record<string, string>> = {}, method = "GET"): Promise<Answer> =>
  new Promise((done, fail) => {
    const { hostname, port } = new URL(serving.url);
    const asked = request({ hostname, port, path, method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", fail);
      answer.on("end", () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) }));
    });
    asked.on("error", fail);
    asked.end();
  });

const header = ({ headers }: Answer, name: string): string => String(headers[name] ?? "");

beforeAll(async () => {
  workplace = createWorkplace();
  const content = join(workplace.folder, "content");
  rmSync(content, { recursive: true });
  for (const [path, file] of Object.entries(files)) {
    mkdirSync(dirname(join(content, path)), { recursive: true });
    writeFileSync(join(content, path), file);
  }
  const port = await freePort();
  serving = await serve(workplace, `npm start -- --port ${port}`, port);
});

afterAll(async () => {
  await serving?.stop();
  workplace?.remove();
});

describe("over HTTP", () => {
  it.each([
    ["/rss.xml", "application/rss+xml; charset=utf-8"],
    ["/atom.xml", "application/atom+xml; charset=utf-8"],
    ["/feed.json", "application/feed+json; charset=utf-8"],
    ["/feed", "application/rss+xml; charset=utf-8"],
    ["/summaries/tags/one/atom.xml", "application/atom+xml; charset=utf-8"],
    ["/articles/first/rss.xml", "application/rss+xml; charset=utf-8"],
    ["/", "text/html; charset=utf-8"],
    ["/articles/first", "text/html; charset=utf-8"],
    ["/style.css", "text/css; charset=utf-8"],
  ])("%s is sent, not sent again, and not sent for HEAD", async (path, type) => {
    const whole = await ask(path);
    expect([whole.status, header(whole, "content-type")]).toEqual([200, type]);
    expect(header(whole, "x-content-type-options")).toBe("nosniff");
    expect(header(whole, "etag")).toMatch(/^W\/"[0-9a-f]{32}"$/);
    expect(Math.abs(Date.now() - Date.parse(header(whole, "last-modified")))).toBeLessThan(120_000);

    const head = await ask(path, {}, "HEAD");
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(header(head, "content-length")).toBe(String(whole.body.length));
    expect(header(head, "etag")).toBe(header(whole, "etag"));

    const conditions: readonly Readonly<Record<string, string>>[] = [
      { "if-none-match": `"x", ${header(whole, "etag")}` },
      { "if-none-match": header(whole, "etag").slice(2) },
      { "if-modified-since": header(whole, "last-modified") },
    ];
    for (const condition of conditions) {
      const again = await ask(path, condition);
      expect([again.status, again.body.length]).toEqual([304, 0]);
      for (const name of ["etag", "last-modified", "cache-control", "vary", "content-location", "link"]) {
        expect([name, header(again, name)]).toEqual([name, header(whole, name)]);
      }
      expect(header(again, "content-type")).toBe("");
    }
  });

  it("a feed is compressed on the way under the same tag", async () => {
    const plain = await ask("/rss.xml");
    const packed = await ask("/rss.xml", { "accept-encoding": "gzip" });
    expect(header(packed, "content-encoding")).toBe("gzip");
    expect(header(packed, "etag")).toBe(header(plain, "etag"));
  });

  it.each([
    ["GET", "/rss", 301],
    ["GET", "//rss.xml/", 301],
    ["GET", "/nothing", 404],
    ["GET", "/articles/later", 404],
    ["GET", "/media/later.gif", 404],
    ["GET", "/media/..%2F..%2Fpublication.txt", 404],
    ["GET", "/publication.txt", 404],
    ["GET", "/articles/expired", 410],
    ["POST", "/rss.xml", 405],
    ["OPTIONS", "/rss.xml", 204],
  ])("%s %s: %i", async (method, path, status) => {
    const answer = await ask(path, {}, method);
    expect(answer.status).toBe(status);
    if (status === 301) expect(header(answer, "location")).toBe(`${serving.url}/rss.xml`);
    if (status >= 400) {
      expect(header(answer, "content-type")).toBe("application/problem+json");
      expect(JSON.parse(answer.body.toString())).toMatchObject({ status });
    }
  });

  it("a path that climbs out of the site stays in it", async () => {
    for (const path of ["/media/../../../etc/passwd", "/../wrangler.toml", "/media/%2e%2e/%2e%2e/publication.txt"]) {
      expect((await ask(path)).status).toBe(404);
    }
  });
});

describe("a media file over HTTP", () => {
  const bytes = Buffer.from(wave(LENGTH));

  it("is sent whole, with its length and its type by its bytes", async () => {
    const answer = await ask(SOUND);
    expect([answer.status, header(answer, "content-type")]).toEqual([200, "audio/wav"]);
    expect(header(answer, "content-length")).toBe(String(LENGTH));
    expect(header(answer, "accept-ranges")).toBe("bytes");
    expect(answer.body.equals(bytes)).toBe(true);
    const head = await ask(SOUND, {}, "HEAD");
    expect([head.status, head.body.length, header(head, "content-length")]).toEqual([200, 0, String(LENGTH)]);
  });

  it.each([
    ["as Safari asks first", "bytes=0-1", 0, 1],
    ["as Safari asks then", `bytes=0-${LENGTH - 1}`, 0, LENGTH - 1],
    ["from the middle on", "bytes=1500000-", 1_500_000, LENGTH - 1],
    ["within", "bytes=65530-131080", 65_530, 131_080],
    ["the end", "bytes=-5", LENGTH - 5, LENGTH - 1],
  ])("is sent in parts: %s", async (_, range, first, last) => {
    const answer = await ask(SOUND, { range });
    expect(answer.status).toBe(206);
    expect(header(answer, "content-range")).toBe(`bytes ${first}-${last}/${LENGTH}`);
    expect(header(answer, "content-length")).toBe(String(last + 1 - first));
    expect(answer.body.equals(bytes.subarray(first, last + 1))).toBe(true);
  });

  it("is resumed by its tag only", async () => {
    const etag = header(await ask(SOUND), "etag");
    expect(etag).toMatch(/^"[^"]+"$/);
    expect((await ask(SOUND, { range: "bytes=9-", "if-range": etag })).status).toBe(206);
    expect((await ask(SOUND, { range: "bytes=9-", "if-range": `W/${etag}` })).status).toBe(200);
    expect((await ask(SOUND, { "if-none-match": `"x", W/${etag}` })).status).toBe(304);
    const beyond = await ask(SOUND, { range: `bytes=${LENGTH}-` });
    expect([beyond.status, header(beyond, "content-range")]).toEqual([416, `bytes */${LENGTH}`]);
  });

  it("that is a drawing runs no script, whatever it is called", async () => {
    const answer = await ask("/media/drawing.jpg");
    expect(header(answer, "content-type")).toBe("image/svg+xml");
    expect(header(answer, "content-security-policy")).toContain("sandbox");
  });

  it("has one address", async () => {
    const answer = await ask("/media/sound/Caf%c3%a9%20%281%29%27s.mp3");
    expect([answer.status, header(answer, "location")]).toEqual([301, serving.url + SOUND]);
  });
});
