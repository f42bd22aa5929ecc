import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { dirname, join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GIF, SVG, site, story, wave } from "../fixtures/publication.ts";
import { createWorkplace, eventually, freePort, type Serving, serve, type Workplace } from "./workplace.ts";

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
let startTime: number;

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
  startTime = Date.now();
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
    expect(header(whole, "etag")).toMatch(/^W\/"[\w.-]{22,249}"$/);
    const modified = Date.parse(header(whole, "last-modified"));
    // Its seconds are whole, and a change within one of them moves it ahead.
    expect(modified).toBeGreaterThan(startTime - 1000);
    expect(modified).toBeLessThan(Date.now() + 120_000);

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

  it.each(["/rss.xml", "/atom.xml", "/feed.json", "/"])(
    "%s is the same in every coding, under one tag",
    async (path) => {
      const plain = await ask(path);
      expect(header(plain, "content-encoding")).toBe("");
      const gzip = await ask(path, { "accept-encoding": "gzip" });
      const brotli = await ask(path, { "accept-encoding": "br" });
      expect([gzip, brotli].map((answer) => header(answer, "content-encoding"))).toEqual(["gzip", "br"]);
      expect(gunzipSync(gzip.body)).toEqual(plain.body);
      expect(brotliDecompressSync(brotli.body)).toEqual(plain.body);
      for (const one of [gzip, brotli]) {
        expect(header(one, "etag")).toBe(header(plain, "etag"));
        expect(header(one, "vary")).toContain("Accept-Encoding");
        expect((await ask(path, { "if-none-match": header(one, "etag"), "accept-encoding": "br" })).status).toBe(304);
      }
    },
  );

  it("who asks for what is new gets that, and no cache may keep it", async () => {
    const held = header(await ask("/rss.xml"), "etag");
    const more = ["second", "third"].map((name) => [name, story(name, { published: "2026-02-01T00:00:00Z" })] as const);
    // Two are held afterwards beside the one that is new.
    for (const [name, text] of more) writeFileSync(join(workplace.folder, `content/${name}.md`), text);
    await eventually(async () => ((await ask("/rss.xml")).body.includes("third") ? true : undefined));
    const three = header(await ask("/rss.xml"), "etag");
    writeFileSync(join(workplace.folder, "content/fourth.md"), story("fourth"));
    await eventually(async () => ((await ask("/rss.xml")).body.includes("fourth") ? true : undefined));
    const delta = await ask("/rss.xml", { "a-im": "feed", "if-none-match": `${held}, ${three}` });
    expect(delta.status).toBe(226);
    expect([header(delta, "im"), header(delta, "delta-base"), header(delta, "cache-control")]).toEqual([
      "feed",
      three,
      "no-store, im",
    ]);
    expect(Array.from(delta.body.toString().matchAll(/<item>\n<title>(\w+)/g), ([, title]) => title)).toEqual([
      "fourth",
    ]);
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
