import { expect, it } from "vitest";
import { formerScopesOf } from "../../../src/model/names/former-scopes.ts";
import { namesOf } from "../../../src/model/names/names.ts";
import { sampleItem } from "../../formats/support/samples.ts";

const item = sampleItem({
  slug: "s",
  aliases: ["a1", "a2"],
  section: { key: "world", name: "World" },
  tags: [
    { key: "c~plus-plus~", name: "C++" },
    { key: "news", name: "News" },
    { key: "~2764~", name: "\u2764" },
    // The key of an older compiler.
    { key: "c", name: "C#" },
  ],
  authors: [
    { key: "li_wei", name: "Li-Wei" },
    // A key that site.yaml states.
    { key: "staff", name: "The Staff!" },
  ],
  media: ["media/x.gif"],
});

it("the former scopes of a story are those of names whose key was another one, and not nothing", () => {
  expect(formerScopesOf(item)).toEqual([
    { former: { kind: "tag", key: "c" }, scope: { kind: "tag", key: "c~plus-plus~" } },
    { former: { kind: "author", key: "li-wei" }, scope: { kind: "author", key: "li_wei" } },
  ]);
});

it("a story may be asked for by its scopes of today and before, its slugs and its files", () => {
  expect([...namesOf(item)].sort()).toEqual([
    "article/a1",
    "article/a2",
    "article/s",
    "author/li-wei",
    "author/li_wei",
    "author/staff",
    "media/x.gif",
    "section/world",
    "tag/c",
    "tag/c~plus-plus~",
    "tag/news",
    "tag/~2764~",
  ]);
});
