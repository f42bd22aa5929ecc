import { expect, it } from "vitest";
import { entityTagOf } from "../../src/editions/digest.ts";

const tagOf = (text: string): Promise<string> => entityTagOf(new TextEncoder().encode(text));

it("a tag is weak, and the first half of the SHA-256 of the bytes", async () => {
  // printf abc | sha256sum
  expect(await tagOf("abc")).toBe('W/"ba7816bf8f01cfea414140de5dae2223"');
  expect(await tagOf("")).toBe('W/"e3b0c44298fc1c149afbf4c8996fb924"');
});

it("bytes alone decide", async () => {
  expect(await tagOf("abc")).toBe(await tagOf("abc"));
  expect(await tagOf("abd")).not.toBe(await tagOf("abc"));
});
