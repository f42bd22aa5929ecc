import type { Item } from "./item.ts";
import type { StoryList } from "./scope.ts";

/** Names by which stories are included or excluded: keys of sections, tags and authors, and BCP 47 tags of languages. */
export interface Terms {
  readonly sections: readonly string[];
  readonly tags: readonly string[];
  readonly authors: readonly string[];
  readonly languages: readonly string[];
}

/**
 * Which stories a feed holds: those with any of the included sections, tags and authors (every story, if none is named), in
 * any of the included languages (in every one, if none is named), and with nothing that is excluded.
 */
export interface Selection {
  readonly include: Terms;
  readonly exclude: Terms;
}

/** A feed that site.yaml names by a selection. */
export interface NamedFeed {
  /** Name in URLs. */
  readonly key: string;
  readonly title: string;
  readonly selection: Selection;
}

/** No names. */
export const NO_TERMS: Terms = { sections: [], tags: [], authors: [], languages: [] };

const hasCategory = ({ section, tags, authors }: Item, terms: Terms): boolean =>
  (section !== undefined && terms.sections.includes(section.key)) ||
  tags.some(({ key }) => terms.tags.includes(key)) ||
  authors.some(({ key }) => terms.authors.includes(key));

/** `de` names `de-AT` too (RFC 4647 §3.3.1, basic filtering). */
const hasLanguage = (language: string, languages: readonly string[]): boolean =>
  languages.some((range) => language === range || language.startsWith(`${range}-`));

/** Whether a selection has a story; `siteLanguage` is that of stories that state none. */
export const selects = ({ include, exclude }: Selection, item: Item, siteLanguage: string): boolean => {
  const { language = siteLanguage } = item;
  const isOfAnyCategory = include.sections.length + include.tags.length + include.authors.length === 0;
  const isIncluded =
    (isOfAnyCategory || hasCategory(item, include)) &&
    (include.languages.length === 0 || hasLanguage(language, include.languages));
  return isIncluded && !hasCategory(item, exclude) && !hasLanguage(language, exclude.languages);
};

/** Whether a named feed has a story: one that states its feeds is in those alone, whatever they select. */
export const isInNamedFeed = (item: Item, { key, selection }: NamedFeed, siteLanguage: string): boolean =>
  item.feeds?.includes(key) ?? selects(selection, item, siteLanguage);

const KINDS = ["sections", "tags", "authors", "languages"] as const;

const sortTerms = (terms: Terms): Terms => ({
  ...NO_TERMS,
  ...Object.fromEntries(KINDS.map((kind) => [kind, [...new Set(terms[kind])].sort()])),
});

/**
 * What a selection chooses, as text: two that choose the same have one name. A named feed has its key in it, since stories may
 * name the feed; a selection of partners has none. `language` is that of stories that state none.
 */
export const selectionName = ({ include, exclude }: Selection, language: string, key?: string): string =>
  JSON.stringify({ key, language, include: sortTerms(include), exclude: sortTerms(exclude) });

/** Whether a selection of partners has a story: one that states its feeds is in no other. */
export const isInPartnerFeeds = (item: Item, selection: Selection, siteLanguage: string): boolean =>
  item.feeds === undefined && selects(selection, item, siteLanguage);

/** Whether what `selectionName` named has a story. */
export const isInNamedSelection = (item: Item, name: string): boolean => {
  // `selectionName` wrote it.
  const { key, language, ...selection }: Selection & { readonly key?: string; readonly language: string } =
    JSON.parse(name);
  return key === undefined
    ? isInPartnerFeeds(item, selection, language)
    : isInNamedFeed(item, { key, title: "", selection }, language);
};

const isEmpty = (terms: Terms): boolean => KINDS.every((kind) => terms[kind].length === 0);

/** The list of the stories that a selection of partners has. */
export const partnerList = (selection: Selection, siteLanguage: string): StoryList =>
  isEmpty(selection.include) && isEmpty(selection.exclude)
    ? { kind: "all" }
    : { kind: "selection", name: selectionName(selection, siteLanguage) };
