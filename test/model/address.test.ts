import { describe, expect, it } from "vitest";
import { articlePath, encodePath, folderPath, hubUrl, normalizePath, viewPath } from "../../src/model/address.ts";
import type { View } from "../../src/model/view.ts";

describe("a normalized path", () => {
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
  ])("of %s is %s, and stays so", (path, normalized) => {
    expect(normalizePath(path)).toBe(normalized);
    expect(normalizePath(normalized)).toBe(normalized);
  });

  it("is found in time linear in the length of the path, otherwise this test would not end", () => {
    for (const part of ["/", "%61", "%", "/a", "a/"]) normalizePath(`/${part.repeat(200_000)}x`);
    expect(normalizePath("/".repeat(200_000))).toBe("/");
  });
});

describe("the path of a view", () => {
  it.each<readonly [View, string]>([
    [{ scope: { kind: "all" }, text: "full" }, ""],
    [{ scope: { kind: "all" }, text: "summary" }, "/summaries"],
    [{ scope: { kind: "all" }, text: "full", page: 3 }, "/archive/3"],
    [{ scope: { kind: "tag", key: "é x" }, text: "full" }, "/tags/%C3%A9%20x"],
    [{ scope: { kind: "author", key: "ann" }, text: "summary", page: 2 }, "/summaries/authors/ann/archive/2"],
    [{ scope: { kind: "section", key: "world" }, text: "full" }, "/sections/world"],
    [{ scope: { kind: "article", key: "a/b" }, text: "full" }, "/articles/a%2Fb"],
  ])("%j is %s", (view, path) => {
    expect(viewPath(view)).toBe(path);
  });
});

it.each([
  ["a story's page", articlePath("café"), "/articles/caf%C3%A9"],
  ["all tags", folderPath("tag"), "/tags/"],
  ["the hub", hubUrl("https://example.org"), "https://example.org/hub"],
  ["a media file", encodePath("media/a b/é?#%.jpg"), "media/a%20b/%C3%A9%3F%23%25.jpg"],
])("the address of %s is %s", (_, address, expected) => {
  expect(address).toBe(expected);
});
