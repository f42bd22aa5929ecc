import { describe, expect, it } from "vitest";
import { compileSite } from "../../../src/content/site.ts";
import { site } from "../../fixtures/publication.ts";
import { messagesOf, storyOf } from "../support.ts";

// The limits that docs/writing.md and the messages state, at the last value that is allowed and the first that is not.

const isSiteValid = (more: Readonly<Record<string, unknown>>): boolean =>
  compileSite(site(more), {}).channel !== undefined;

const isStoryValid = (keys: string): boolean => messagesOf(storyOf("Text.", keys)).length === 0;

const YEAR = 31_536_000;

describe("a number in site.yaml", () => {
  it.each([
    ["feedLength", 1, 1000],
    ["noticeDays", 0, 366],
  ])("%s: %i to %i", (key, min, max) => {
    for (const value of [min, max])
      expect({ value, isValid: isSiteValid({ [key]: value }) }).toEqual({ value, isValid: true });
    for (const value of [min - 1, max + 1, min + 0.5, String(min)])
      expect({ value, isValid: isSiteValid({ [key]: value }) }).toEqual({ value, isValid: false });
  });

  it.each(["maxAge", "staleWhileRevalidate", "staleIfError"])("freshness.%s: a year at most", (key) => {
    for (const [value, isValid] of [
      [0, true],
      [YEAR, true],
      [-1, false],
      [YEAR + 1, false],
    ])
      expect({ value, isValid: isSiteValid({ freshness: { [String(key)]: value } }) }).toEqual({ value, isValid });
  });

  it("has a default, as docs/writing.md says", () => {
    expect(compileSite(site(), {}).channel).toMatchObject({
      feedLength: 20,
      noticeDays: 14,
      deltas: true,
      feedPages: true,
      signature: "sha256",
      timeZone: "UTC",
      freshness: { maxAge: 300, staleWhileRevalidate: 60, staleIfError: 86_400 },
    });
  });
});

describe("a number in a story", () => {
  const src = "src: https://example.org/x";
  it.each([
    ["width", 1, 100_000],
    ["height", 1, 100_000],
  ])("image.%s: %i to %i", (key, min, max) => {
    const isValid = (value: number): boolean => isStoryValid(`image: { ${src}, alt: X, ${key}: ${value} }\n`);
    expect([min, max].map(isValid)).toEqual([true, true]);
    expect([min - 1, max + 1, 1.5].map(isValid)).toEqual([false, false, false]);
  });

  it.each([
    ["length", 0, Number.MAX_SAFE_INTEGER],
    ["duration", 0, YEAR],
  ])("attachments[0].%s: %i to %i", (key, min, max) => {
    const isValid = (value: number): boolean =>
      isStoryValid(`attachments: [{ ${src}, type: audio/mpeg, ${key}: ${value} }]\n`);
    expect([min, max].map(isValid)).toEqual([true, true]);
    expect([min - 1, max + 1].map(isValid)).toEqual([false, false]);
  });
});

describe("the length", () => {
  const names = (count: number): string => Array.from({ length: count }, (_, index) => `n${index}`).join(", ");

  it.each(["tags", "aliases"])("of the list %s: a hundred entries at most", (key) => {
    expect([100, 101].map((count) => isStoryValid(`${key}: [${names(count)}]\n`))).toEqual([true, false]);
  });

  it("of a slug: two hundred characters at most", () => {
    expect([1, 200, 201].map((count) => isStoryValid(`slug: ${"x".repeat(count)}\n`))).toEqual([true, true, false]);
  });

  it("of a tag: two hundred characters at most", () => {
    expect([200, 201].map((count) => isStoryValid(`tags: [${"x".repeat(count)}]\n`))).toEqual([true, false]);
  });
});

it.each([
  ["image/gif", true],
  ['video/mp4; codecs="avc1.4d401e, mp4a.40.2"', true],
  ["audio/mpeg;charset=x", true],
  ["audio", false],
  ["audio/", false],
  ["audio/mpeg;", false],
  ["audio /mpeg", false],
])("the media type %s is taken: %s", (type, isValid) => {
  const keys = `attachments: [{ src: https://example.org/x, type: '${type}' }]\n`;
  expect(isStoryValid(keys)).toBe(isValid);
});
