import { describe, expect, it } from "vitest";
import { type Problem, problemResponse } from "../../src/http/problem.ts";

const problem: Problem = { status: 404, title: "Not Found", detail: "Nichts gefunden: ü" };
const toHtml = ({ title }: Problem): string => `<h1>${title} ü</h1>`;
const answer = (accept: string | null) => problemResponse(accept, problem, { "cache-control": "no-store" }, toHtml);

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

describe("problems (RFC 9457)", () => {
  it.each([
    null,
    "",
    "*/*",
    "application/problem+json",
    "application/json",
    "application/rss+xml",
    "application/*",
    "text/html;q=0",
    "text/html;q=0.5, application/problem+json",
    "nonsense",
  ])("are JSON for Accept: %s", async (accept) => {
    const response = answer(accept);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toEqual({ ...problem });
  });

  it.each([BROWSER, "text/html", "text/*", "text/html, */*", "application/problem+json;q=0.1, text/html"])(
    "are a page for Accept: %s",
    async (accept) => {
      const response = answer(accept);
      expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(await response.text()).toBe("<h1>Not Found ü</h1>");
    },
  );

  it.each([null, BROWSER])("carry what caches and browsers must know, for Accept: %s", async (accept) => {
    const response = answer(accept);
    expect(response.status).toBe(404);
    expect(response.headers.get("vary")).toBe("Accept");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    const length = Number(response.headers.get("content-length"));
    expect((await response.arrayBuffer()).byteLength).toBe(length);
  });
});
