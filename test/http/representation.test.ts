import { describe, expect, it } from "vitest";
import {
  createEncodedRepresentation,
  createRepresentation,
  notModifiedResponse,
  representationResponse,
} from "../../src/http/representation.ts";

const bytes = new TextEncoder().encode("zwölf");
const representation = createRepresentation(
  "text/plain; charset=utf-8",
  { etag: 'W/"a"', lastModified: Date.UTC(2026, 2, 1, 12) },
  { link: "<x>; rel=self", "cache-control": "max-age=1" },
);
const plain = createEncodedRepresentation(representation, "identity", bytes);

const carried = {
  "cache-control": "max-age=1",
  etag: 'W/"a"',
  "last-modified": "Sun, 01 Mar 2026 12:00:00 GMT",
  link: "<x>; rel=self",
  "x-content-type-options": "nosniff",
};

describe("answers with a representation", () => {
  it.each([
    ["GET", "zwölf"],
    ["HEAD", ""],
  ])("have all header fields for %s", async (method, text) => {
    const response = representationResponse(method, plain);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      ...carried,
      "content-type": "text/plain; charset=utf-8",
      "content-length": "6",
    });
    expect(await response.text()).toBe(text);
  });

  it("name the content coding of the bytes, and leave them as they are", async () => {
    const response = representationResponse("GET", createEncodedRepresentation(representation, "gzip", bytes));
    expect(Object.fromEntries(response.headers)).toEqual({
      ...carried,
      "content-type": "text/plain; charset=utf-8",
      "content-length": "6",
      "content-encoding": "gzip",
    });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });

  it("have no header fields that describe a body if they are a 304", () => {
    const response = notModifiedResponse(representation);
    expect(response.status).toBe(304);
    expect(Object.fromEntries(response.headers)).toEqual(carried);
    expect(response.body).toBeNull();
  });

  it("can be created many times", async () => {
    expect(await representationResponse("GET", plain).text()).toBe("zwölf");
    expect(await representationResponse("GET", plain).text()).toBe("zwölf");
  });

  it("have changed header fields where changes are given, without any effect on others", () => {
    expect(representationResponse("GET", plain, { link: "<y>; rel=self" }).headers.get("link")).toBe("<y>; rel=self");
    expect(notModifiedResponse(representation, { link: "<y>; rel=self" }).headers.get("link")).toBe("<y>; rel=self");
    expect(representationResponse("GET", plain).headers.get("link")).toBe("<x>; rel=self");
  });
});
