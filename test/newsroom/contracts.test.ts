import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { site, story } from "../fixtures/publication.ts";
import { createLimits } from "../routes/support/limits.ts";
import { hashOf, NOW, VALID_TOKEN, WRONG_TOKEN } from "../routes/support/partner-states.ts";
import { type CountingDatabase, countRows, NO_ROWS } from "./count-rows.ts";
import { createFailingDatabase } from "./failing-database.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

// What a partner may, by the contracts of D1, and what it costs to find out.

const FEED = "/partners/acme/rss.xml";
const ACME = { formats: ["rss", "json"], tokens: [{ sha256: hashOf(VALID_TOKEN) }] };

let counted: CountingDatabase;

const open = (more: Partial<Parameters<typeof openNewsroomWorker>[0]> = {}): Promise<NewsroomWorker> =>
  openNewsroomWorker({
    ...{ now: NOW, database: counted.database, files: { "site.yaml": site({ sections: { world: "World" } }) } },
    ...more,
  });

beforeEach(async () => {
  counted = countRows(await createEmptyDatabase());
});

const putContract = async ({ api }: NewsroomWorker, contract: object, name = "acme"): Promise<void> => {
  expect((await api("PUT", `/api/partners/${name}`, { body: JSON.stringify(contract) })).ok).toBe(true);
};

const get = ({ fetch }: NewsroomWorker, path = FEED, token = VALID_TOKEN, address = "192.0.2.1"): Promise<Response> =>
  fetch(path, { headers: { authorization: `Bearer ${token}`, "cf-connecting-ip": address } });

const statusOf = async (...request: Parameters<typeof get>): Promise<number> => (await get(...request)).status;

/** An isolate that wrote the contract, and another one that has it in memory. */
const openTwo = async (): Promise<readonly [NewsroomWorker, NewsroomWorker]> => {
  const writer = await open();
  await writer.put("a", story("a"));
  await putContract(writer, ACME);
  await putContract(writer, ACME, "another");
  const other = await open();
  for (const isolate of [writer, other]) expect(await statusOf(isolate)).toBe(200);
  return [writer, other];
};

describe("a change of a contract", () => {
  it.each<[string, (one: NewsroomWorker) => Promise<unknown>, number]>([
    ["revoked", ({ api }) => api("DELETE", "/api/partners/acme"), 401],
    ["disabled", (one) => putContract(one, { ...ACME, enabled: false }), 403],
    ["made to end", (one) => putContract(one, { ...ACME, expires: "2026-03-01T12:00:00Z" }), 403],
    ["given other tokens", (one) => putContract(one, { ...ACME, tokens: [{ sha256: hashOf("other") }] }), 401],
    [
      "given an end of its token",
      (one) => putContract(one, { ...ACME, tokens: [{ ...ACME.tokens[0], until: "2026-03-01T12:00:00Z" }] }),
      401,
    ],
    ["bound to a network", (one) => putContract(one, { ...ACME, networks: ["198.51.100.0/24"] }), 401],
    ["left without the format", (one) => putContract(one, { ...ACME, formats: ["json"] }), 404],
  ])(
    "counts from the next request on, also in an isolate that has another one in memory: %s",
    async (_, change, status) => {
      const [writer, other] = await openTwo();
      await change(writer);
      expect(await statusOf(other)).toBe(status);
      expect(await statusOf(writer)).toBe(status);
      other.clock.now += 3000;
      expect(await statusOf(other)).toBe(status);
    },
  );

  it("that lets a partner in is known to other isolates within REVISION_SECONDS", async () => {
    const [writer, other] = await openTwo();
    await putContract(writer, { ...ACME, tokens: [...ACME.tokens, { sha256: hashOf("new") }] });
    expect(await statusOf(writer, FEED, "new")).toBe(200);
    other.clock.now += 3000;
    expect(await statusOf(other, FEED, "new")).toBe(200);
    await putContract(writer, { ...ACME, enabled: false });
    expect(await statusOf(other)).toBe(403);
    await putContract(writer, ACME);
    expect(await statusOf(other)).toBe(200);
  });

  it("that revokes a contract and makes another one of that name lets the former token in nowhere", async () => {
    const [writer, other] = await openTwo();
    await writer.api("DELETE", "/api/partners/acme");
    await putContract(writer, { ...ACME, tokens: [{ sha256: hashOf("new") }] });
    for (const isolate of [writer, other]) expect(await statusOf(isolate)).toBe(401);
  });

  it("by which there is the first one, or none any more, makes /partners/ appear and disappear", async () => {
    const writer = await open();
    await writer.put("a", story("a"));
    expect(await statusOf(writer)).toBe(404);
    await putContract(writer, ACME);
    expect(await statusOf(writer)).toBe(200);
    expect(await statusOf(writer, "/partners/nobody")).toBe(401);
    await writer.api("DELETE", "/api/partners/acme");
    expect(await statusOf(writer)).toBe(404);
  });

  it("counts for the tokens and the end that it states, to the second", async () => {
    const writer = await open();
    await writer.put("a", story("a"));
    const tokens = [{ sha256: hashOf("new") }, { sha256: hashOf("old"), until: "2026-03-01T12:00:10Z" }];
    await putContract(writer, { ...ACME, tokens, expires: "2026-03-01T12:00:20Z" });
    const statuses = [];
    for (const seconds of [0, 9, 10, 19, 20]) {
      writer.clock.now = NOW + 1000 * seconds;
      statuses.push([seconds, await statusOf(writer, FEED, "old"), await statusOf(writer, FEED, "new")]);
    }
    expect(statuses).toEqual([
      [0, 200, 200],
      [9, 200, 200],
      [10, 401, 200],
      [19, 401, 200],
      [20, 401, 403],
    ]);
  });
});

