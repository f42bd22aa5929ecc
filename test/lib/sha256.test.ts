import { expect, it } from "vitest";
import { sha256 } from "../../src/lib/sha256.ts";

it("digests text as UTF-8, and bytes, to 64 hexadecimal digits (FIPS 180-4's example)", () => {
  const digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  expect(sha256("abc")).toBe(digest);
  expect(sha256(new TextEncoder().encode("abc"))).toBe(digest);
});
