import { describe, expect, it } from "vitest";
import { openBundledContent } from "../../src/app/content-source.ts";
import type { Env } from "../../src/app/environment.ts";
import { openSite } from "../../src/app/open-site.ts";
import type { EdgeCache } from "../../src/editions/edge-cache.ts";
import { deployedRevision } from "../../src/store/bundled/deployed-revision.ts";
import { compileText, ORIGIN, story } from "../fixtures/publication.ts";
import { assetsOf } from "../routes/support/serve.ts";

const open = async (bindings: Partial<Env> = {}, openEdgeCache?: (origin: string) => EdgeCache) => {
  const text = await compileText({ "a.md": story("a", { published: "1970-01-01T00:00:00Z" }) });
  const env = { ASSETS: assetsOf({}), ...bindings };
  const platform = { now: () => 0, waitUntil: () => {}, ...(openEdgeCache && { openEdgeCache }) };
  return openSite({ text, revision: deployedRevision(text, env), env, platform, openSource: openBundledContent });
};

const TOKEN = "x".repeat(32);

const statusOf = async (method: string, path: string, bindings: Partial<Env>): Promise<number> =>
  (await (await open(bindings)).router.fetch(new Request(ORIGIN + path, { method }))).status;

describe("the site of a worker", () => {
  it.each([
    ["serves feeds", "GET", "/rss.xml", {}, 200],
    ["has no route for subscribers without a hub", "POST", "/hub", {}, 404],
    ["has no API without the owner's token", "GET", "/api/subscriptions", {}, 404],
    ["has no API with an empty token", "GET", "/api/subscriptions", { PUBLISH_TOKEN: "" }, 404],
    ["has no API for subscriptions without a hub", "GET", "/api/subscriptions", { PUBLISH_TOKEN: TOKEN }, 404],
    ["has no API for stories unless it is a newsroom", "GET", "/api/items", { PUBLISH_TOKEN: TOKEN }, 404],
  ])("%s", async (_, method, path, bindings, status) => {
    expect(await statusOf(method, path, bindings)).toBe(status);
  });

  it("opens the edge cache at its origin, which SITE_URL may replace", async () => {
    const origins: string[] = [];
    const edgeCache: EdgeCache = { find: async () => undefined, findBytes: async () => undefined, async put() {} };
    const openEdgeCache = (origin: string): EdgeCache => {
      origins.push(origin);
      return edgeCache;
    };
    const { site } = await open({}, openEdgeCache);
    await open({ SITE_URL: "https://staging.example" }, openEdgeCache);
    expect(origins).toEqual([ORIGIN, "https://staging.example"]);
    expect(site.cache.edgeCache).toBe(edgeCache);
  });

  it("identifies its deployment by the version, the content and SITE_URL", async () => {
    const version = (id: string) => ({ VERSION: { id, tag: "", timestamp: "2026-03-01T00:00:00Z" } });
    const sites = await Promise.all([
      open(version("one")),
      open(version("one")),
      open(version("two")),
      open({ ...version("one"), SITE_URL: "https://staging.example" }),
    ]);
    const [first, same, ...others] = sites.map(({ deployment }) => deployment);
    expect(same).toBe(first);
    expect(new Set([first, ...others]).size).toBe(3);
  });
});
