import { describe, expect, it } from "vitest";
import { isOutage } from "../../src/lib/is-outage.ts";
import { Unavailable } from "../../src/lib/with-timeout.ts";

describe("an outage", () => {
  it.each([
    "D1_ERROR: Network connection lost.",
    "D1_ERROR: D1 DB reset because its code was updated.",
    "D1_ERROR: Internal error while starting up D1 DB storage caused object to be reset.",
    "D1_ERROR: Internal error in D1 DB storage caused object to be reset.",
    "D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.",
    "D1_ERROR: Cannot resolve D1 DB due to transient issue on remote node.",
    "D1_ERROR: Replica disconnected from primary.",
    "D1_ERROR: Can't read from request stream because client disconnected.",
    "D1_ERROR: D1 DB is overloaded. Requests queued for too long.",
    "D1_ERROR: D1 DB is overloaded. Too many requests queued.",
    "D1_ERROR: D1 DB's isolate exceeded its memory limit and was reset.",
    "D1_ERROR: D1 DB exceeded its CPU time limit and was reset.",
    "D1_ERROR: Currently processing a long-running export.",
    "D1_ERROR: database is locked: SQLITE_BUSY",
    "internal error; reference = 0123456789abcdef",
    "Durable Object is overloaded. Requests queued for too long.",
    "Durable Object reset because its code was updated.",
    "Your account is generating too much load on Durable Objects. Please back off and try again later.",
  ])("is: %s", (message) => {
    expect(isOutage(new Error(message))).toBe(true);
  });

  it("is that a service did not answer in time", () => {
    expect(isOutage(new Unavailable("no answer within 2000 ms"))).toBe(true);
  });

  it.each([
    "D1_ERROR: no such table: stories: SQLITE_ERROR",
    'D1_ERROR: near "SELEC": syntax error at offset 0: SQLITE_ERROR',
    "D1_ERROR: UNIQUE constraint failed: editors.token_hash: SQLITE_CONSTRAINT",
    "D1_ERROR: NOT NULL constraint failed: stories.item: SQLITE_CONSTRAINT",
    "D1_ERROR: CHECK constraint failed: role IN ('write'): SQLITE_CONSTRAINT",
    "D1_ERROR: string or blob too big: SQLITE_TOOBIG",
    "D1_ERROR: Exceeded maximum DB size.",
    "D1_ERROR: Wrong number of parameter bindings for SQL query.",
    "D1_TYPE_ERROR: Type 'undefined' not supported for value 'undefined'",
    "Too many API requests by single worker invocation.",
    "undefined is not a function",
    "",
  ])("is not: %s", (message) => {
    expect(isOutage(new Error(message))).toBe(false);
  });

  it.each([undefined, null, "network connection lost", { message: "Network connection lost." }])(
    "is no thrown value that is not an Error: %j",
    (value) => {
      expect(isOutage(value)).toBe(false);
    },
  );
});
