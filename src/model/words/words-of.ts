import type { Channel } from "../channel.ts";
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

/** Words by language. Regions that write Chinese in traditional characters have them without a script in the tag, too. */
export const WORDS: Readonly<Record<string, Words>> = {
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
  "zh-HK": traditionalChineseWords,
  "zh-MO": traditionalChineseWords,
  "zh-TW": traditionalChineseWords,
  ja: japaneseWords,
};

/**
 * The words of a language, a BCP 47 tag in its canonical spelling. `de-AT` has those of `de`, and a language that has
 * none has those of English; what site.yaml says for the language, or for a part of its tag, replaces them.
 */
export const wordsOf = ({ words }: Pick<Channel, "words">, language: string): Words => {
  let merged = findByLanguage(WORDS, language) ?? englishWords;
  for (const tag of fallbackTags(language).toReversed()) merged = { ...merged, ...words[tag] };
  return merged;
};
