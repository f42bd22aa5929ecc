import { describe, expect, it } from "vitest";
import { parseStory } from "../../../src/content/story/story.ts";
import { FRONT_MATTER, storyOf } from "../support.ts";

const messagesOf = (path: string, keys: string): readonly string[] =>
  parseStory(path, storyOf("Text.", keys)).file.messages.map(
    ({ line, column, ruleId, fatal }) => `${line}:${column} ${ruleId} ${fatal ? "error" : "warning"}`,
  );

describe("a story is a draft", () => {
  it.each([
    ["draft: true", true],
    ["draft: false", false],
    ['draft: "true"', false],
    ["draft: 1", false],
    ["", false],
  ])("by its key: %s, %s", (line, isDraft) => {
    expect(parseStory("a.md", storyOf("Text.", `${line}\n`)).isDraft).toBe(isDraft);
  });

  it.each([
    ["draft: true", true],
    ["draft : true", true],
    ["draft:\ttrue \t", true],
    ["draft: true # not yet", true],
    ["draft: True", true],
    ["draft: trueish", false],
    ["draft: true not", false],
    ["  draft: true", false],
    ["nodraft: true", false],
    ["draft: false", false],
  ])("also if its front matter can't be parsed: %j, %s", (line, isDraft) => {
    expect(parseStory("a.md", `---\n${FRONT_MATTER}${line}\ntags: [\n---\n\nText.\n`).isDraft).toBe(isDraft);
    expect(parseStory("a.md", `\n---\n${FRONT_MATTER}${line}\n---\n\nText.\n`).isDraft).toBe(isDraft);
    expect(parseStory("a.md", `---\n${FRONT_MATTER}${line}\n\nText.\n`).isDraft).toBe(isDraft);
  });
});

describe("the slug of a story", () => {
  it.each([
    ["a.md", "", "a", []],
    ["x/y.z/a.MD", "", "a", []],
    ["x/cafe\u{301}.md", "", "café", []],
    ["x/a b.md", "", "a b", ["1:1 slug error"]],
    ["x/.md", "", "", ["1:1 slug error"]],
    ["x/a b.md", "slug: c\n", "c", []],
    ["x/a b.md", "slug: c d\n", "a b", ["5:7 value error"]],
  ])("of %s with %j is %j", (path, keys, slug, messages) => {
    expect(parseStory(path, storyOf("Text.", keys)).slug).toBe(slug);
    expect(messagesOf(path, keys)).toEqual(messages);
  });
});

it("an odd id has a warning at its place", () => {
  const source = storyOf("Text.").replace("tag:example.org,2026:hello", "tag:example.org:é");
  expect(
    parseStory("a.md", source).file.messages.map(({ line, column, ruleId, fatal }) => [line, column, ruleId, fatal]),
  ).toEqual([
    [2, 5, "id", false],
    [2, 5, "id", false],
  ]);
});

it("a text of several lines is told at its place, wherever it stands", () => {
  const breaks = ["\\n", "\\r", "\\u0085", "\\u2028", "\\u2029"];
  for (const one of breaks) {
    expect([one, messagesOf("a.md", `summary: "a${one}b"\n`)]).toEqual([one, ["5:10 joined warning"]]);
    if (one !== "\\u0085") expect([one, messagesOf("a.md", `summary: "a${one}"\n`)]).toEqual([one, []]);
  }
  expect(messagesOf("a.md", 'tags: [a, "b\\nc"]\nimage: { src: media/x.png, alt: "d\\ne" }\n')).toEqual([
    "5:11 joined warning",
    "6:33 joined warning",
  ]);
});
