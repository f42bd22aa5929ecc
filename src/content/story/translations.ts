import { quote, reportError } from "../messages/messages.ts";
import { suggest } from "../messages/suggest.ts";
import type { ParsedStory } from "./story.ts";

/** A story as far as it matters for translations of each other. */
export interface Translation {
  readonly id: string;
  /** What messages call it: its file, or its slug. */
  readonly name: string;
  /** BCP 47. */
  readonly language: string;
  /** The id of the story that it is a translation of, as it says; absent of an original. */
  readonly translationOf?: string | undefined;
}

/** What is wrong with a translation, and with which key of front matter. */
export interface TranslationFault {
  readonly key: "language" | "translationOf";
  readonly rule: "translation" | "translation-language" | "unknown-original";
  readonly reason: string;
}

const faultOf = (rule: TranslationFault["rule"], key: TranslationFault["key"], reason: string): TranslationFault => ({
  key,
  rule,
  reason,
});

/** What is wrong with the story that one names as its original. */
const faultOfOriginal = ({ id, language }: Translation, original: Translation): TranslationFault | undefined => {
  const { translationOf: further, name } = original;
  if (further === id)
    return faultOf(
      "translation",
      "translationOf",
      `${quote(name)} is a translation of this story, as it says. Delete the key in the one that is the original.`,
    );
  if (further !== undefined)
    return faultOf(
      "translation",
      "translationOf",
      `${quote(name)} is a translation itself. Name its original: ${quote(further)}.`,
    );
  return original.language === language
    ? faultOf(
        "translation-language",
        "language",
        `The original, ${quote(name)}, is in ${quote(language)} as well. Mend \`language\`.`,
      )
    : undefined;
};

/**
 * What is wrong with a story among `others`, which are those that name it, the one that it names, and those that name that one.
 * Undefined if nothing is, also if the story that it names is missing.
 */
export const findTranslationFault = (
  story: Translation,
  others: readonly Translation[],
): TranslationFault | undefined => {
  const { id, language, translationOf } = story;
  const ownTranslations = others.filter((other) => other.translationOf === id);
  const [first] = ownTranslations;
  if (translationOf === undefined) {
    const same = ownTranslations.find((other) => other.language === language);
    return (
      same &&
      faultOf(
        "translation-language",
        "language",
        `${quote(same.name)}, a translation of this story, is in ${quote(language)} as well. Mend \`language\`.`,
      )
    );
  }
  if (translationOf === id)
    return faultOf(
      "translation",
      "translationOf",
      "The story names itself. Name its original, or delete the key if this is the original.",
    );
  const original = others.find((other) => other.id === translationOf);
  const fault = original && faultOfOriginal(story, original);
  if (fault !== undefined) return fault;
  if (first !== undefined)
    return faultOf(
      "translation",
      "translationOf",
      `${quote(first.name)} is a translation of this story, so this is an original. Delete the key.`,
    );
  const same = others.find((other) => other.translationOf === translationOf && other.language === language);
  return (
    same &&
    faultOf(
      "translation-language",
      "language",
      `${quote(same.name)} is a translation into ${quote(language)} already. Mend \`language\`, or delete one of the two.`,
    )
  );
};

/** A parsed story with what matters for translations. */
type Entry = Translation & { readonly story: ParsedStory };

const reportFault = ({ file, yaml }: ParsedStory, { key, rule, reason }: TranslationFault): void => {
  const isStated = yaml !== undefined && Object.hasOwn(yaml.data, key);
  reportError(file, rule, reason, yaml?.placeOf([isStated ? key : "translationOf"]));
};

/**
 * Reports translations of nothing, of themselves, of translations, and those that are in the language of the original or of another
 * translation. A draft is never the first translation into a language while another story is one.
 */
export const reportTranslations = (stories: readonly ParsedStory[], siteLanguage: string): void => {
  const entries = stories.flatMap((story): readonly Entry[] => {
    const { id, language = siteLanguage, translationOf } = story.data;
    return id === undefined ? [] : [{ id, language, translationOf, name: `content/${story.path}`, story }];
  });
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const earlier = new Map<string, Entry[]>();
  for (const entry of [...entries].sort((a, b) => Number(a.story.isDraft) - Number(b.story.isDraft))) {
    const { translationOf, story } = entry;
    if (translationOf === undefined) continue;
    const original = byId.get(translationOf);
    if (original === undefined) {
      const advice = suggest(translationOf, [...byId.keys()]) || " Name the original by its id.";
      const reason = `No story has the id ${quote(translationOf)}.${advice}`;
      reportError(story.file, "unknown-original", reason, story.yaml?.placeOf(["translationOf"]));
      continue;
    }
    const siblings = earlier.get(translationOf) ?? [];
    const fault = findTranslationFault(entry, [original, ...siblings]);
    if (fault !== undefined) reportFault(story, fault);
    earlier.set(translationOf, [...siblings, entry]);
  }
};
