import { describe, expect, it } from "vitest";
import { mediaTypeOf, readBody } from "../../src/http/request-body.ts";

const post = (body: BodyInit, headers: HeadersInit = {}): Request =>
  new Request("https://courier.example/", { method: "POST", body, headers });

/** A body without a Content-Length, in pieces. */
const pieces = (...sizes: readonly number[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const size of sizes) controller.enqueue(new Uint8Array(size));
      controller.close();
    },
  });

describe("a body", () => {
  it.each([
    ["as long as it may be", () => post("x".repeat(10)), 10],
    ["longer", () => post("x".repeat(11)), undefined],
    ["that says it is longer", () => post("x", { "content-length": "11" }), undefined],
    ["in pieces as long as it may be", () => post(pieces(4, 6)), 10],
    ["in pieces that are longer together", () => post(pieces(4, 7)), undefined],
    ["that is empty", () => post(""), 0],
    ["that is absent", () => new Request("https://courier.example/"), 0],
  ])("%s", async (_, requestOf, length) => {
    expect((await readBody(requestOf(), 10))?.byteLength).toBe(length);
  });

  it("is read in its order", async () => {
    expect(new TextDecoder().decode(await readBody(post("Text."), 10))).toBe("Text.");
  });
});

it.each([
  ["text/markdown", "text/markdown"],
  ["Text/Markdown ; charset=utf-8", "text/markdown"],
  ["", ""],
])("the media type of %s", (header, type) => {
  expect(mediaTypeOf(post("x", { "content-type": header }))).toBe(type);
});
