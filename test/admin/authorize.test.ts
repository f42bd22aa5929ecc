import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { authorize } from "../../src/admin/authorize.ts";
import { Unavailable } from "../../src/lib/with-timeout.ts";

const OWNER = "the-owners-token";

let log: MockInstance;

beforeEach(() => {
  log = vi.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** Asks with a token, while the database of editors says or does something. */
const ask = (token: string, editorByHash: () => Promise<undefined>, handle = async () => new Response("come in")) =>
  authorize(
    new Request("https://courier.example.org/api/subscriptions", { headers: { authorization: `Bearer ${token}` } }),
    { ownerToken: OWNER, editorByHash },
    handle,
  );

const failing = (error: Error) => () => Promise.reject(error);

const OUTAGES: readonly (readonly [string, Error])[] = [
  ["does not answer in time", new Unavailable("no answer within 2000 ms")],
  ["throws", new Error("D1_ERROR: network connection lost")],
];

describe("an editor's request", () => {
  it("is handled for whom the token belongs to, and for nobody else", async () => {
    expect(await (await ask(OWNER, async () => undefined)).text()).toBe("come in");
    expect((await ask("another-token", async () => undefined)).status).toBe(401);
  });

  it.each(OUTAGES)("gets a 503 and when to come again, where the database of editors %s", async (_, error) => {
    const response = await ask("another-token", failing(error));
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "10"]);
    expect(await response.text()).not.toContain(error.message);
    expect(log).toHaveBeenCalledWith(expect.any(String), error);
  });

  it.each(OUTAGES)("gets it too where that happens while it is handled: %s", async (_, error) => {
    expect((await ask(OWNER, async () => undefined, failing(error))).status).toBe(503);
  });

  it("does not hide a fault of our own", async () => {
    const fault = new TypeError("undefined is not a function");
    await expect(ask(OWNER, async () => undefined, failing(fault))).rejects.toBe(fault);
  });
});
