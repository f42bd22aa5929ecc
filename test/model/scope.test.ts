import { expect, it } from "vitest";
import { scopeName, scopesOf } from "../../src/model/scope.ts";
import { sampleItem } from "../formats/support/samples.ts";

const section = { key: "world", name: "World" };
const tags = [
  { key: "iraq", name: "Iraq" },
  { key: "courts", name: "Courts" },
];
const authors = [{ key: "ann", name: "Ann" }];

it.each([
  ["without a section", { slug: "a" }, ["all", "article/a"]],
  [
    "with tags, an author and a section",
    { slug: "a", tags, authors, section },
    ["all", "article/a", "tag/iraq", "tag/courts", "author/ann", "section/world"],
  ],
])("the scopes of a story %s have unique names", (_, changes, names) => {
  expect(scopesOf(sampleItem(changes)).map(scopeName)).toEqual(names);
});
