import { expect, it } from "vitest";
import { joinBytes } from "../../src/lib/join-bytes.ts";

it("joins chunks of bytes in their order", () => {
  expect(joinBytes([])).toEqual(new Uint8Array());
  expect(joinBytes([[1, 2], [], [3]].map((bytes) => Uint8Array.from(bytes)))).toEqual(Uint8Array.from([1, 2, 3]));
});
