import { waitUntil } from "cloudflare:workers";
import { brotliDecompressSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { createSite, type Site } from "../../src/routes/site.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import { compileText, ORIGIN } from "../fixtures/publication.ts";
import { feedPaths, NOW, sampleFiles } from "./sample-site.ts";
import { assetsOf, fetchFrom, headersOf, type Served, serveFiles } from "./serve.ts";

const DEPLOYED = NOW - 1000;
const PAGES = ["/", "/articles/visible", "/style.css", "/feed"];

const gunzip = async (bytes: Uint8Array): Promise<Uint8Array> => {
  const { body } = new Response(bytes);
  if (body === null) throw new Error("there is nothing to decompress");
  return new Uint8Array(await new Response(body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
};

const decoders: readonly (readonly [accepted: string, coding: string, decode: (bytes: Uint8Array) => unknown])[] = [
  ["gzip, deflate", "gzip", gunzip],
  ["x-gzip", "gzip", gunzip],
  ["gzip, deflate, br, zstd", "br", (bytes) => new Uint8Array(brotliDecompressSync(bytes))],
  ["br", "br", (bytes) => new Uint8Array(brotliDecompressSync(bytes))],
];

let served: Served;
beforeAll(async () => {
  served = await serveFiles(sampleFiles, { now: NOW, deployed: DEPLOYED });
});

const ask = (path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> =>
  served.fetch(path, { method, headers });

describe.each(decoders)("with Accept-Encoding: %s, everything comes in %s", (accepted, coding, decode) => {
  it.each([...feedPaths, ...PAGES])("%s: the same document, with the same validators", async (path) => {
    const plain = await ask(path);
    const response = await ask(path, { "accept-encoding": accepted });
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

  it("to a HEAD too, but for the body", async () => {
    const get = await ask("/rss.xml", { "accept-encoding": accepted });
    const head = await ask("/rss.xml", { "accept-encoding": accepted }, "HEAD");
    expect(headersOf(head)).toEqual(headersOf(get));
    expect(head.body).toBeNull();
  });
});

describe("a client", () => {
  const CODINGS = ["identity", "gzip", "br"];

  it.each(CODINGS.flatMap((had) => CODINGS.map((wanted) => [had, wanted] as const)))(
    "that got its tag in %s and asks in %s is told that nothing changed",
    async (had, wanted) => {
      const { headers } = await ask("/atom.xml", { "accept-encoding": had });
      const response = await ask("/atom.xml", {
        "accept-encoding": wanted,
        "if-none-match": headers.get("etag") ?? "",
      });
      expect(response.status).toBe(304);
      expect(headersOf(response)).toMatchObject({ etag: headers.get("etag"), vary: "Accept-Encoding, A-IM" });
      expect(response.headers.has("content-encoding")).toBe(false);
    },
  );

  it.each(["identity;q=0", "*;q=0", "identity;q=0, *;q=0", "deflate, identity;q=0"])(
    "that accepts just %s is answered 406, and told what there is",
    async (accepted) => {
      for (const path of ["/rss.xml", "/feed", "/articles/visible"]) {
        const response = await ask(path, { "accept-encoding": accepted });
        expect(response.status).toBe(406);
        expect(headersOf(response)).toMatchObject({ "cache-control": "no-store", "accept-encoding": "br, gzip" });
        expect(response.headers.has("content-encoding")).toBe(false);
        expect((await ask(path, { "accept-encoding": accepted }, "HEAD")).status).toBe(406);
      }
    },
  );

  it("that accepts no coding of ours is still told that nothing changed, which needs none", async () => {
    const headers = { "accept-encoding": "identity;q=0", "if-none-match": "*" };
    expect((await ask("/rss.xml", headers)).status).toBe(304);
  });

  // At the edge the header always names both.
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
  ])("that accepts %j, as the edge says, gets %s, whatever its header says", async (clientAcceptEncoding, coding) => {
    const cf = clientAcceptEncoding === undefined ? {} : { clientAcceptEncoding };
    const response = await served.fetch("/rss.xml", { headers: { "accept-encoding": "gzip, br" }, cf });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-encoding")).toBe(coding);
  });

  it("that accepts nothing, as the edge says, is answered 406", async () => {
    const init = { headers: { "accept-encoding": "gzip, br" }, cf: { clientAcceptEncoding: "*;q=0" } };
    expect((await served.fetch("/rss.xml", init)).status).toBe(406);
  });
});

describe("a coding", () => {
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

  it("is made once, and kept", async () => {
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

  it("is made once for all who ask at the same time, even where none is there yet", async () => {
    const site = openSite();
    const responses = await Promise.all(Array.from({ length: 20 }, () => get(site, "gzip")));
    const bodies = await Promise.all(responses.map((response) => response.bytes()));
    for (const body of bodies) expect(body).toEqual(bodies[0]);
    const other = openSite();
    await get(other, "gzip");
    expect(site.cache.editions.size).toBe(other.cache.editions.size);
  });

  it("is not made for a client that has the document already, or takes none", async () => {
    const site = openSite();
    await get(site, "identity");
    const { size } = site.cache.editions;
    expect((await get(site, "gzip", { "if-none-match": "*" })).status).toBe(304);
    expect((await get(site, "identity;q=0")).status).toBe(406);
    expect((await get(site, "gzip", { "if-match": '"x"' })).status).toBe(412);
    expect(site.cache.editions.size).toBe(size);
  });
});
