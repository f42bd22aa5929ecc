import * as v from "valibot";
import { isRecord } from "../../lib/is-record.ts";
import { englishWords } from "../../model/words/en.ts";
import { placeholdersOf } from "../../model/words/template.ts";
import type { Words } from "../../model/words/words.ts";
import { WORDS } from "../../model/words/words-of.ts";
import { mapping } from "./mapping.ts";
import { language, text } from "./values.ts";

/** A text for readers with the same placeholders as the English one. */
const wordLike = (english: string) => {
  const placeholders = placeholdersOf(english);
  const names = placeholders.map((name) => `{${name}}`).join(" and ");
  const isComplete = (value: string) => placeholders.every((name) => placeholdersOf(value).includes(name));
  return v.exactOptional(v.pipe(text, v.check(isComplete, `must contain ${names}, as in "${english}".`)));
};

const wordEntries: v.ObjectEntries = Object.fromEntries(
  Object.entries(englishWords).map(([name, english]) => [name, wordLike(english)]),
);

const wordsOfOneLanguage = v.exactOptional(mapping(wordEntries));

const isWord = (name: string): name is keyof Words => Object.hasOwn(englishWords, name);

const nameOfLanguage = (tag: string, inLanguage: string): string | undefined =>
  new Intl.DisplayNames(inLanguage, { type: "language", fallback: "none" }).of(tag);

/** Whether a text is a language tag, and not just one that could be. */
const isLanguage = (tag: string): boolean =>
  v.is(language, tag) && nameOfLanguage(tag.split("-", 1)[0] ?? "", "en") !== undefined;

/** The names of languages, in English and in themselves, in lower case, by which a writer may have meant their tags. */
const languagesByName = (tags: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    tags.flatMap((tag) =>
      ["en", tag].flatMap((inLanguage): readonly (readonly [string, string])[] => {
        const name = nameOfLanguage(tag, inLanguage);
        return name === undefined ? [] : [[name.toLowerCase(), tag]];
      }),
    ),
  );

const pickWords = (data: Readonly<Record<string, unknown>>): Partial<Words> => {
  const words: Partial<Record<keyof Words, string>> = {};
  for (const [name, value] of Object.entries(data)) {
    if (isWord(name) && typeof value === "string") words[name] = value;
  }
  return words;
};

/**
 * The key `words` of site.yaml: words by language, or words only, which count for the language of the site. Its output is
 * a list of languages (undefined for that of the site) with their words.
 */
export const words = v.lazy((input) => {
  const keys = isRecord(input) ? Object.keys(input) : [];
  const known = Object.keys(WORDS);
  const tags = [...known, ...keys.filter((key) => !isWord(key) && isLanguage(key))];
  const languages: v.ObjectEntries = Object.fromEntries(tags.map((tag) => [tag, wordsOfOneLanguage]));
  return v.pipe(
    mapping({ ...wordEntries, ...languages }, {}, languagesByName(known)),
    v.transform((data): readonly (readonly [language: string | undefined, words: Partial<Words>])[] => [
      [undefined, pickWords(data)],
      ...Object.entries(data).flatMap(([tag, value]): readonly (readonly [string, Partial<Words>])[] =>
        isRecord(value) ? [[v.parse(language, tag), pickWords(value)]] : [],
      ),
    ]),
  );
});
