import { waitUntil } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createWorker } from "../../src/app/create-worker.ts";
import type { Env } from "../../src/app/environment.ts";
import type { Hub } from "../../src/push/rpc.ts";
import { compileText, type Files, instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { assetsOf } from "../routes/support/serve.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const OWNER = "the-owners-token-in-all-of-the-tests";

const ENV: Env = { ASSETS: assetsOf({}), PUBLISH_TOKEN: OWNER };

afterEach(() => void vi.restoreAllMocks());

const hub: Hub = {
  admit: async () => "accepted",
  changed: async () => {},
  ping: async () => {},
  updateCounts: async () => {},
  status: async () => [],
  drop: async () => 0,
  replay: async () => 0,
};

/** The bindings of a worker with the hub. */
const HUB_ENV: Env = {
  ...ENV,
  HUB: { getByName: () => hub },
  TOPICS: {
    getByName: (): never => {
      throw new Error("no route calls a shard");
    },
  },
  DELIVERIES: { sendBatch: async () => ({ metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } }) },
};

const HUB_FILES: Files = { "site.yaml": site({ hubs: ["built-in"] }), "a.md": story("a") };

const openReadingWorker = async (files: Files = { "a.md": story("a") }) =>
  createWorker(await compileText(files), { now: () => NOW, waitUntil });

describe("the reading worker", () => {
  it('does not start with STORE = "d1", and says which main to set', async () => {
    const worker = await openReadingWorker();
    expect(() => worker.open({ ...ENV, STORE: "d1" })).toThrow(
      'STORE is `d1`, but src/worker.ts serves the stories of content/. Set main = "src/newsroom-worker.ts" under [env.newsroom]',
    );
  });

  it("starts without STORE", async () => {
    const worker = await openReadingWorker();
    expect(() => worker.open(ENV)).not.toThrow();
  });

  it("has no publish API, even for the owner, who may manage subscriptions", async () => {
    const worker = await openReadingWorker(HUB_FILES);
    const statusOf = async (method: string, path: string): Promise<number> => {
      const init = { method, headers: { authorization: `Bearer ${OWNER}`, "content-type": "text/markdown" } };
      const body = method === "PUT" ? { body: story("b") } : {};
      return (await worker.fetch(new Request(ORIGIN + path, { ...init, ...body }), HUB_ENV)).status;
    };
    expect(await statusOf("GET", "/api/subscriptions")).toBe(200);
    for (const path of ["/api/items", "/api/items/a", "/api/media", "/api/media/x.gif", "/api/log", "/api/editors"]) {
      for (const method of ["GET", "PUT", "DELETE"]) {
        expect({ method, path, status: await statusOf(method, path) }).toEqual({ method, path, status: 404 });
      }
    }
  });

  /** What a worker with this token answers to who sends it, twice, and what it logs. */
  const openWith = async (token: string) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const worker = await openReadingWorker(HUB_FILES);
    const statuses: number[] = [];
    for (const method of ["GET", "DELETE"]) {
      const request = new Request(`${ORIGIN}/api/subscriptions`, {
        method,
        headers: { authorization: `Bearer ${token}` },
      });
      statuses.push((await worker.fetch(request, { ...HUB_ENV, PUBLISH_TOKEN: token })).status);
    }
    return { statuses, lines: log.mock.calls.map((values) => values.join(" ")) };
  };

  it.each([
    ["shorter than 32 characters", "x".repeat(31), /^PUBLISH_TOKEN has fewer than 32 characters\./],
    ["that cannot be sent", `${"x".repeat(32)} y`, /^PUBLISH_TOKEN has characters that no bearer token has/],
  ])("has no API with a token %s, and the log says once why, without the token", async (_, token, reason) => {
    const { statuses, lines } = await openWith(token);
    expect(statuses).toEqual([404, 404]);
    expect(lines).toEqual([expect.stringMatching(reason)]);
    expect(lines.join()).not.toContain(token);
  });

  it("has an API with a token of 32 characters, and no API without one, and logs nothing", async () => {
    expect(await openWith("x".repeat(32))).toEqual({ statuses: [200, 400], lines: [] });
    expect(await openWith("")).toEqual({ statuses: [404, 404], lines: [] });
  });
});
