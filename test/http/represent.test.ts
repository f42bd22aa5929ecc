import { describe, expect, it } from "vitest";
import { represent, serve } from "../../src/http/represent.ts";

const bytes = new TextEncoder().encode("zwölf");
const lastModified = Date.UTC(2026, 2, 1, 12);
const edition = represent(
  bytes,
  "text/plain; charset=utf-8",
  { etag: 'W/"a"', lastModified },
  { link: "<x>; rel=self" },
);

const ask = (method: string, headers: Record<string, string> = {}) =>
  serve(new Request("https://x.example/", { method, headers }), edition, { "cache-control": "max-age=1" });

const carried = {
  "cache-control": "max-age=1",
  etag: 'W/"a"',
  "last-modified": "Sun, 01 Mar 2026 12:00:00 GMT",
  link: "<x>; rel=self",
  "x-content-type-options": "nosniff",
};

describe("serving a representation", () => {
  it.each([
    ["GET", "zwölf"],
    ["HEAD", ""],
  ])("answers %s with all headers", async (method, text) => {
    const response = ask(method);
    expect(response?.status).toBe(200);
    expect(Object.fromEntries(response?.headers ?? [])).toEqual({
      ...carried,
      "content-type": "text/plain; charset=utf-8",
      "content-length": "6",
    });
    expect(await response?.text()).toBe(text);
  });

  it.each(["GET", "HEAD"])("answers %s with 304, without the headers that describe a body", async (method) => {
    const response = ask(method, { "if-none-match": '"a"' });
    expect(response?.status).toBe(304);
    expect(Object.fromEntries(response?.headers ?? [])).toEqual(carried);
    expect(response?.body).toBeNull();
  });

  it("gives nothing where a precondition failed", () => {
    expect(ask("GET", { "if-match": 'W/"a"' })).toBeUndefined();
  });

  it("can be served many times", async () => {
    expect(await ask("GET")?.text()).toBe("zwölf");
    expect(await ask("GET")?.text()).toBe("zwölf");
  });

  it("lets more headers replace its own", () => {
    const response = serve(new Request("https://x.example/"), edition, { link: "<y>; rel=self" });
    expect(response?.headers.get("link")).toBe("<y>; rel=self");
  });
});
