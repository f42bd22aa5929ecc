import { describe, expect, it } from "vitest";
import { allWords, LANGUAGES } from "../../../src/model/words/all-words.ts";
import { englishWords } from "../../../src/model/words/en.ts";
import { placeholdersOf } from "../../../src/model/words/template.ts";
import type { Words } from "../../../src/model/words/words.ts";
import { wordsOf } from "../../../src/model/words/words-of.ts";

const wordsIn = (language: string, changes: Parameters<typeof allWords>[0] = {}): Words =>
  wordsOf({ words: allWords(changes) }, language);

describe.each(LANGUAGES)("the words of %s", (language) => {
  const words = wordsIn(language);

  it("are complete, with the placeholders of the English ones", () => {
    const placeholders = (texts: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, placeholdersOf(text).toSorted()]));
    expect(placeholders({ ...words })).toEqual(placeholders({ ...englishWords }));
    expect(Object.values(words).filter((text) => text.trim() === "" || text !== text.trim())).toEqual([]);
  });
});

describe.each(LANGUAGES.filter((language) => language !== "en"))("the words of %s", (language) => {
  const words = wordsIn(language);

  it("are not those of English, but for units, punctuation and the few that are the same", () => {
    const units = ["bytes", "kilobytes", "megabytes", "inParentheses", "labelled", "list"];
    const known = new Map(Object.entries({ ...words }));
    const same = Object.entries(englishWords).filter(([name, text]) => known.get(name) === text);
    expect(same.filter(([name]) => !units.includes(name)).map(([, text]) => text)).toSatisfy((texts: string[]) =>
      texts.every((text) => ["Source", "Important", "Tip", "Menu", "Page {number}"].includes(text)),
    );
  });
});

describe("the words of a language", () => {
  it.each([
    ["en", "Withdrawn"],
    ["en-GB", "Withdrawn"],
    ["de", "Zurückgezogen"],
    ["de-AT", "Zurückgezogen"],
    ["pt-BR", "Artigo retirado"],
    ["ar-EG", "سُحب هذا المقال"],
    ["fi", "Withdrawn"],
    ["und", "Withdrawn"],
  ])("%s say %s", (language, withdrawn) => {
    expect(wordsIn(language).withdrawn).toBe(withdrawn);
  });

  it.each([
    ["zh", "订阅"],
    ["zh-CN", "订阅"],
    ["zh-Hans-HK", "订阅"],
    ["zh-Hant", "訂閱"],
    ["zh-Hant-TW", "訂閱"],
    ["zh-TW", "訂閱"],
    ["zh-HK", "訂閱"],
  ])("%s have the characters of their readers: %s", (language, subscribe) => {
    expect(wordsIn(language).subscribe).toBe(subscribe);
  });

  it("are replaced by those of site.yaml, the most particular first", () => {
    const changes = {
      de: { withdrawn: "Entfernt", source: "Nach" },
      "de-AT": { source: "Laut" },
      fi: { source: "Lähde" },
    };
    expect(wordsIn("de-AT", changes)).toMatchObject({ withdrawn: "Entfernt", source: "Laut", correction: "Korrektur" });
    expect(wordsIn("de-CH", changes)).toMatchObject({ withdrawn: "Entfernt", source: "Nach", correction: "Korrektur" });
    expect(wordsIn("fi-FI", changes)).toMatchObject({ source: "Lähde", correction: "Correction" });
    expect(wordsIn("en", changes)).toEqual(englishWords);
  });

  it("are English for a publication that brings none", () => {
    expect(wordsOf({ words: {} }, "de")).toEqual(englishWords);
  });
});
