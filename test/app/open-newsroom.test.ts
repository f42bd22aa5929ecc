import { waitUntil } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createWorker } from "../../src/app/create-worker.ts";
import { openNewsroom } from "../../src/app/open-newsroom.ts";
import { compileText, instant } from "../fixtures/publication.ts";
import { assetsOf } from "../routes/support/serve.ts";

const NOW = instant("2026-03-01T12:00:00Z");

const openNewsroomWorker = async () => createWorker(await compileText({}), { now: () => NOW, waitUntil }, openNewsroom);

describe("the newsroom's worker", () => {
  it.each(["bundled", "D1", ""])(
    "does not start with STORE = %j, and says which STORE or main to set",
    async (STORE) => {
      const worker = await openNewsroomWorker();
      expect(() => worker.open({ ASSETS: assetsOf({}), STORE })).toThrow(
        `STORE is \`${STORE}\`, but src/newsroom-worker.ts serves the stories of D1. Set STORE = "d1", or main = "src/worker.ts", in wrangler.toml.`,
      );
    },
  );

  it.each([{ STORE: "d1" }, {}])("does not start with %j but no database", async (variables) => {
    const worker = await openNewsroomWorker();
    expect(() => worker.open({ ASSETS: assetsOf({}), ...variables })).toThrow(
      "The newsroom has no database: bind one as DB in wrangler.toml.",
    );
  });
});
