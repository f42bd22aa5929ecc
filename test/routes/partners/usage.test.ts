import { waitUntil } from "cloudflare:workers";
import { createHash } from "node:crypto";
import { expect, it, vi } from "vitest";
import { createWorker } from "../../../src/app/create-worker.ts";
import type { UsageBatch } from "../../../src/usage/usage.ts";
import { compileText, ORIGIN, site, story } from "../../fixtures/publication.ts";
import { assetsOf } from "../support/serve.ts";

const NOW = Date.UTC(2026, 2, 1, 12);
const TOKEN = "a-token-of-acme-that-nobody-can-guess";
const OWNER = "the-owners-token-in-all-of-the-tests";

it("what a partner takes is counted, with the bytes that were sent, and the API tells it", async () => {
  const publication = await compileText({
    "site.yaml": site({}),
    "partners.yaml": JSON.stringify({
      acme: { formats: ["rss"], tokens: [{ sha256: createHash("sha256").update(TOKEN).digest("hex") }] },
    }),
    "a.md": story("a", { published: "2026-01-01T00:00:00Z" }),
    "b.md": story("b", { published: "2026-01-02T00:00:00Z" }),
  });
  const batches: UsageBatch[] = [];
  const read: string[] = [];
  const usage = {
    add: async (batch: UsageBatch) => void batches.push(batch),
    async read(partner: string, from?: string) {
      read.push(`${partner} ${from}`);
      return { days: [] };
    },
  };
  const work: Promise<unknown>[] = [];
  const platform = {
    now: () => NOW,
    waitUntil(promise: Promise<unknown>) {
      work.push(promise);
      waitUntil(promise);
    },
  };
  const worker = createWorker(publication, platform);
  const env = { ASSETS: assetsOf({}), PUBLISH_TOKEN: OWNER, USAGE: { getByName: () => usage } };
  const ask = (path: string, headers: Record<string, string>, method = "GET") =>
    worker.fetch(new Request(ORIGIN + path, { method, headers }), env);
  const asPartner = { authorization: `Bearer ${TOKEN}` };
  // A batch is sent after ten seconds, which nobody needs to wait for.
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const first = await ask("/partners/acme/rss.xml", asPartner);
  const { byteLength } = await first.arrayBuffer();
  await ask("/partners/acme/rss.xml", { ...asPartner, "if-none-match": first.headers.get("etag") ?? "" });
  await ask("/partners/acme/rss.xml", asPartner, "HEAD");
  await ask("/partners/acme/rss.xml", { authorization: "Bearer wrong" });
  await vi.runAllTimersAsync();
  vi.useRealTimers();
  await Promise.all(work);
  expect(batches.flatMap(({ rows }) => rows)).toEqual([
    {
      ...{ day: "2026-03-01", partner: "acme", file: "rss.xml" },
      ...{ requests: 3, notModified: 1, deltas: 0, bytes: byteLength, stories: 2 },
    },
  ]);
  const asOwner = { authorization: `Bearer ${OWNER}` };
  const answer = await ask("/api/partners/acme/usage?from=2026-02-01", asOwner);
  expect([answer.status, await answer.json(), read]).toEqual([200, { days: [] }, ["acme 2026-02-01"]]);
  expect((await ask("/api/partners/nobody/usage", asOwner)).status).toBe(404);
  expect((await ask("/api/partners/acme/usage", {})).status).toBe(401);
  expect((await ask("/api/partners/acme/usage?from=yesterday", asOwner)).status).toBe(400);
});
