import { waitUntil } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createWorker } from "../../src/app/create-worker.ts";
import type { Env } from "../../src/app/environment.ts";
import type { Hub } from "../../src/push/rpc.ts";
import { compileText, type Files, instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { assetsOf } from "../routes/support/serve.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const OWNER = "owner-token-of-the-tests";

const ENV: Env = { ASSETS: assetsOf({}), PUBLISH_TOKEN: OWNER };

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
    const worker = await openReadingWorker({ "site.yaml": site({ hubs: ["built-in"] }), "a.md": story("a") });
    const hub: Hub = {
      admit: async () => "accepted",
      changed: async () => {},
      ping: async () => {},
      updateCounts: async () => {},
      status: async () => [],
      drop: async () => 0,
      replay: async () => 0,
    };
    const env: Env = {
      ...ENV,
      HUB: { getByName: () => hub },
      TOPICS: {
        getByName: (): never => {
          throw new Error("no route calls a shard");
        },
      },
      DELIVERIES: { sendBatch: async () => ({ metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } }) },
    };
    const statusOf = async (method: string, path: string): Promise<number> => {
      const init = { method, headers: { authorization: `Bearer ${OWNER}`, "content-type": "text/markdown" } };
      const body = method === "PUT" ? { body: story("b") } : {};
      return (await worker.fetch(new Request(ORIGIN + path, { ...init, ...body }), env)).status;
    };
    expect(await statusOf("GET", "/api/subscriptions")).toBe(200);
    for (const path of ["/api/items", "/api/items/a", "/api/media", "/api/media/x.gif", "/api/log", "/api/editors"]) {
      for (const method of ["GET", "PUT", "DELETE"]) {
        expect({ method, path, status: await statusOf(method, path) }).toEqual({ method, path, status: 404 });
      }
    }
  });
});
