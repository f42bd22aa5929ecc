import * as v from "valibot";
import { isRecord } from "../../lib/is-record.ts";
import { LANGUAGES } from "../../model/words/all-words.ts";
import { englishWords } from "../../model/words/en.ts";
import { placeholdersOf } from "../../model/words/template.ts";
import type { Words } from "../../model/words/words.ts";
import { mapping } from "./mapping.ts";
import { language, text } from "./values.ts";

/** Words with the languages that site.yaml says them for; undefined is the language of the site. */
export type SiteWords = readonly (readonly [language: string | undefined, words: Partial<Words>])[];

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

// ISO 639-1. Of the thousands of languages with three letters, any will do.
const TWO_LETTERS = new Set(
  (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo " +
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka " +
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng " +
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st " +
    "su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
  ).split(" "),
);

/** Whether a text is a language tag, and not just one that could be. */
const isLanguage = (tag: string): boolean => {
  if (!v.is(language, tag)) return false;
  const [primary = ""] = v.parse(language, tag).split("-");
  return primary.length === 3 || TWO_LETTERS.has(primary);
};

const nameOfLanguage = (tag: string, inLanguage: string): string | undefined =>
  new Intl.DisplayNames(inLanguage, { type: "language", fallback: "none" }).of(tag);

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
 * The key `words` of site.yaml: words by language, or words only, which count for the language of the site.
 */
export const words = v.lazy((input) => {
  const keys = isRecord(input) ? Object.keys(input) : [];
  const tags = [...LANGUAGES, ...keys.filter((key) => !isWord(key) && isLanguage(key))];
  const languages: v.ObjectEntries = Object.fromEntries(tags.map((tag) => [tag, wordsOfOneLanguage]));
  return v.pipe(
    mapping({ ...wordEntries, ...languages }, {}, languagesByName(LANGUAGES)),
    v.transform(
      (data): SiteWords => [
        [undefined, pickWords(data)],
        ...Object.entries(data).flatMap(([tag, value]): readonly (readonly [string, Partial<Words>])[] =>
          isRecord(value) ? [[v.parse(language, tag), pickWords(value)]] : [],
        ),
      ],
    ),
  );
});
