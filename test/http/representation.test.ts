import { describe, expect, it } from "vitest";
import { createRepresentation, encoded, found, notModified } from "../../src/http/representation.ts";

const bytes = new TextEncoder().encode("zwölf");
const representation = createRepresentation(
  "text/plain; charset=utf-8",
  { etag: 'W/"a"', lastModified: Date.UTC(2026, 2, 1, 12) },
  { link: "<x>; rel=self", "cache-control": "max-age=1" },
);
const plain = encoded(representation, "identity", bytes);

const carried = {
  "cache-control": "max-age=1",
  etag: 'W/"a"',
  "last-modified": "Sun, 01 Mar 2026 12:00:00 GMT",
  link: "<x>; rel=self",
  "x-content-type-options": "nosniff",
};

describe("serving a representation", () => {
  it.each([
    ["GET", "zwölf"],
    ["HEAD", ""],
  ])("answers %s with all headers", async (method, text) => {
    const response = found(method, plain);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      ...carried,
      "content-type": "text/plain; charset=utf-8",
      "content-length": "6",
    });
    expect(await response.text()).toBe(text);
  });

  it("says in which coding the bytes are, and leaves them as they are", async () => {
    const response = found("GET", encoded(representation, "gzip", bytes));
    expect(Object.fromEntries(response.headers)).toEqual({
      ...carried,
      "content-type": "text/plain; charset=utf-8",
      "content-length": "6",
      "content-encoding": "gzip",
    });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });

  it("answers 304 without the headers that describe a body", () => {
    const response = notModified(representation);
    expect(response.status).toBe(304);
    expect(Object.fromEntries(response.headers)).toEqual(carried);
    expect(response.body).toBeNull();
  });

  it("can be served many times", async () => {
    expect(await found("GET", plain).text()).toBe("zwölf");
    expect(await found("GET", plain).text()).toBe("zwölf");
  });

  it("lets more headers replace its own, of one answer only", () => {
    expect(found("GET", plain, { link: "<y>; rel=self" }).headers.get("link")).toBe("<y>; rel=self");
    expect(notModified(representation, { link: "<y>; rel=self" }).headers.get("link")).toBe("<y>; rel=self");
    expect(found("GET", plain).headers.get("link")).toBe("<x>; rel=self");
  });
});
