import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DATE_STYLES } from "../../../src/model/dates/date-styles.ts";
import { formatDateTime } from "../../../src/model/dates/format-date-time.ts";
import { findByLanguage } from "../../../src/model/language.ts";
import { LANGUAGES } from "../../../src/model/words/all-words.ts";
import { placeholdersOf } from "../../../src/model/words/template.ts";

const EVENING = Date.UTC(2026, 10, 20, 21, 30);

describe("a date for people", () => {
  it.each([
    ["en", "November 20, 2026, 9:30 PM"],
    ["en-US", "November 20, 2026, 9:30 PM"],
    ["en-GB", "20 November 2026, 21:30"],
    ["en-AU", "20 November 2026, 21:30"],
    ["en-Latn-GB", "November 20, 2026, 9:30 PM"],
    ["de", "20. November 2026, 21:30 Uhr"],
    ["fr-CA", "20 novembre 2026 à 21h30"],
    ["es", "20 de noviembre de 2026, 21:30"],
    ["it", "20 novembre 2026, 21:30"],
    ["pt-BR", "20 de novembro de 2026, 21:30"],
    ["pt-PT", "20 de novembro de 2026, 21:30"],
    ["nl", "20 november 2026, 21:30"],
    ["pl", "20 listopada 2026, 21:30"],
    ["sv", "20 november 2026 kl. 21:30"],
    ["ru", "20 ноября 2026, 21:30"],
    ["ar", "20 نوفمبر 2026، 21:30"],
    ["ar-IQ", "20 تشرين الثاني 2026، 21:30"],
    ["zh", "2026年11月20日 21:30"],
    ["zh-TW", "2026年11月20日 21:30"],
    ["ja", "2026年11月20日 21:30"],
    ["fi", "2026-11-20 21:30"],
    ["he", "2026-11-20 21:30"],
    ["und", "2026-11-20 21:30"],
  ])("is in %s: %s", (language, text) => {
    expect(formatDateTime(EVENING, 0, language)).toBe(text);
  });

  it.each([
    ["en", "January 1, 2026, 12:05 AM"],
    ["de-AT", "1. Jänner 2026, 00:05 Uhr"],
    ["fr", "1er janvier 2026 à 00h05"],
    ["pt", "1º de janeiro de 2026, 00:05"],
    ["pt-PT", "1 de janeiro de 2026, 00:05"],
    ["zh", "2026年1月1日 00:05"],
    ["fi", "2026-01-01 00:05"],
  ])("is at the beginning of the year in %s: %s", (language, text) => {
    expect(formatDateTime(Date.UTC(2026, 0, 1, 0, 5), 0, language)).toBe(text);
  });

  it.each([
    [0, "12:00 AM"],
    [1, "1:00 AM"],
    [11, "11:00 AM"],
    [12, "12:00 PM"],
    [13, "1:00 PM"],
    [23, "11:00 PM"],
  ])("at %i o'clock has twelve hours in America: %s", (hour, time) => {
    expect(formatDateTime(Date.UTC(2026, 0, 1, hour), 0, "en")).toBe(`January 1, 2026, ${time}`);
  });

  it.each([
    ["-05:00", -18_000, "2026-11-20 16:30"],
    ["+05:45", 20_700, "2026-11-21 03:15"],
    ["+14:00", 50_400, "2026-11-21 11:30"],
    ["+00:19:32", 1172, "2026-11-20 21:49"],
  ])("is what clocks at %s show", (_, offset, text) => {
    expect(formatDateTime(EVENING, offset, "und")).toBe(text);
  });

  it.each([
    ["before 1970", Date.UTC(1969, 6, 20, 20, 17), "1969-07-20 20:17"],
    ["in the first year that can be published", Date.UTC(1000, 0, 1), "1000-01-01 00:00"],
    ["in the year before that, by the local clock", Date.UTC(1000, 0, 1) - 60_000, "0999-12-31 23:59"],
  ])("can be %s", (_, instant, text) => {
    expect(formatDateTime(instant, 0, "und")).toBe(text);
  });

  it("names every day of the year, in every style", () => {
    const day = fc.integer({ min: 0, max: 365 }).map((days) => new Date(Date.UTC(2024, 0, 1 + days, 13, 7)));
    fc.assert(
      fc.property(day, fc.constantFrom(...Object.keys(DATE_STYLES)), (date, language) => {
        const { months = [], firstDay = "1" } = DATE_STYLES[language] ?? {};
        const text = formatDateTime(date.getTime(), 0, language);
        const month = months[date.getUTCMonth()] ?? `年${date.getUTCMonth() + 1}月`;
        const dayOfMonth = date.getUTCDate() === 1 ? firstDay : String(date.getUTCDate());
        expect(text.replace(month, " ")).toMatch(new RegExp(`(?<!\\d)${dayOfMonth}(?!\\d)`));
        expect(text).toContain(month);
        expect(text).toContain("2024");
        expect(text).toContain("07");
        expect(placeholdersOf(text)).toEqual([]);
      }),
    );
  });
});

describe("the styles", () => {
  it.each(Object.entries(DATE_STYLES))(
    "of %s have twelve different months, or none by name",
    (_, { months, pattern }) => {
      expect(new Set(months).size).toBe(pattern.includes("{month}") ? 12 : 0);
    },
  );

  it("are there for every language that has words", () => {
    expect(LANGUAGES.filter((tag) => findByLanguage(DATE_STYLES, tag) === undefined)).toEqual([]);
  });
});
