import { describe, expect, it } from "vitest";
import { normalizePath } from "../../src/model/address.ts";

describe("the one spelling of a path", () => {
  it.each([
    ["/", "/"],
    ["//", "/"],
    ["////", "/"],
    ["/a", "/a"],
    ["/a/", "/a"],
    ["/a///", "/a"],
    ["//a//b//", "/a/b"],
    ["/%61", "/a"],
    ["/%7Ea%2d%2E%5f", "/~a-._"],
    ["/%21%27%28%29%2a", "/!'()*"],
    ["/caf%c3%a9", "/caf%C3%A9"],
    ["/a%2fb", "/a%2Fb"],
    ["/a%2f", "/a%2F"],
    ["/%2f%2F", "/%2F%2F"],
    ["/a%20b", "/a%20b"],
    ["/%2561", "/%2561"],
    ["/%", "/%"],
    ["/%zz%4", "/%zz%4"],
    ["/%00", "/%00"],
  ])("of %s is %s, and stays so", (path, tidy) => {
    expect(normalizePath(path)).toBe(tidy);
    expect(normalizePath(tidy)).toBe(tidy);
  });

  it("is found in time that grows with the path's length, or this test would never end", () => {
    for (const part of ["/", "%61", "%", "/a", "a/"]) normalizePath(`/${part.repeat(200_000)}x`);
    expect(normalizePath("/".repeat(200_000))).toBe("/");
  });
});
