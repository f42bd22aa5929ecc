import { beforeAll, describe, expect, it } from "vitest";
import { site, story } from "../fixtures/publication.ts";
import { CELLS, CONTRACTS, NOW, wholeOf } from "../routes/support/partner-states.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

// The contracts of D1. In content/: test/routes/partner-matrix.test.ts.

const files = { "site.yaml": site({ sections: { world: "World" } }) };

/** The isolate that wrote the contracts, one that knew that of `revoked`, and one that was opened afterwards. */
const isolates = new Map<string, NewsroomWorker>();

beforeAll(async () => {
  const database = await createEmptyDatabase();
  const open = () => openNewsroomWorker({ now: NOW, database, files });
  const writer = await open();
  await writer.put("a", story("a"));
  for (const [name, contract] of Object.entries(CONTRACTS))
    expect((await writer.api("PUT", `/api/partners/${name}`, { body: JSON.stringify(contract) })).status).toBe(201);
  const other = await open();
  const headers = { authorization: "Bearer token-of-revoked" };
  for (const isolate of [writer, other])
    expect((await isolate.fetch("/partners/revoked/rss.xml", { headers })).status).toBe(200);
  expect((await writer.api("DELETE", "/api/partners/revoked")).status).toBe(204);
  isolates
    .set("writer", writer)
    .set("other", other)
    .set("later", await open());
});

describe.each(["writer", "other", "later"])("a request to a partner's address, in the isolate %s", (name) => {
  it.each(CELLS)("$cell: $status", async ({ path, headers, status }) => {
    expect((await isolates.get(name)?.fetch(path, { headers }))?.status).toBe(status);
  });

  it("is refused with the same bytes, whatever is wrong", async () => {
    const responses = [];
    for (const { path, headers } of CELLS.filter(({ status }) => status === 401)) {
      const response = await isolates.get(name)?.fetch(path, { headers });
      if (response !== undefined) responses.push(await wholeOf(response));
    }
    expect(responses.length).toBeGreaterThan(200);
    for (const response of responses) expect(response).toEqual(responses[0]);
  });
});
