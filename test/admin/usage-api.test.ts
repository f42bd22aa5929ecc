import { describe, expect, it } from "vitest";
import type { Editor, Role } from "../../src/admin/role.ts";
import { getUsage, type UsageSources } from "../../src/admin/usage-api.ts";
import { Unavailable } from "../../src/lib/with-timeout.ts";

const DAY = {
  ...{ day: "2026-03-01", file: "rss.xml" },
  ...{ requests: 3, notModified: 1, deltas: 1, bytes: 900, stories: 2 },
};

const editor = (role: Role): Editor => ({ name: "ann", role, tokenHash: "", isRevocable: true });

const get = (query = "", more: Partial<UsageSources> = {}, role: Role = "publish"): Promise<Response> =>
  getUsage(new Request(`https://courier.example/api/partners/acme/usage${query}`), "acme", editor(role), {
    usage: { read: async (_, from = "") => ({ days: [DAY].filter(({ day }) => day >= from) }) },
    isPartner: async (name) => name === "acme",
    ...more,
  });

describe("what a partner took", () => {
  it("is told by day and file, from a day on if one is named", async () => {
    const response = await get();
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "private, no-store"]);
    expect(await response.json()).toEqual({ days: [DAY] });
    expect(await (await get("?from=2026-03-02")).json()).toEqual({ days: [] });
  });

  it.each<[string, number, Partial<UsageSources>, string, Role?]>([
    ["a role below publish", 403, {}, "", "write"],
    ["no binding", 404, { usage: undefined }, ""],
    ["a name without a contract", 404, { isPartner: async () => false }, ""],
    ["a day that is none", 400, {}, "?from=yesterday"],
    ["an empty day", 400, {}, "?from="],
  ])("is not told: %s (%i)", async (_, status, more, query, role) => {
    const response = await get(query, more, role);
    expect([response.status, response.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
  });

  it("is unavailable while the object fails, whatever it says", async () => {
    const read = async (): Promise<never> => {
      throw new Error("Usage holds data of version 99");
    };
    await expect(get("", { usage: { read } })).rejects.toThrow(Unavailable);
  });
});
