import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { openBundledContent } from "../../src/app/content-source.ts";
import type { Env } from "../../src/app/environment.ts";
import { openSite } from "../../src/app/open-site.ts";
import type { EdgeCache } from "../../src/editions/edge-cache.ts";
import { isHubBound } from "../../src/push/bindings.ts";
import { deployedRevision } from "../../src/store/bundled/deployed-revision.ts";
import { compileText, ORIGIN, site as siteFile, story } from "../fixtures/publication.ts";
import { assetsOf } from "../routes/support/serve.ts";

const open = async (
  bindings: Partial<Env> = {},
  openEdgeCache?: (origin: string) => EdgeCache,
  hubs: readonly string[] = [],
  openSource = openBundledContent,
) => {
  const text = await compileText({
    "site.yaml": siteFile({ hubs }),
    "a.md": story("a", { published: "1970-01-01T00:00:00Z" }),
  });
  const env = { ASSETS: assetsOf({}), ...bindings };
  const platform = { now: () => 0, waitUntil: () => {}, ...(openEdgeCache && { openEdgeCache }) };
  const revision = deployedRevision(text, env, isHubBound(env));
  return openSite({ text, revision, env, platform, openSource });
};

let warn: MockInstance<typeof console.warn>;
beforeEach(() => {
  warn = vi.spyOn(console, "warn").mockImplementation(() => {});
});
afterEach(() => warn.mockRestore());

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

const notCalled = (): never => {
  throw new Error("nobody calls this");
};

const limiter = { limit: async () => ({ success: true }) };

/** Everything that wrangler.toml binds, for both workers. */
const ALL: Partial<Env> = {
  ...(env.SCHEDULER && { SCHEDULER: env.SCHEDULER }),
  HUB: { getByName: notCalled },
  TOPICS: { getByName: notCalled },
  DELIVERIES: { sendBatch: notCalled },
  USAGE: { getByName: notCalled },
  VERSION: { id: "one", tag: "", timestamp: "2026-03-01T00:00:00Z" },
  ...{ HUB_LIMIT: limiter, MISS_LIMIT: limiter },
  ...{ PARTNER_STANDARD: limiter, PARTNER_STANDARD_BURST: limiter, PARTNER_HIGH: limiter, PARTNER_HIGH_BURST: limiter },
};

const without = (...names: readonly (keyof Env)[]): Partial<Env> =>
  Object.fromEntries(Object.entries(ALL).filter(([name]) => !names.some((one) => one === name)));

const HUB_OFF = "the built-in hub is off, so nobody can subscribe and feeds do not name it.";

const BUILT_IN = ["built-in"];
const ELSEWHERE = ["https://hub.example/"];

describe("without a binding, a worker says once what is off, and answers all the same:", () => {
  it.each<readonly [missing: readonly (keyof Env)[], hubs: readonly string[], warnings: readonly string[]]>([
    [[], BUILT_IN, []],
    [["USAGE"], [], ["wrangler.toml has no binding USAGE: what partners take is not counted."]],
    [
      ["SCHEDULER"],
      [],
      ["wrangler.toml has no binding SCHEDULER: hubs and subscribers hear of changes only with the next deployment."],
    ],
    [
      ["MISS_LIMIT"],
      [],
      ["wrangler.toml has no binding MISS_LIMIT: requests for what does not exist are not limited."],
    ],
    [["HUB_LIMIT"], [], []],
    [
      ["HUB_LIMIT"],
      BUILT_IN,
      ["wrangler.toml has no binding HUB_LIMIT: how often one address may ask the hub is not limited."],
    ],
    [
      ["PARTNER_STANDARD", "PARTNER_HIGH_BURST"],
      [],
      [
        "wrangler.toml has no bindings PARTNER_STANDARD, PARTNER_HIGH_BURST: the rates of partners' contracts are not enforced.",
      ],
    ],
    [
      ["VERSION"],
      [],
      [
        "wrangler.toml has no binding VERSION: Last-Modified does not move with a deployment, and caches may serve what the version before made.",
      ],
    ],
    [["HUB", "TOPICS", "DELIVERIES"], [], []],
    [["HUB", "TOPICS", "DELIVERIES"], BUILT_IN, [`wrangler.toml has no bindings HUB, TOPICS, DELIVERIES: ${HUB_OFF}`]],
    [["DELIVERIES"], [...BUILT_IN, ...ELSEWHERE], [`wrangler.toml has no binding DELIVERIES: ${HUB_OFF}`]],
    [["HUB"], ELSEWHERE, ["wrangler.toml has no binding HUB: no hub is told of changes."]],
  ])("%j, with the hubs %j", async (missing, hubs, warnings) => {
    const { router } = await open(without(...missing), undefined, hubs);
    expect((await router.fetch(new Request(`${ORIGIN}/rss.xml`))).status).toBe(200);
    expect((await router.fetch(new Request(`${ORIGIN}/nowhere`))).status).toBe(404);
    expect(warn.mock.calls).toEqual(warnings.map((line) => [line]));
  });

  it("MEDIA and SCHEDULER in a newsroom", async () => {
    await open(without("SCHEDULER"), undefined, [], (dependencies) => ({
      ...openBundledContent(dependencies),
      addRoutes() {},
    }));
    expect(warn.mock.calls.flat()).toEqual([
      expect.stringMatching(
        /^wrangler\.toml has no binding SCHEDULER: .*, and stored stories are not compiled again\.$/,
      ),
      "wrangler.toml has no binding MEDIA: editors cannot upload pictures and other files.",
    ]);
  });
});

describe("a hub that is off", () => {
  const PATHS = ["/rss.xml", "/atom.xml", "/feed.json"];

  const feedsOf = async (bindings: Partial<Env>, hubs: readonly string[]): Promise<readonly string[]> => {
    const { router } = await open(bindings, undefined, hubs);
    const responses = await Promise.all(PATHS.map((path) => router.fetch(new Request(ORIGIN + path))));
    return Promise.all(responses.map(async (response) => response.headers.get("link") + (await response.text())));
  };

  it("is named by no feed, and answers nobody", async () => {
    for (const missing of ["HUB", "TOPICS", "DELIVERIES"] as const) {
      for (const feed of await feedsOf(without(missing), BUILT_IN))
        expect(feed).not.toMatch(/\/hub\b|<cloud|rel="hub"/);
      const { router } = await open({ ...without(missing), PUBLISH_TOKEN: TOKEN }, undefined, BUILT_IN);
      for (const path of ["/hub", "/rsscloud/pleaseNotify"])
        expect((await router.fetch(new Request(ORIGIN + path, { method: "POST" }))).status).toBe(404);
    }
    for (const feed of await feedsOf(ALL, BUILT_IN)) expect(feed).toContain(`${ORIGIN}/hub`);
  });

  it("leaves the hubs elsewhere in the feeds", async () => {
    for (const feed of await feedsOf(without("TOPICS"), [...BUILT_IN, ...ELSEWHERE])) {
      expect(feed).toContain("https://hub.example/");
      expect(feed).not.toContain(`${ORIGIN}/hub`);
    }
  });

  it("does not share the edge cache with one that is on, even without a version", async () => {
    const [on, off] = await Promise.all([
      open(without("VERSION"), undefined, BUILT_IN),
      open(without("VERSION", "HUB"), undefined, BUILT_IN),
    ]);
    expect(off.deployment).not.toBe(on.deployment);
    expect([on.namesHub, off.namesHub]).toEqual([true, true]);
  });
});
