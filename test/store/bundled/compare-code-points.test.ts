import fc from "fast-check";
import { expect, it } from "vitest";
import { compareCodePoints } from "../../../src/store/bundled/compare-code-points.ts";

it("texts are in the order of their UTF-8, as a database has them", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
      const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
      expect(Math.sign(compareCodePoints(a, b))).toBe(bytes);
    }),
  );
  expect(["\u{1f600}", "\uffee", "a", "", "ab"].sort(compareCodePoints)).toEqual([
    "",
    "a",
    "ab",
    "\uffee",
    "\u{1f600}",
  ]);
});
