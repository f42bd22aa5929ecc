import { describe, expect, it } from "vitest";
import { isRole, ROLES, type Role, refuseUnless } from "../../src/admin/role.ts";

describe("a role", () => {
  // Each may do what those before it may.
  it.each<[Role, readonly Role[]]>([
    ["write", ["write"]],
    ["publish", ["write", "publish"]],
    ["withdraw", ["write", "publish", "withdraw"]],
    ["owner", ["write", "publish", "withdraw", "owner"]],
  ])("%s may do what %j may, and nothing else", (role, allowed) => {
    const editor = { name: "ann", role, tokenHash: "", isRevocable: true };
    expect(ROLES.filter((needed) => refuseUnless(needed, editor) === undefined)).toEqual(allowed);
  });

  it("that is too low is named beside the one that it takes", async () => {
    const response = refuseUnless("owner", { name: "ann", role: "write", tokenHash: "", isRevocable: true }, "That");
    expect(response?.status).toBe(403);
    expect(await response?.json()).toMatchObject({ detail: "That takes the role `owner`; yours is `write`." });
    const unnamed = refuseUnless("publish", { name: "ann", role: "write", tokenHash: "", isRevocable: true });
    expect(await unnamed?.json()).toMatchObject({ detail: "This takes the role `publish`; yours is `write`." });
  });

  it.each(["", "Owner", "owner ", "own", "length", "0"])("is not %j", (text) => expect(isRole(text)).toBe(false));

  it.each(ROLES)("is %s", (text) => expect(isRole(text)).toBe(true));
});
