import { describe, expect, it } from "vitest";
import { directionOf, fallbackTags, findByLanguage } from "../../src/model/language.ts";

it("a language falls back on what remains of its tag, the longest first", () => {
  expect(fallbackTags("zh-Hant-TW")).toEqual(["zh-Hant-TW", "zh-Hant", "zh"]);
  expect(fallbackTags("en")).toEqual(["en"]);
  expect(fallbackTags("zh-TW")).toEqual(["zh-TW", "zh-Hant", "zh"]);
  expect(fallbackTags("pt-MZ")).toEqual(["pt-MZ", "pt-PT", "pt"]);
});

describe("a table by language", () => {
  const table = { pt: "Portuguese", "pt-PT": "European", "zh-Hant": "Traditional" };

  it.each([
    ["pt", "Portuguese"],
    ["pt-BR", "Portuguese"],
    ["pt-PT", "European"],
    ["pt-PT-ao1990", "European"],
    ["zh-Hant-HK", "Traditional"],
    ["zh", undefined],
    ["ptx", undefined],
    ["constructor", undefined],
  ])("has for %s: %s", (tag, value) => {
    expect(findByLanguage(table, tag)).toBe(value);
  });
});

it.each([
  ["en", "ltr"],
  ["ar", "rtl"],
  ["ar-EG", "rtl"],
  ["he", "rtl"],
  ["fa-IR", "rtl"],
  ["ur", "rtl"],
  ["ar-Latn", "ltr"],
  ["az-Arab-IR", "rtl"],
  ["pa-Arab", "rtl"],
  ["pa", "ltr"],
  ["und", "ltr"],
])("%s is written %s", (tag, direction) => {
  expect(directionOf(tag)).toBe(direction);
});