describe("the rows of a request", () => {
  it("are one for the contract, if all else is in memory, with a thousand contracts as with one", async () => {
    const writer = await open();
    await writer.put("a", story("a"));
    await putContract(writer, ACME);
    for (const count of [1, 1000]) {
      await counted.database
        .prepare(
          `INSERT OR IGNORE INTO partners (name, contract, selection, version) WITH RECURSIVE n (i) AS
            (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
            SELECT 'partner-' || i, json_set(contract, '$.name', 'partner-' || i), NULL, 0 FROM n, partners WHERE name = 'acme'`,
        )
        .bind(count)
        .run();
      const isolate = await open();
      const first = await get(isolate);
      counted.take();
      expect(await statusOf(isolate)).toBe(200);
      expect({ count, ...counted.take() }).toEqual({ count, read: 1, written: 0, statements: 1 });
      const { fetch } = isolate;
      const headers = { authorization: `Bearer ${VALID_TOKEN}`, "if-none-match": first.headers.get("etag") ?? "" };
      expect((await fetch(FEED, { headers })).status).toBe(304);
      expect({ count, ...counted.take() }).toEqual({ count, read: 1, written: 0, statements: 1 });
    }
    const { results } = await counted.database
      .prepare("EXPLAIN QUERY PLAN SELECT contract, version FROM partners WHERE name = ?1")
      .bind("acme")
      .all<{ detail: string }>();
    expect(results.map(({ detail }) => detail)).toEqual([expect.stringMatching(/^SEARCH partners USING PRIMARY KEY/)]);
  });

  it("are none without a right token, however many there are, nor beyond the limits", async () => {
    const limits = createLimits();
    const writer = await open();
    await writer.put("a", story("a"));
    await putContract(writer, { ...ACME, networks: ["192.0.2.0/24"] });
    await putContract(writer, { open: true, formats: ["rss"] }, "open");
    const isolate = await open({ bindings: limits });
    await get(isolate);
    counted.take();
    const statuses = new Map<number, number>();
    for (let count = 0; count < 1000; count++) {
      const [path = "", token, address] =
        [
          [FEED, `${WRONG_TOKEN}-${count}`, "192.0.2.1"],
          [FEED, "", "192.0.2.1"],
          [`/partners/nobody-${count}/rss.xml`, VALID_TOKEN, "192.0.2.1"],
          [FEED, VALID_TOKEN, "198.51.100.1"],
          ["/partners/open", VALID_TOKEN, "192.0.2.1"],
        ][count % 5] ?? [];
      const status = await statusOf(isolate, path, token, address);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(Object.fromEntries(statuses)).toEqual({ 401: 120, 429: 880 });
    expect(counted.take()).toEqual(NO_ROWS);
    // Nobody used up what the partner may ask for; and beyond that, the database is not asked either.
    for (let count = 1; count < 20; count++) expect(await statusOf(isolate)).toBe(200);
    counted.take();
    for (let count = 0; count < 10; count++) expect(await statusOf(isolate)).toBe(429);
    expect(counted.take()).toEqual(NO_ROWS);
  });
});

describe("with more contracts than an isolate has in memory", () => {
  it("all hold", async () => {
    const writer = await open();
    await writer.put("a", story("a"));
    await putContract(writer, ACME);
    await counted.database
      .prepare(
        `INSERT INTO partners (name, contract, selection, version) WITH RECURSIVE n (i) AS
          (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
          SELECT 'partner-' || i, json_set(contract, '$.name', 'partner-' || i), NULL, 0 FROM n, partners WHERE name = 'acme'`,
      )
      .run();
    const isolate = await open();
    expect(await statusOf(isolate)).toBe(200);
    expect(await statusOf(isolate, "/partners/partner-5000/rss.xml")).toBe(200);
    expect(await statusOf(isolate, FEED, WRONG_TOKEN)).toBe(401);
    expect(await statusOf(isolate, "/partners/nobody/rss.xml")).toBe(401);
  });
});

describe("while the database does not answer", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each(["throws", "hangs"] as const)(
    "a partner gets a 503, and whoever is none still a 401: it %s",
    async (mode) => {
      const log = vi.spyOn(console, "error").mockImplementation(() => {});
      const writer = await open();
      await writer.put("a", story("a"));
      await putContract(writer, ACME);
      const failing = createFailingDatabase(counted.database);
      const isolate = await open({ database: failing.database });
      expect(await statusOf(isolate)).toBe(200);
      failing.state.mode = mode;
      for (const later of [0, 60_000]) {
        isolate.clock.now = NOW + later;
        for (const path of [FEED, "/partners/acme", "/partners//acme/"]) {
          const response = await get(isolate, path);
          if (response.status === 301) continue;
          expect([path, response.status, response.headers.get("retry-after")]).toEqual([path, 503, "10"]);
          expect(await response.text()).not.toMatch(/D1|token|acme/);
        }
        expect(await statusOf(isolate, FEED, WRONG_TOKEN)).toBe(401);
      }
      expect(JSON.stringify(log.mock.calls.map((values) => values.map(String)))).not.toContain(VALID_TOKEN);
    },
  );

  it.each(["throws", "hangs"] as const)("an isolate that never asked it answers 503: it %s", async (mode) => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const failing = createFailingDatabase(counted.database);
    const isolate = await open({ database: failing.database });
    failing.state.mode = mode;
    for (const token of [VALID_TOKEN, WRONG_TOKEN]) {
      const response = await get(isolate, FEED, token);
      expect([response.status, response.headers.get("retry-after")]).toEqual([503, "10"]);
    }
  });
});
