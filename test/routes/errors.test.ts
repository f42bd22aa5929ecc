import { afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { GIF, instant, site, story } from "../fixtures/publication.ts";
import { NOW, sampleFiles } from "./support/sample-site.ts";
import { headersOf, type ServedSite, serveFiles, serveText } from "./support/serve.ts";

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

let served: ServedSite;
beforeAll(async () => {
  served = await serveFiles(sampleFiles, { now: NOW });
});

interface Row {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly title: string;
  /** What people read in place of the title. */
  readonly heading?: string;
  readonly detail: string;
}

const GONE = "This story is no longer available.";

const rows: readonly Row[] = [
  { path: "/nothing", status: 404, title: "Not Found", detail: "There is nothing at this address." },
  { path: "/articles/embargoed", status: 404, title: "Not Found", detail: "There is nothing at this address." },
  { path: "/articles/expired", status: 410, title: "Gone", detail: GONE },
  { path: "/articles/was-here/rss.xml", status: 410, title: "Gone", detail: GONE },
  {
    path: "/articles/withdrawn",
    status: 410,
    title: "Gone",
    heading: "Withdrawn",
    detail: "It named the wrong Smith & Sons.",
  },
  {
    path: "/articles/was-wrong",
    status: 410,
    title: "Gone",
    heading: "Withdrawn",
    detail: "It named the wrong Smith & Sons.",
  },
  {
    path: "/rss.xml",
    method: "POST",
    status: 405,
    title: "Method Not Allowed",
    detail: "Use one of: GET, HEAD, OPTIONS.",
  },
  {
    path: "/rss.xml",
    headers: { "if-match": '"x"' },
    status: 412,
    title: "Precondition Failed",
    detail: "The document is not the one your condition names.",
  },
  {
    path: "/media/picture.gif",
    headers: { range: "bytes=99999-" },
    status: 416,
    title: "Range Not Satisfiable",
    detail: `The file has ${GIF.length} bytes.`,
  },
];

const expectSafeHeaders = (response: Response): void => {
  expect(headersOf(response)).toMatchObject({
    vary: expect.stringMatching(/^Accept(?:, Sec-Fetch-Dest)?$/),
    "access-control-allow-origin": "*",
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.stringContaining("default-src 'none'"),
  });
};

describe.each(rows)("$status at $path", ({ path, method = "GET", headers, status, title, heading, detail }) => {
  const request = (accept: string) => served.fetch(path, { method, headers: { ...headers, accept } });

  it("is problem+json for software (RFC 9457)", async () => {
    for (const accept of ["*/*", "application/rss+xml", "application/problem+json", "application/json"]) {
      const response = await request(accept);
      expect(response.status).toBe(status);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(await response.json()).toEqual({ status, title, detail });
      expectSafeHeaders(response);
    }
  });

  it("is a page for people", async () => {
    const response = await request(BROWSER);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const text = await response.text();
    expect(text).toContain(`<h1 id="title">${heading ?? title}</h1>`);
    expect(text).toContain(`<p dir="auto">${detail.replace("&", "&amp;")}</p>`);
    expectSafeHeaders(response);
  });
});

describe("on a site in another language", () => {
  const siteIn = (language: string, words: object = {}) => {
    const english = String(sampleFiles["site.yaml"]);
    const yaml = english.replace(/^language: .*$/m, `language: ${language}\nwords: ${JSON.stringify(words)}`);
    return serveFiles({ ...sampleFiles, "site.yaml": yaml }, { now: NOW });
  };

  it.each([
    ["/nothing", "GET", {}, "404 Nicht gefunden", "Unter dieser Adresse gibt es nichts."],
    ["/articles/expired", "GET", {}, "410 Nicht mehr verfügbar", "Dieser Artikel ist nicht mehr verfügbar."],
    ["/articles/withdrawn", "GET", {}, "410 Zurückgezogen", "It named the wrong Smith &amp; Sons."],
    ["/rss.xml", "POST", {}, "405 Methode nicht erlaubt", "Möglich sind: GET, HEAD, OPTIONS."],
    ["/rss.xml", "GET", { "if-match": '"x"' }, "412 Bedingung nicht erfüllt", "Das Dokument ist nicht das"],
    ["/rss.xml", "GET", { "accept-encoding": "identity;q=0" }, "406 Kein passendes Format", "br, gzip, identity."],
    ["/media/picture.gif", "GET", { range: "bytes=99999-" }, "416 Bereich nicht verfügbar", `Bytes: ${GIF.length}.`],
  ])("people read at %s (%s, %j): %s", async (path, method, headers, title, detail) => {
    const german = await siteIn("de");
    const page = await (await german.fetch(path, { method, headers: { ...headers, accept: BROWSER } })).text();
    expect(page).toContain('<html lang="de" dir="ltr">');
    expect(page).toContain(`<title>${title} · `);
    expect(page).toContain(detail);
    expect(page).toContain('<a href="/">Startseite</a>');
    const english = await siteIn("en");
    const request = { method, headers: { ...headers, accept: "*/*" } };
    expect(await (await german.fetch(path, request)).json()).toEqual(await (await english.fetch(path, request)).json());
  });

  it("the page in place of a story is in the language of the story", async () => {
    const files = {
      "site.yaml": site(),
      "a.md": story("a", { language: "ar", withdrawn: { at: "2026-02-01T00:00:00Z", reason: "خطأ" } }),
      "b.md": story("b", { language: "de", expires: "2026-02-01T00:00:00Z" }),
    };
    const { fetch } = await serveFiles(files, { now: instant("2026-03-01T00:00:00Z") });
    const pageAt = async (path: string) => (await fetch(path, { headers: { accept: BROWSER } })).text();
    const withdrawn = await pageAt("/articles/a");
    expect(withdrawn).toContain('<html lang="ar" dir="rtl">');
    expect(withdrawn).toContain("1 فبراير 2026");
    expect(await pageAt("/articles/b")).toContain("<title>410 Nicht mehr verfügbar · ");
    expect(await pageAt("/articles/b/republish")).toContain('<html lang="de"');
  });

  it("pages are written from right to left where the language is", async () => {
    const { fetch } = await siteIn("ar");
    const page = await (await fetch("/nothing", { headers: { accept: BROWSER } })).text();
    expect(page).toContain('<html lang="ar" dir="rtl">');
    expect(page).toContain('<h1 id="title">الصفحة غير موجودة</h1>');
  });

  it("pages have the words of site.yaml, and those of English if there are none for the language", async () => {
    const { fetch } = await siteIn("fi", { notFound: "Ei löydy <täältä>" });
    const page = await (await fetch("/nothing", { headers: { accept: BROWSER } })).text();
    expect(page).toContain('<html lang="fi" dir="ltr">');
    expect(page).toContain('<h1 id="title">Ei löydy &lt;täältä&gt;</h1>');
    expect(page).toContain("Front page");
  });
});

it("a 404 repeats nothing of the request", async () => {
  for (const accept of ["*/*", BROWSER]) {
    const path = "/tags/%3Cscript%3Esurely-unique/rss.xml?surely-unique";
    const response = await served.fetch(path, { headers: { accept, referer: "https://surely-unique.example" } });
    expect(JSON.stringify(headersOf(response)) + (await response.text())).not.toContain("surely-unique");
  }
});

describe("500", () => {
  let log: MockInstance;
  beforeEach(() => {
    log = vi.spyOn(console, "error").mockImplementation(() => {});
  });
  afterEach(() => log.mockRestore());

  const secret = "password of the database";
  const failing = {
    fetch: async (): Promise<Response> => {
      throw new Error(secret);
    },
  };

  it.each([
    ["*/*", "application/problem+json"],
    [BROWSER, "text/html; charset=utf-8"],
  ])("for Accept: %s does not reveal what went wrong, and logs it", async (accept, type) => {
    const { fetch } = await serveFiles(sampleFiles, { now: NOW, assets: failing });
    const response = await fetch("/media/picture.gif", { headers: { accept } });
    expect(response.status).toBe(500);
    expect(headersOf(response)).toMatchObject({
      "content-type": type,
      "cache-control": "no-store",
      "retry-after": "60",
    });
    expectSafeHeaders(response);
    expect(JSON.stringify(headersOf(response)) + (await response.text())).not.toMatch(/password|Error:|at .*\.ts/);
    expect(log).toHaveBeenCalledExactlyOnceWith("request failed", expect.objectContaining({ message: secret }));
  });

  it("has no body for HEAD", async () => {
    const { fetch } = await serveFiles(sampleFiles, { now: NOW, assets: failing });
    const response = await fetch("/media/picture.gif", { method: "HEAD" });
    expect(response.status).toBe(500);
    expect(response.body).toBeNull();
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(0);
  });

  it("does not last: other paths answer, and this one does once the fault is gone", async () => {
    let isBroken = true;
    const assets = {
      fetch: async () => (isBroken ? failing.fetch() : new Response("x", { headers: { etag: '"a"' } })),
    };
    const { fetch } = await serveFiles(sampleFiles, { now: NOW, assets });
    expect((await fetch("/media/picture.gif", { method: "HEAD" })).status).toBe(500);
    expect((await fetch("/rss.xml")).status).toBe(200);
    isBroken = false;
    expect((await fetch("/media/picture.gif", { method: "HEAD" })).status).toBe(200);
  });

  it.each([
    ["a publication that is no JSON", "{", {}],
    ["a SITE_URL that is no origin", "{}", { siteUrl: "localhost:8787" }],
  ])("answers every path of a worker with %s", async (_, text, options) => {
    const { fetch } = serveText(text, { now: NOW, ...options });
    for (const path of ["/", "/rss.xml", "/nothing"]) expect((await fetch(path)).status).toBe(500);
    expect(log).toHaveBeenCalledTimes(3);
  });
});
