import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Files, instant, ORIGIN, site, story } from "../../fixtures/publication.ts";
import { serveFiles } from "../support/serve.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const TOKEN = "a-token-of-acme-that-nobody-can-guess";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const partners = (contracts: Readonly<Record<string, object>>): string => JSON.stringify(contracts);

const ACME = { formats: ["rss", "json"], tokens: [{ sha256: sha256(TOKEN) }] };

const filesWith = (contract: object, stories: Files = {}): Files => ({
  "site.yaml": site({ sections: { world: "World" } }),
  "partners.yaml": partners({ acme: contract }),
  "a.md": story("a", { tags: ["film"], published: "2026-01-01T00:00:00Z" }),
  "b.md": story("b", { section: "world", published: "2026-01-02T00:00:00Z" }),
  ...stories,
});

const WITH_TOKEN = { headers: { authorization: `Bearer ${TOKEN}` } };

const slugsOf = async (response: Response): Promise<readonly string[]> => {
  const { items } = await response.json<{ items: readonly { url: string }[] }>();
  return items.map(({ url }) => url.replace(/.*\//, ""));
};

describe("a partner's feed", () => {
  it("has what the contract selects, for the partner alone", async () => {
    const served = await serveFiles(filesWith({ ...ACME, include: { tags: ["film"] } }), { now: NOW });
    const response = await served.fetch("/partners/acme/feed.json", WITH_TOKEN);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "cache-control": "private, no-cache",
      "cdn-cache-control": "no-store",
    });
    expect(await slugsOf(response)).toEqual(["a"]);
    expect((await served.fetch("/partners/acme/feed.json")).status).toBe(401);
  });

  it("answers 304 to whoever has it", async () => {
    const served = await serveFiles(filesWith(ACME), { now: NOW });
    const first = await served.fetch("/partners/acme/rss.xml", WITH_TOKEN);
    const headers = { ...WITH_TOKEN.headers, "if-none-match": first.headers.get("etag") ?? "" };
    const second = await served.fetch("/partners/acme/rss.xml", { headers });
    expect([second.status, second.headers.get("cache-control")]).toEqual([304, "private, no-cache"]);
  });

  it("is nowhere without any contract", async () => {
    const served = await serveFiles({ ...filesWith(ACME), "partners.yaml": "{}" }, { now: NOW });
    expect((await served.fetch("/partners/acme/rss.xml", WITH_TOKEN)).status).toBe(404);
    expect((await served.fetch("/partners/acme", { method: "POST" })).status).toBe(404);
  });

  it("tells a partner its own terms", async () => {
    const served = await serveFiles(filesWith(ACME), { now: NOW });
    const terms = await (await served.fetch("/partners/acme", WITH_TOKEN)).json();
    expect(terms).toMatchObject({
      partner: "acme",
      feeds: [
        { name: "rss", url: `${ORIGIN}/partners/acme/rss.xml` },
        { name: "json", url: `${ORIGIN}/partners/acme/feed.json` },
      ],
    });
  });

  it("has a story only after the contract's delay, and moves Last-Modified then", async () => {
    const files = filesWith({ ...ACME, delay: "15m" }, { "c.md": story("c", { published: "2026-03-01T11:50:00Z" }) });
    const served = await serveFiles(files, { now: NOW });
    const before = await served.fetch("/partners/acme/feed.json", WITH_TOKEN);
    expect(await slugsOf(before)).toEqual(["b", "a"]);
    served.clock.now = instant("2026-03-01T12:05:00Z");
    const after = await served.fetch("/partners/acme/feed.json", WITH_TOKEN);
    expect(after.headers.get("last-modified")).toBe("Sun, 01 Mar 2026 12:05:00 GMT");
    expect(await slugsOf(after)).toEqual(["c", "b", "a"]);
  });
});
