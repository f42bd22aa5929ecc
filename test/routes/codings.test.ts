import { waitUntil } from "cloudflare:workers";
import { brotliDecompressSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { createSite, type Site } from "../../src/routes/site.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import { compileText, ORIGIN } from "../fixtures/publication.ts";
import { feedPaths, NOW, sampleFiles } from "./support/sample-site.ts";
import { assetsOf, fetchFrom, headersOf, type ServedSite, serveFiles } from "./support/serve.ts";

const DEPLOYED = NOW - 1000;
const PAGES = ["/", "/articles/visible", "/style.css", "/feed"];

const gunzip = async (bytes: Uint8Array): Promise<Uint8Array> => {
  const { body } = new Response(bytes);
  if (body === null) throw new Error("there is no body to decompress");
  return new Uint8Array(await new Response(body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
};

const decoders: readonly (readonly [accepted: string, coding: string, decode: (bytes: Uint8Array) => unknown])[] = [
  ["gzip, deflate", "gzip", gunzip],
  ["x-gzip", "gzip", gunzip],
  ["gzip, deflate, br, zstd", "br", (bytes) => new Uint8Array(brotliDecompressSync(bytes))],
  ["br", "br", (bytes) => new Uint8Array(brotliDecompressSync(bytes))],
];

let served: ServedSite;
beforeAll(async () => {
  served = await serveFiles(sampleFiles, { now: NOW, deployed: DEPLOYED });
});

const request = (path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> =>
  served.fetch(path, { method, headers });

describe.each(decoders)("for Accept-Encoding: %s, the content-coding is %s", (accepted, coding, decode) => {
  it.each([...feedPaths, ...PAGES])("%s is the same document with the same validators", async (path) => {
    const plain = await request(path);
    const response = await request(path, { "accept-encoding": accepted });
    const bytes = await response.bytes();
    expect(response.status).toBe(200);
    expect(headersOf(response)).toEqual({
      ...headersOf(plain),
      "content-encoding": coding,
      "content-length": String(bytes.byteLength),
    });
    expect(plain.headers.get("vary")).toContain("Accept-Encoding");
    const body = await plain.bytes();
    expect(plain.headers.get("content-length")).toBe(String(body.byteLength));
    expect(plain.headers.has("content-encoding")).toBe(false);
    expect(await decode(bytes)).toEqual(body);
    if (path.endsWith("/rss.xml")) expect(bytes.byteLength).toBeLessThan(body.byteLength);
  });

  it("a HEAD has the same headers and no body", async () => {
    const get = await request("/rss.xml", { "accept-encoding": accepted });
    const head = await request("/rss.xml", { "accept-encoding": accepted }, "HEAD");
    expect(headersOf(head)).toEqual(headersOf(get));
    expect(head.body).toBeNull();
  });
});

describe("a client", () => {
  const CODINGS = ["identity", "gzip", "br"];

  it.each(CODINGS.flatMap((first) => CODINGS.map((second) => [first, second] as const)))(
    "that has an entity tag from %s and accepts %s gets a 304",
    async (first, second) => {
      const { headers } = await request("/atom.xml", { "accept-encoding": first });
      const response = await request("/atom.xml", {
        "accept-encoding": second,
        "if-none-match": headers.get("etag") ?? "",
      });
      expect(response.status).toBe(304);
      expect(headersOf(response)).toMatchObject({
        etag: headers.get("etag"),
        vary: "Accept-Encoding, A-IM, Sec-Fetch-Dest",
      });
      expect(response.headers.has("content-encoding")).toBe(false);
    },
  );

  it.each(["identity;q=0", "*;q=0", "identity;q=0, *;q=0", "deflate, identity;q=0"])(
    "that only accepts %s gets a 406 that names the content-codings",
    async (accepted) => {
      for (const path of ["/rss.xml", "/feed", "/articles/visible"]) {
        const response = await request(path, { "accept-encoding": accepted });
        expect(response.status).toBe(406);
        expect(headersOf(response)).toMatchObject({ "cache-control": "no-store", "accept-encoding": "br, gzip" });
        expect(response.headers.has("content-encoding")).toBe(false);
        expect((await request(path, { "accept-encoding": accepted }, "HEAD")).status).toBe(406);
      }
    },
  );

  it("that accepts none of our content-codings gets a 304 all the same, which needs none", async () => {
    const headers = { "accept-encoding": "identity;q=0", "if-none-match": "*" };
    expect((await request("/rss.xml", headers)).status).toBe(304);
  });

  // Cloudflare's edge sends a header that always names both.
  it.each([
    ["gzip", "gzip"],
    ["br", "br"],
    ["gzip;q=0.5, br;q=0.4", "gzip"],
    ["", null],
    ["identity", null],
    ["deflate", null],
    ["gzip;q=0", null],
    [undefined, "br"],
    [7, "br"],
  ])("that accepts %j according to cf gets %s, whatever the header says", async (clientAcceptEncoding, coding) => {
    const cf = clientAcceptEncoding === undefined ? {} : { clientAcceptEncoding };
    const response = await served.fetch("/rss.xml", { headers: { "accept-encoding": "gzip, br" }, cf });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-encoding")).toBe(coding);
  });

  it("that accepts nothing according to cf gets a 406", async () => {
    const init = { headers: { "accept-encoding": "gzip, br" }, cf: { clientAcceptEncoding: "*;q=0" } };
    expect((await served.fetch("/rss.xml", init)).status).toBe(406);
  });
});

describe("an encoded body", () => {
  let text: string;
  beforeAll(async () => {
    text = await compileText(sampleFiles);
  });

  const openSite = (): Site => {
    const store = openBundled(text, "", { id: "one", at: NOW });
    return createSite({ store, assets: assetsOf(sampleFiles), now: () => NOW, waitUntil });
  };

  const get = (site: Site, coding: string, more: Record<string, string> = {}): Promise<Response> =>
    fetchFrom(site, new Request(`${ORIGIN}/rss.xml`, { headers: { "accept-encoding": coding, ...more } }));

  it("is compressed once and cached", async () => {
    const site = openSite();
    await get(site, "identity");
    const sizes = [site.cache.editions.size];
    for (const coding of ["gzip", "br"]) {
      await get(site, coding);
      const size = site.cache.editions.size;
      expect(size).toBeGreaterThan(sizes.at(-1) ?? 0);
      sizes.push(size);
      for (let index = 0; index < 20; index++) await get(site, `${coding}${";q=0.5".repeat(index % 2)}`);
      expect(site.cache.editions.size).toBe(size);
    }
    await get(site, "identity");
    expect(site.cache.editions.size).toBe(sizes.at(-1));
  });

  it("is compressed once for all requests at the same time, even for the first ones", async () => {
    const site = openSite();
    const responses = await Promise.all(Array.from({ length: 20 }, () => get(site, "gzip")));
    const bodies = await Promise.all(responses.map((response) => response.bytes()));
    for (const body of bodies) expect(body).toEqual(bodies[0]);
    const other = openSite();
    await get(other, "gzip");
    expect(site.cache.editions.size).toBe(other.cache.editions.size);
  });

  it("is not compressed for a client that has the document or accepts none", async () => {
    const site = openSite();
    await get(site, "identity");
    const { size } = site.cache.editions;
    expect((await get(site, "gzip", { "if-none-match": "*" })).status).toBe(304);
    expect((await get(site, "identity;q=0")).status).toBe(406);
    expect((await get(site, "gzip", { "if-match": '"x"' })).status).toBe(412);
    expect(site.cache.editions.size).toBe(size);
  });
});
