import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { authorize } from "../../src/admin/authorize.ts";
import { sha256 } from "../../src/lib/sha256.ts";
import { TokenRevoked } from "../../src/lib/token-revoked.ts";
import { Unavailable } from "../../src/lib/with-timeout.ts";

const OWNER = "the-owners-token";

let log: MockInstance;

beforeEach(() => {
  log = vi.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => {
  vi.restoreAllMocks();
});

/**
 * Sends a request with a token; `findEditor` and `handle` are what the database and the handler do, `mayMiss` what the
 * limit for bad tokens says.
 */
const sendRequest = (
  token: string,
  findEditor: () => Promise<undefined>,
  handle = async () => new Response("handled"),
  mayMiss = true,
) =>
  authorize(
    new Request("https://courier.example.org/api/subscriptions", { headers: { authorization: `Bearer ${token}` } }),
    { ownerTokenHash: sha256(OWNER), findEditor, mayMiss: async () => mayMiss },
    handle,
  );

const failing = (error: Error) => () => Promise.reject(error);

const OUTAGES: readonly (readonly [string, Error])[] = [
  ["does not answer in time", new Unavailable("no answer within 2000 ms")],
  ["throws", new Error("D1_ERROR: network connection lost")],
];

describe("an editor's request", () => {
  it("is handled if its token is valid, and refused (401) otherwise", async () => {
    expect(await (await sendRequest(OWNER, async () => undefined)).text()).toBe("handled");
    expect((await sendRequest("another-token", async () => undefined)).status).toBe(401);
  });

  it("is answered 429 if its token is bad and its sender has tried too many, and handled if it is good", async () => {
    const refused = await sendRequest("another-token", async () => undefined, undefined, false);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    expect((await sendRequest(OWNER, async () => undefined, undefined, false)).status).toBe(200);
  });

  it.each(OUTAGES)(
    "is answered 503 with Retry-After if the database %s while the editor is looked up",
    async (_, error) => {
      const response = await sendRequest("another-token", failing(error));
      expect([response.status, response.headers.get("retry-after")]).toEqual([503, "10"]);
      expect(await response.text()).not.toContain(error.message);
      expect(log).toHaveBeenCalledWith(expect.any(String), error);
    },
  );

  it.each(OUTAGES)("is answered 503 if the database %s while the request is handled", async (_, error) => {
    expect((await sendRequest(OWNER, async () => undefined, failing(error))).status).toBe(503);
  });

  it("is refused (401) if its token was revoked while it was handled", async () => {
    const response = await sendRequest(OWNER, async () => undefined, failing(new TokenRevoked()));
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([
      401,
      'Bearer realm="newsroom", error="invalid_token"',
    ]);
    expect(log).not.toHaveBeenCalled();
  });

  it("rejects with any other error", async () => {
    const bug = new TypeError("undefined is not a function");
    await expect(sendRequest(OWNER, async () => undefined, failing(bug))).rejects.toBe(bug);
  });
});
