import { fallbackTags, findByLanguage } from "../language.ts";
import { arabicWords } from "./ar.ts";
import { germanWords } from "./de.ts";
import { englishWords } from "./en.ts";
import { spanishWords } from "./es.ts";
import { frenchWords } from "./fr.ts";
import { italianWords } from "./it.ts";
import { japaneseWords } from "./ja.ts";
import { dutchWords } from "./nl.ts";
import { polishWords } from "./pl.ts";
import { portugueseWords } from "./pt.ts";
import { russianWords } from "./ru.ts";
import { swedishWords } from "./sv.ts";
import type { Words } from "./words.ts";
import { simplifiedChineseWords } from "./zh.ts";
import { traditionalChineseWords } from "./zh-hant.ts";

/** Feedwright's own words, by language. */
const WORDS = {
  en: englishWords,
  de: germanWords,
  fr: frenchWords,
  es: spanishWords,
  it: italianWords,
  pt: portugueseWords,
  nl: dutchWords,
  pl: polishWords,
  sv: swedishWords,
  ru: russianWords,
  ar: arabicWords,
  zh: simplifiedChineseWords,
  "zh-Hant": traditionalChineseWords,
  ja: japaneseWords,
} as const satisfies Readonly<Record<string, Words>>;

/** The tags of the languages that Feedwright has words of. */
export const LANGUAGES: readonly string[] = Object.keys(WORDS);

/**
 * The words of all languages that are known, complete: Feedwright's own, with `changes` in their place. Those of `de` are
 * also for `de-AT`, unless that has its own. A language that Feedwright has no words of gets English ones.
 */
export const allWords = (changes: Readonly<Record<string, Partial<Words>>>): Readonly<Record<string, Words>> => {
  const wordsIn = (language: string): Words => {
    let words: Words = findByLanguage(WORDS, language) ?? englishWords;
    for (const tag of fallbackTags(language).toReversed()) words = { ...words, ...changes[tag] };
    return words;
  };
  return Object.fromEntries([...LANGUAGES, ...Object.keys(changes)].map((language) => [language, wordsIn(language)]));
};
