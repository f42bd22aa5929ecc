import { describe, expect, it } from "vitest";
import { EMPTY_CHANNEL as CHANNEL } from "../../src/content/site.ts";
import { createRequestContext, keyParameter, parameter, pathOf } from "../../src/routes/request-context.ts";

describe("the path of a URL", () => {
  it.each([
    ["https://example.org/", "/"],
    ["https://example.org/a/b?c=/d", "/a/b"],
    ["https://example.org/?a", "/"],
    ["https://example.org//a//", "//a//"],
    ["http://localhost:8787/%61?", "/%61"],
    ["https://example.org/a/b.c/d-e_f", "/a/b.c/d-e_f"],
  ])("%s is %s", (url, path) => {
    expect(pathOf(url)).toBe(path);
    expect(createRequestContext(new Request(url), CHANNEL).path).toBe(path);
  });
});

it.each([
  ["GET", "GET"],
  ["HEAD", "GET"],
  ["POST", "POST"],
  ["OPTIONS", "OPTIONS"],
])("a %s is routed as %s, without the query", (method, routed) => {
  const context = createRequestContext(new Request("https://example.org/a?b", { method }), CHANNEL);
  expect([context.method, context.url]).toEqual([routed, "https://example.org/a"]);
});

describe("a parameter", () => {
  const contextOf = (value?: string) => ({
    ...createRequestContext(new Request("https://example.org/"), CHANNEL),
    params: { ...(value !== undefined && { name: value }) },
  });

  it.each([
    ["plain", "plain"],
    ["caf%C3%A9", "café"],
    ["a%2Fb", "a/b"],
    ["%", undefined],
    ["%FF", undefined],
    [undefined, undefined],
  ])("%s is decoded to %s", (value, decoded) => {
    expect(parameter(contextOf(value), "name")).toBe(decoded);
  });

  it("is in normal form C if it is a key", () => {
    expect(parameter(contextOf("cafe%CC%81"), "name")).toBe("cafe\u0301");
    expect(keyParameter(contextOf("cafe%CC%81"), "name")).toBe("caf\u00e9");
  });
});
