import { describe, expect, it } from "vitest";
import { authenticate } from "../../src/admin/authenticate.ts";
import { sha256 } from "../../src/lib/sha256.ts";

const OWNER = "the-token.of_the~owner+1/2";
const EDITOR = "the-token-of-an-editor==";

const editors: Readonly<Record<string, { readonly name: string; readonly role: string }>> = {
  [sha256(EDITOR)]: { name: "ann", role: "publish" },
  [sha256("former")]: { name: "bob", role: "editor" },
};

const authenticator = {
  ownerTokenHash: sha256(OWNER),
  findEditor: async (tokenHash: string) => editors[tokenHash],
  mayMiss: async () => true,
};

const authenticateWith = (authorization?: string) =>
  authenticate(
    new Request("https://courier.example/api/items", authorization === undefined ? {} : { headers: { authorization } }),
    authenticator,
  );

const owner = { name: "owner", role: "owner", tokenHash: sha256(OWNER), isRevocable: false };
const ann = { name: "ann", role: "publish", tokenHash: sha256(EDITOR), isRevocable: true };

describe("the sender of a request", () => {
  it.each([
    ["the owner, by the owner's token", `Bearer ${OWNER}`, owner],
    ["the owner, whatever the case of the scheme", `bEARER ${OWNER}`, owner],
    ["the owner, with more spaces", `Bearer   ${OWNER}  `, owner],
    ["an editor", `Bearer ${EDITOR}`, ann],
  ])("is %s", async (_, header, editor) => expect(await authenticateWith(header)).toEqual(editor));

  const REALM = 'Bearer realm="newsroom"';
  it.each<[string, string | undefined, string, string]>([
    ["has no token", undefined, REALM, "Send a token: `Authorization: Bearer …`."],
    ["uses another scheme", `Basic ${OWNER}`, `${REALM}, error="invalid_request"`, "This is no bearer token."],
    ["puts something before the scheme", `x Bearer ${OWNER}`, `${REALM}, error="invalid_request"`, "This is no"],
    ["sends a scheme alone", "Bearer", `${REALM}, error="invalid_request"`, "This is no bearer token."],
    ["leaves out the space", `Bearer${OWNER}`, `${REALM}, error="invalid_request"`, "This is no bearer token."],
    ["sends two tokens", `Bearer ${OWNER}, ${OWNER}`, `${REALM}, error="invalid_request"`, "This is no bearer token."],
    ["sends 513 characters", `Bearer ${"x".repeat(513)}`, `${REALM}, error="invalid_request"`, "This is no"],
    ["sends 512 that nobody has", `Bearer ${"x".repeat(512)}`, `${REALM}, error="invalid_token"`, "Nobody has this"],
    ["adds to a token", `Bearer ${OWNER}3`, `${REALM}, error="invalid_token"`, "Nobody has this token"],
    ["writes it in capitals", `Bearer ${OWNER.toUpperCase()}`, `${REALM}, error="invalid_token"`, "Nobody has this"],
    ["has a role of another version", "Bearer former", `${REALM}, error="invalid_token"`, "Nobody has this token"],
  ])("that %s is refused", async (_, header, challenge, detail) => {
    const refusal = await authenticateWith(header);
    if (!(refusal instanceof Response)) throw new Error("it was not refused");
    expect([refusal.status, refusal.headers.get("www-authenticate")]).toEqual([401, challenge]);
    expect(await refusal.text()).toContain(detail);
  });
});
