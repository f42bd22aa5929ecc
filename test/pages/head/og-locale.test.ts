import { expect, it } from "vitest";
import { ogLocaleOf } from "../../../src/pages/head/og-locale.ts";

it.each([
  ["en", "en_US"],
  ["en-GB", "en_GB"],
  ["de", "de_DE"],
  ["de-Latn-AT", "de_AT"],
  ["pt", "pt_BR"],
  ["pt-PT", "pt_PT"],
  ["ar", "ar_AR"],
  ["zh", "zh_CN"],
  ["zh-Hant", "zh_TW"],
  ["zh-Hant-HK", "zh_HK"],
  ["sr-Latn", "sr_RS"],
  ["es-419", "es_ES"],
  ["ckb", undefined],
  ["eo", undefined],
  ["constructor", undefined],
  ["de-x-private", "de_DE"],
])("the locale of %s is %s", (tag, locale) => {
  expect(ogLocaleOf(tag)).toBe(locale);
});
