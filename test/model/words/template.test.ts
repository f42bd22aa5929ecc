import { expect, it } from "vitest";
import { fill, fillParts, placeholdersOf } from "../../../src/model/words/template.ts";

it("a template has its values where its placeholders were, in its own order", () => {
  expect(fill("{b}, {a}: {n}.", { a: "A", b: "B", n: 0 })).toBe("B, A: 0.");
  expect(fillParts("({x})", { x: 1 })).toEqual(["(", 1, ")"]);
});

it("a value is not filled in once more, and what has no value stays", () => {
  expect(fill("{a}{b}", { a: "{b}", b: "$&" })).toBe("{b}$&");
  expect(fill("{toString} {} {x y}", {})).toBe("{toString} {} {x y}");
});

it("placeholders are listed by name", () => {
  expect(placeholdersOf("{label}: {content} {} { no }")).toEqual(["label", "content"]);
  expect(placeholdersOf("none")).toEqual([]);
});
