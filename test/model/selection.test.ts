import { describe, expect, it } from "vitest";
import { isInNamedFeed, NO_TERMS, type Selection, selects } from "../../src/model/selection.ts";
import { sampleItem } from "../formats/support/samples.ts";

const named = (...keys: readonly string[]) => keys.map((key) => ({ key, name: key }));

const item = sampleItem({
  section: { key: "arts", name: "Arts" },
  tags: named("film", "iraq"),
  authors: named("jane-doe"),
  language: "de-AT",
});

const selection = (include: Partial<Selection["include"]>, exclude: Partial<Selection["exclude"]> = {}): Selection => ({
  include: { ...NO_TERMS, ...include },
  exclude: { ...NO_TERMS, ...exclude },
});

describe("a selection", () => {
  it.each([
    [true, selection({})],
    [true, selection({ sections: ["arts"] })],
    [false, selection({ sections: ["film"] })],
    [true, selection({ tags: ["iraq", "other"] })],
    [false, selection({ tags: ["arts"] })],
    [true, selection({ authors: ["jane-doe"] })],
    [true, selection({ sections: ["other"], tags: ["film"] })],
    [true, selection({ languages: ["de"] })],
    [true, selection({ languages: ["fr", "de-AT"] })],
    [false, selection({ languages: ["de-A"] })],
    [false, selection({ languages: ["en"] })],
    [false, selection({ tags: ["film"], languages: ["en"] })],
    [false, selection({ tags: ["other"], languages: ["de"] })],
    [false, selection({}, { sections: ["arts"] })],
    [false, selection({ tags: ["film"] }, { tags: ["iraq"] })],
    [false, selection({}, { authors: ["jane-doe"] })],
    [false, selection({}, { languages: ["de"] })],
    [true, selection({ tags: ["film"] }, { tags: ["arts"], languages: ["en"] })],
  ])("has the story: %s %j", (expected, one) => {
    expect(selects(one, item, "en")).toBe(expected);
  });

  it.each([
    [true, ["en"]],
    [false, ["de"]],
  ])("takes a story without a language for one in the site's: %s %j", (expected, languages) => {
    expect(selects(selection({ languages }), sampleItem(), "en")).toBe(expected);
  });
});

describe("a named feed", () => {
  const feed = { key: "culture", title: "Culture", selection: selection({ tags: ["film"] }) };

  it.each([
    [true, undefined, ["film"]],
    [false, undefined, ["iraq"]],
    [false, [], ["film"]],
    [false, ["sport"], ["film"]],
    [true, ["sport", "culture"], ["iraq"]],
  ] as const)("has a story: %s, by its `feeds` %j and tags %j", (expected, feeds, tags) => {
    const story = sampleItem({ tags: named(...tags), ...(feeds && { feeds }) });
    expect(isInNamedFeed(story, feed, "en")).toBe(expected);
  });
});
