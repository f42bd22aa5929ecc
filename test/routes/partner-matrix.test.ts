import { describe, expect, it } from "vitest";
import { CELLS, CONTRACTS, filesWith, NOW, wholeOf } from "./support/partner-states.ts";
import { type ServedSite, serveFiles } from "./support/serve.ts";

// The contracts of content/. In D1: test/newsroom/partner-matrix.test.ts.

const { revoked: _, ...OTHERS } = CONTRACTS;

describe("a request to a partner's address, by state, scheme and route", async () => {
  const served: ServedSite = await serveFiles(filesWith(OTHERS), { now: NOW });

  it("is one of three hundred", () => {
    expect(CELLS).toHaveLength(300);
  });

  it.each(CELLS)("$cell: $status", async ({ path, headers, status }) => {
    for (const method of ["GET", "HEAD"])
      expect([method, (await served.fetch(path, { method, headers })).status]).toEqual([method, status]);
  });

  it("is refused with the same bytes, whatever is wrong", async () => {
    const refused = CELLS.filter(({ status }) => status === 401);
    const responses = await Promise.all(
      refused.map(async ({ path, headers }) => wholeOf(await served.fetch(path, { headers }))),
    );
    expect(responses.length).toBeGreaterThan(200);
    for (const response of responses) expect(response).toEqual(responses[0]);
    expect(Object.fromEntries(responses[0]?.headers ?? [])).toMatchObject({
      "www-authenticate": 'Bearer realm="partners", Basic realm="partners", charset="UTF-8"',
      "cache-control": "private, no-store",
    });
  });
});

describe("a contract that was revoked in content/", () => {
  it("opens until the next deployment, and nothing after it", async () => {
    const headers = { authorization: "Bearer token-of-revoked" };
    const before = await serveFiles(filesWith(CONTRACTS), { now: NOW });
    expect((await before.fetch("/partners/revoked/rss.xml", { headers })).status).toBe(200);
    const after = await serveFiles(filesWith(OTHERS), { now: NOW });
    expect((await after.fetch("/partners/revoked/rss.xml", { headers })).status).toBe(401);
  });
});

describe("an open contract", async () => {
  const open = { open: true, formats: ["rss"] };
  const served = await serveFiles(
    filesWith({ open, closed: { ...open, enabled: false }, over: { ...open, expires: "2026-03-01T12:00:00Z" } }),
    { now: NOW },
  );

  it.each([
    ["/partners/open/rss.xml", 200],
    ["/partners/open/atom.xml", 404],
    ["/partners/open", 401],
    ["/partners/closed/rss.xml", 403],
    ["/partners/closed", 401],
    ["/partners/over/rss.xml", 403],
    ["/partners/over", 401],
  ])("asks for no token at its feeds, and lets nobody read its terms: %s %i", async (path, status) => {
    for (const headers of [{}, { authorization: "Bearer anything" }, { authorization: "Basic Og==" }])
      expect((await served.fetch(path, { headers })).status).toBe(status);
  });
});
