import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tokenOf } from "../../src/partners/credentials.ts";

const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;

describe("the token of a request", () => {
  it.each<[string, string, string | undefined]>([
    ["a bearer token", "Bearer abc", "abc"],
    ["all characters of RFC 6750", "Bearer aZ09-._~+/==", "aZ09-._~+/=="],
    ["another character", "Bearer ab:c", undefined],
    ["a padding in the middle", "Bearer a=b", undefined],
    ["512 characters", `Bearer ${"x".repeat(512)}`, "x".repeat(512)],
    ["513 characters", `Bearer ${"x".repeat(513)}`, undefined],
    ["the password of Basic", basic("user:abc"), "abc"],
    ["a password with colons", basic("user:a:b:"), "a:b:"],
    ["a password of UTF-8", basic("jörg:schlüssel"), "schlüssel"],
    ["an empty password", basic("user:"), ""],
    ["no password", basic("user"), undefined],
    ["no base64", "Basic ????", undefined],
    ["base64 without its padding", `Basic ${btoa("u:abc").replace(/=+$/, "")}`, "abc"],
    ["another scheme", "Negotiate abc", undefined],
    ["nothing", "", undefined],
  ])("%s", (_, authorization, token) => {
    expect(tokenOf(new Headers({ authorization }), undefined)).toBe(token);
  });

  it("comes in the contract's own header, if there is no Authorization", () => {
    expect(tokenOf(new Headers({ "x-key": "abc" }), "x-key")).toBe("abc");
    expect(tokenOf(new Headers({ "x-key": "abc" }), undefined)).toBeUndefined();
    expect(tokenOf(new Headers({ "x-key": "abc", authorization: "Bearer def" }), "x-key")).toBe("def");
    expect(tokenOf(new Headers({ "x-key": "abc", authorization: "def" }), "x-key")).toBeUndefined();
    expect(tokenOf(new Headers({ "x-key": "x".repeat(512) }), "x-key")).toBe("x".repeat(512));
    expect(tokenOf(new Headers({ "x-key": "x".repeat(513) }), "x-key")).toBeUndefined();
    expect(tokenOf(new Headers({ "x-key": "" }), "x-key")).toBeUndefined();
    expect(tokenOf(new Headers(), "x-key")).toBeUndefined();
  });

  it("is the one that was encoded, in both schemes", () => {
    const token = fc.stringMatching(/^[\w-]{1,100}$/);
    fc.assert(
      fc.property(token, fc.stringMatching(/^[^:]*$/), (sent, user) => {
        expect(tokenOf(new Headers({ authorization: `Bearer ${sent}` }), undefined)).toBe(sent);
        expect(tokenOf(new Headers({ authorization: basic(`${user.toWellFormed()}:${sent}`) }), undefined)).toBe(sent);
      }),
    );
  });
});
