import { describe, expect, it } from "vitest";
import { pageHeaders } from "../../../src/pages/page-headers.ts";
import { RELOAD_PATH, withReload } from "../../../src/routes/development/reload.ts";

const POLICY = "content-security-policy";
const PAGE = { ...pageHeaders, "content-type": "text/html", etag: 'W/"1"', "content-length": "99" };

const answer = async (response: Response, request = new Request("https://x.example/a")): Promise<Response> =>
  withReload({ fetch: async (_: Request) => response }, "/news").fetch(request);

describe("a router whose pages reload", () => {
  it("adds its script to a page, and lets the page run it and ask this site", async () => {
    const response = await answer(new Response("<head>\n</head>\n<body></body>", { headers: PAGE }));
    expect(await response.text()).toBe(
      `<head>\n<script type="module" src="/news${RELOAD_PATH}"></script>\n</head>\n<body></body>`,
    );
    expect(response.headers.get(POLICY)).toBe(`${pageHeaders[POLICY]}; script-src 'self'; connect-src 'self'`);
    expect(response.headers.get("etag")).toBe('W/"1"');
    expect(response.headers.get("content-length")).toBeNull();
  });

  it.each([
    ["a 304", new Response(null, { status: 304, headers: pageHeaders }), 304],
    ["a 404", new Response("<head></head>", { status: 404, headers: pageHeaders }), 404],
  ])("says so with %s, too: browsers take its policy", async (_, response, status) => {
    const answered = await answer(response);
    expect(answered.status).toBe(status);
    expect(answered.headers.get(POLICY)).toContain("script-src 'self'");
  });

  it("asks once more for a page that came compressed", async () => {
    const router = withReload(
      {
        fetch: async ({ headers }: Request) =>
          headers.has("accept-encoding")
            ? new Response("…", { headers: { ...PAGE, "content-encoding": "br" }, encodeBody: "manual" })
            : new Response("<head></head>", { headers: PAGE }),
      },
      "",
    );
    const request = new Request("https://x.example/a", { headers: { "accept-encoding": "br" } });
    expect(await (await router.fetch(request)).text()).toContain(`src="${RELOAD_PATH}"`);
  });

  it("leaves all else as it is", async () => {
    for (const headers of [{ "content-type": "application/rss+xml" }, { [POLICY]: "sandbox" }]) {
      const response = new Response("<head></head>", { headers });
      expect(await answer(response)).toBe(response);
    }
  });

  it("serves the script", async () => {
    const request = new Request(`https://x.example${RELOAD_PATH}`);
    const response = await answer(new Response(null, { status: 404 }), request);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(await response.text()).toContain("location.reload()");
  });
});
