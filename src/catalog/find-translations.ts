import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import { visibilityOf } from "../model/visibility.ts";
import type { Store } from "../store/store.ts";
import { takeVisible } from "./take-visible.ts";

/** More languages than a story is translated into. */
const MAX_TRANSLATIONS = 100;

/** A story in its languages, as readers may see it at one moment. */
export interface Translations {
  /** All that are visible: the original first, if it is, then those that name it, each language once. */
  readonly versions: readonly Item[];
  /** The original, if it is visible. */
  readonly original?: Item;
}

/** The original of a story, if readers may see it; also the story itself. */
const findOriginal = async (store: Store, item: Item, now: Instant): Promise<Item | undefined> => {
  if (item.translationOf === undefined) return item;
  const original = await store.findById(item.translationOf);
  // Two editors who write at the same time can make a chain. It has no original.
  const isOriginal = original !== undefined && original.translationOf === undefined;
  return isOriginal && visibilityOf(original, now) === "visible" ? original : undefined;
};

/** Looks up the languages of a visible story. */
export const findTranslations = async (store: Store, item: Item, now: Instant): Promise<Translations> => {
  const { id, translationOf = id } = item;
  const original = await findOriginal(store, item, now);
  const others = await takeVisible(store.translationsOf(translationOf, now, MAX_TRANSLATIONS), MAX_TRANSLATIONS, now);
  const languageOf = ({ language = store.channel.language }: Item): string => language;
  const byLanguage = new Map<string, Item>();
  // The story itself is one of them, whatever else is in its language.
  for (const one of [item, ...(original ? [original] : []), ...others])
    if (!byLanguage.has(languageOf(one))) byLanguage.set(languageOf(one), one);
  const versions = [...byLanguage.values()];
  if (original === undefined || !versions.includes(original)) return { versions };
  return { versions: [original, ...versions.filter((one) => one !== original)], original };
};
