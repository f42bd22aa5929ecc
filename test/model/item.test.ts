import { expect, it } from "vitest";
import { categoriesOf, headlineOf, linkOf } from "../../src/model/item.ts";
import { sampleItem } from "../formats/support/samples.ts";

it.each([
  [{ title: "A title" }, "A title"],
  [{ title: "A title", firstWords: "Some words" }, "A title"],
  [{ title: "", firstWords: "Some words" }, "Some words"],
  [{ title: "" }, ""],
])("the headline of %j is %j", (item, headline) => {
  expect(headlineOf(item)).toBe(headline);
});

it("feeds link a story to its original, if that is elsewhere", () => {
  const item = sampleItem({ url: "https://example.org/articles/a" });
  expect(linkOf(item)).toBe("https://example.org/articles/a");
  expect(linkOf({ ...item, canonical: "https://another.example/a" })).toBe("https://another.example/a");
});

it("feeds name the section before the tags, in the order of the writer", () => {
  const tags = ["b", "a"].map((key) => ({ key, name: key }));
  const section = { key: "world", name: "World" };
  expect(categoriesOf(sampleItem({ tags }))).toEqual(tags);
  expect(categoriesOf(sampleItem({ tags, section }))).toEqual([section, ...tags]);
});
