import { describe, expect, it } from "vitest";
import { englishWords } from "../../../src/model/words/en.ts";
import { placeholdersOf } from "../../../src/model/words/template.ts";
import { WORDS, wordsOf } from "../../../src/model/words/words-of.ts";

const withdrawnIn = (language: string, words: Parameters<typeof wordsOf>[0]["words"] = {}): string =>
  wordsOf({ words }, language).withdrawn;

describe.each(Object.entries(WORDS))("the words of %s", (_, words) => {
  it("are complete, with the placeholders of the English ones", () => {
    const placeholders = (texts: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, placeholdersOf(text).toSorted()]));
    expect(placeholders({ ...words })).toEqual(placeholders({ ...englishWords }));
    expect(Object.values(words).filter((text) => text.trim() === "" || text !== text.trim())).toEqual([]);
  });
});

describe.each(Object.entries(WORDS).filter(([language]) => language !== "en"))("the words of %s", (_, words) => {
  it("are not those of English, but for units, punctuation and the few that are the same", () => {
    const units = ["bytes", "kilobytes", "megabytes", "inParentheses", "labelled", "list"];
    const known = new Map(Object.entries({ ...words }));
    const same = Object.entries(englishWords).filter(([name, text]) => known.get(name) === text);
    expect(same.filter(([name]) => !units.includes(name)).map(([, text]) => text)).toSatisfy((texts: string[]) =>
      texts.every((text) => ["Source", "Important", "Tip"].includes(text)),
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
    expect(withdrawnIn(language)).toBe(withdrawn);
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
    expect(wordsOf({ words: {} }, language).subscribe).toBe(subscribe);
  });

  it("are replaced by those of site.yaml, the most particular first", () => {
    const words = {
      de: { withdrawn: "Entfernt", source: "Nach" },
      "de-AT": { source: "Laut" },
      fi: { source: "Lähde" },
    };
    expect(withdrawnIn("de-AT", words)).toBe("Entfernt");
    expect(wordsOf({ words }, "de-AT").source).toBe("Laut");
    expect(wordsOf({ words }, "de").source).toBe("Nach");
    expect(wordsOf({ words }, "de").correction).toBe("Korrektur");
    expect(wordsOf({ words }, "fi-FI").source).toBe("Lähde");
    expect(wordsOf({ words }, "fi").correction).toBe("Correction");
    expect(wordsOf({ words }, "en").source).toBe("Source");
  });
});
