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
  ["und", "auto"],
  ["und-Latn", "ltr"],
])("%s is written %s", (tag, direction) => {
  expect(directionOf(tag)).toBe(direction);
});

it.each([
  ["zh-Hant", "zh-HK zh-MO zh-TW"],
  ["en-001", "en-150 en-AU en-GB en-IE en-IN en-NZ en-ZA"],
  ["pt-PT", "pt-AO pt-CV pt-GW pt-MZ pt-ST pt-TL"],
])("%s stands in for %s, before the language alone", (parent, tags) => {
  for (const tag of tags.split(" ")) expect(fallbackTags(tag)).toEqual([tag, parent, tag.slice(0, 2)]);
});

it("all languages and scripts that are written from right to left are known", () => {
  for (const language of "ar arc ckb dv fa glk he khw ks lrc mzn nqo pnb prs ps sd skr syr ug ur yi".split(" ")) {
    expect([language, directionOf(language), directionOf(`${language}-XX`), directionOf(`${language}-Latn`)]).toEqual([
      language,
      ...["rtl", "rtl", "ltr"],
    ]);
  }
  for (const script of "Adlm Arab Aran Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa Yezi".split(" ")) {
    expect([script, directionOf(`und-${script}`), directionOf(`en-${script}-GB`)]).toEqual([script, "rtl", "rtl"]);
  }
});
