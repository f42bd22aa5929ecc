import { expect, it } from "vitest";
import clone from "../../../src/lib/replacements/structured-clone.ts";

it("a node is cloned to its depth", () => {
  const node = { type: "element", tagName: "p", properties: { className: ["a"], id: undefined }, children: [] };
  const cloned = clone(node);
  expect(cloned).toStrictEqual(node);
  expect(cloned.properties.className).not.toBe(node.properties.className);
});
