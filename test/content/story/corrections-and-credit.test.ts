import { describe, expect, it } from "vitest";
import { compile } from "../../../src/content/compile.ts";
import type { Channel } from "../../../src/model/channel.ts";
import type { Item } from "../../../src/model/item.ts";
import { allWords } from "../../../src/model/words/all-words.ts";
import { CHANNEL, CONTEXT, storyOf } from "../support.ts";

// These run in Node and in workerd, whose ICU differ: both must give the very bytes that stand here.

const compileIn = (changes: Partial<Channel>, keys: string, text = "T."): Item => {
  const { item, file } = compile("hello.md", storyOf(text, keys), { ...CONTEXT, channel: { ...CHANNEL, ...changes } });
  if (item === undefined) throw new Error(file.messages.join("\n"));
  return item;
};

const KEYS = "corrections: [{ at: 2026-11-24T02:30:00Z, note: N. }]\nsource: { title: P, author: A }\n";

const endingIn = (language: string, channel: Partial<Channel> = {}): string =>
  compileIn({ timeZone: "America/New_York", ...channel }, `language: ${language}\n${KEYS}`)
    .html.replace("<p>T.</p>\n", "")
    .replace(/<bdi><time datetime="2026-11-24T02:30:00.000Z">([^<]*)<\/time><\/bdi>/, "[$1]")
    .replaceAll(/<\/?(?:p|strong)>/g, "");

describe("the end of a story corrected at 21:30 in New York", () => {
  it.each([
    ["en", "Correction ([November 23, 2026, 9:30 PM]): N.\nSource: P, A"],
    ["en-GB", "Correction ([23 November 2026, 21:30]): N.\nSource: P, A"],
    ["de", "Korrektur ([23. November 2026, 21:30 Uhr]): N.\nQuelle: P, A"],
    ["de-AT", "Korrektur ([23. November 2026, 21:30 Uhr]): N.\nQuelle: P, A"],
    ["fr", "Rectificatif ([23 novembre 2026 à 21h30])\u00a0: N.\nSource\u00a0: P, A"],
    ["es", "Corrección ([23 de noviembre de 2026, 21:30]): N.\nFuente: P, A"],
    ["it", "Correzione ([23 novembre 2026, 21:30]): N.\nFonte: P, A"],
    ["pt-BR", "Correção ([23 de novembro de 2026, 21:30]): N.\nFonte: P, A"],
    ["nl", "Correctie ([23 november 2026, 21:30]): N.\nBron: P, A"],
    ["pl", "Sprostowanie ([23 listopada 2026, 21:30]): N.\nŹródło: P, A"],
    ["sv", "Rättelse ([23 november 2026 kl. 21:30]): N.\nKälla: P, A"],
    ["ru", "Исправление ([23 ноября 2026, 21:30]): N.\nИсточник: P, A"],
    ["ar", "تصويب ([23 نوفمبر 2026، 21:30]): N.\nالمصدر: P، A"],
    ["zh", "更正（[2026年11月23日 21:30]）：N.\n来源：P、A"],
    ["zh-Hant", "更正（[2026年11月23日 21:30]）：N.\n來源：P、A"],
    ["ja", "訂正（[2026年11月23日 21:30]）：N.\n出典：P、A"],
    ["fi", "Correction ([2026-11-23 21:30]): N.\nSource: P, A"],
  ])("is in %s: %s", (language, ending) => {
    expect(endingIn(language)).toBe(ending);
  });

  it("has the words of site.yaml, where it says some for the story's language", () => {
    const words = allWords({ de: { correction: "Berichtigung" }, en: { source: "After" } });
    expect(endingIn("de", { words })).toBe("Berichtigung ([23. November 2026, 21:30 Uhr]): N.\nQuelle: P, A");
    expect(endingIn("en", { words })).toBe("Correction ([November 23, 2026, 9:30 PM]): N.\nAfter: P, A");
  });

  it("is in the language of the site if the story states none", () => {
    const { html } = compileIn({ language: "sv" }, KEYS);
    expect(html).toContain("Rättelse");
    expect(html).toContain("24 november 2026 kl. 02:30");
  });
});

