import { describe, expect, it } from "vitest";
import { NOW } from "../support/sample-site.ts";
import { serveFiles } from "../support/serve.ts";

const PATH = "/feedwright.js";

describe("/feedwright.js", () => {
  it("is kept for ever under the address that pages name, and under any other for a while", async () => {
    const { fetch } = await serveFiles({}, { now: NOW });
    const page = await (await fetch("/subscribe")).text();
    const [, address = ""] = /<script src="([^"]+)" defer>/.exec(page) ?? [];
    expect(address).toMatch(/^\/feedwright\.js\?[0-9a-f]{16}$/);
    const cacheControlOf = async (path: string) => (await fetch(path)).headers.get("cache-control");
    expect(await cacheControlOf(address)).toBe("public, max-age=31536000, immutable");
    expect(await cacheControlOf(PATH)).toBe("public, max-age=300");
    expect(await cacheControlOf(`${PATH}?0123456789abcdef`)).toBe("public, max-age=300");
  });

  it("answers as files do: 304, 206, 412, 416", async () => {
    const { fetch } = await serveFiles({}, { now: NOW });
    const { headers } = await fetch(PATH);
    const etag = headers.get("etag") ?? "";
    const statusOf = async (fields: Readonly<Record<string, string>>) =>
      (await fetch(PATH, { headers: fields })).status;
    expect(await statusOf({ "if-none-match": etag })).toBe(304);
    expect(await statusOf({ range: "bytes=0-9" })).toBe(206);
    expect(await statusOf({ "if-match": '"x"' })).toBe(412);
    expect(await statusOf({ range: "bytes=99999-" })).toBe(416);
  });

  it("is allowed on pages that use it, and on no others", async () => {
    const { fetch } = await serveFiles({}, { now: NOW });
    const policyOf = async (path: string, dest: string) =>
      (await fetch(path, { headers: { "sec-fetch-dest": dest } })).headers.get("content-security-policy");
    for (const path of ["/subscribe", "/rss.xml"])
      expect(await policyOf(path, "document")).toContain("script-src 'self';");
    for (const path of ["/", "/nothing"]) expect(await policyOf(path, "document")).not.toContain("script-src");
  });
});