describe("dates for people", () => {
  const datesOf = (timeZone: string, corrected: string): string =>
    /<time[^>]*>([^<]*)</.exec(
      compileIn({ timeZone, language: "fi" }, `corrections: [{ at: ${corrected}, note: N. }]\n`).html,
    )?.[1] ?? "";

  it.each([
    ["Asia/Kathmandu", "2026-11-24T20:00:00Z", "2026-11-25 01:45"],
    ["Europe/Berlin", "2027-03-28T00:59:59Z", "2027-03-28 01:59"],
    ["Europe/Berlin", "2027-03-28T01:00:00Z", "2027-03-28 03:00"],
    ["Europe/Berlin", "2027-10-31T00:30:00Z", "2027-10-31 02:30"],
    ["Europe/Berlin", "2027-10-31T01:30:00Z", "2027-10-31 02:30"],
    ["Pacific/Kiritimati", "2026-12-31T10:00:00Z", "2027-01-01 00:00"],
    ["UTC", "2026-11-24T20:00:00+02:00", "2026-11-24 18:00"],
  ])("in %s show %s as %s", (timeZone, corrected, shown) => {
    expect(datesOf(timeZone, corrected)).toBe(shown);
  });

  const offsetsOf = (timeZone: string, published: string, keys = ""): Item["utcOffsetSeconds"] => {
    const source = storyOf("T.", keys).replace("2026-11-22T18:00:00Z", published);
    return compile("a.md", source, { ...CONTEXT, channel: { ...CHANNEL, timeZone } }).item?.utcOffsetSeconds;
  };

  it("have the offset of their own instant in the Item, so that pages need not ask for it", () => {
    expect(offsetsOf("America/New_York", "2026-10-20T21:30:00-04:00", "updated: 2026-11-20T21:30:00-05:00\n")).toEqual({
      published: -14_400,
      updated: -18_000,
    });
    const correctedInWinter = "corrections: [{ at: 2026-12-01T00:00:00Z, note: N. }]\n";
    expect(offsetsOf("Europe/Berlin", "2026-10-01T00:00:00Z", correctedInWinter)).toEqual({
      published: 7200,
      updated: 3600,
    });
    expect(offsetsOf("Europe/Amsterdam", "1890-05-01T12:00:00Z")).toEqual({ published: 1050, updated: 1050 });
  });

  it("leave the Item as it is where they are those of UTC", () => {
    expect(offsetsOf("UTC", "2026-10-20T21:30:00-04:00")).toBeUndefined();
    expect(offsetsOf("Africa/Abidjan", "2026-10-20T21:30:00-04:00")).toBeUndefined();
  });
});

describe("footnotes", () => {
  const TEXT = "Claim.[^a] More.[^b] Again.[^a]\n\n[^a]: A.\n[^b]: B.";
  const wordsIn = (language: string, channel: Partial<Channel> = {}): readonly string[] => {
    const { html } = compileIn(channel, `language: ${language}\n`, TEXT);
    return Array.from(
      html.matchAll(/<h2[^>]*>([^<]*)<|aria-label="([^"]*)"/g),
      ([, heading, label]) => heading ?? label ?? "",
    );
  };

  it.each([
    ["en", "Footnotes", "Back to reference 1", "Back to reference 1-2", "Back to reference 2"],
    ["de", "Fußnoten", "Zurück zur Textstelle 1", "Zurück zur Textstelle 1-2", "Zurück zur Textstelle 2"],
    ["ja-JP", "脚注", "本文の参照1に戻る", "本文の参照1-2に戻る", "本文の参照2に戻る"],
    ["ar", "الحواشي", "العودة إلى موضع الحاشية 1", "العودة إلى موضع الحاشية 1-2", "العودة إلى موضع الحاشية 2"],
  ])("have the words of %s", (language, ...words) => {
    expect(wordsIn(language)).toEqual(words);
  });

  it("have the words of site.yaml, safely", () => {
    const words = allWords({ de: { footnotes: "Anmerkungen <b>", backToReference: '{number} "zurück"' } });
    expect(wordsIn("de-CH", { words })).toEqual([
      "Anmerkungen &#x3C;b>",
      "1 &#x22;zurück&#x22;",
      "1-2 &#x22;zurück&#x22;",
      "2 &#x22;zurück&#x22;",
    ]);
  });
});
