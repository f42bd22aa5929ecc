import type { Channel } from "../../model/channel.ts";
import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { compareText } from "../../model/newest-first.ts";
import { isInNamedFeed, type NamedFeed, type Selection, type Terms } from "../../model/selection.ts";
import type { Prepare } from "./rows.ts";

/** A row of the table `selections`. */
export interface SelectionRow {
  readonly number: number;
  readonly terms: string;
  /** The last story that was compared, unless all were: its date and id. */
  readonly published: Instant;
  readonly id: string;
  readonly isComplete: 0 | 1;
}

/** The selections, and the scopes of some stories, as they are together. */
export interface Selections {
  /** How often selections, or what they have, had changed without a story being written. */
  readonly version: number;
  readonly rows: readonly SelectionRow[];
  /** Names of the scopes that stories are in, by their numbers. */
  readonly scopes: ReadonlyMap<number, readonly string[]>;
}

const KINDS = ["sections", "tags", "authors", "languages"] as const;

const sortTerms = (terms: Terms): Terms => ({
  sections: [],
  tags: [],
  authors: [],
  languages: [],
  ...Object.fromEntries(KINDS.map((kind) => [kind, [...new Set(terms[kind])].sort()])),
});

/**
 * What a named feed chooses, as the table has it. Stories may name the feed, so its key is a part of that; and so is the
 * language of stories that state none.
 */
export const selectionTerms = (
  { key, selection: { include, exclude } }: NamedFeed,
  { language }: Pick<Channel, "language">,
): string => JSON.stringify({ key, language, include: sortTerms(include), exclude: sortTerms(exclude) });

// `selectionTerms` wrote it.
const readTerms = (terms: string): Selection & Pick<NamedFeed, "key"> & Pick<Channel, "language"> => JSON.parse(terms);

const SCOPE = "selection/";

/** The scope of a selection's memberships. */
export const selectionScope = (number: number): string => SCOPE + number;

/** Whether a scope is that of a selection. */
export const isSelectionScope = (scope: string): boolean => scope.startsWith(SCOPE);

/** Whether a selection has a story. */
export const isMember = ({ terms }: SelectionRow, item: Item): boolean => {
  const { key, language, ...selection } = readTerms(terms);
  return isInNamedFeed(item, { key, title: "", selection }, language);
};

/** Whether a story with this date and id was compared with a selection already. */
const isCompared = ({ isComplete, ...last }: SelectionRow, { published, id }: Item): boolean =>
  isComplete === 1 || published < last.published || (published === last.published && compareText(id, last.id) <= 0);

/** The scopes of the selections that have a story; without those that will be compared with it. */
export const selectionScopesOf = (item: Item, { rows }: Selections): readonly string[] =>
  rows.filter((row) => isCompared(row, item) && isMember(row, item)).map(({ number }) => selectionScope(number));

/** Requires that the selections are those that were read. */
export const requireSelections = (prepare: Prepare, { version }: Selections): D1PreparedStatement =>
  prepare("INSERT INTO conditions (holds) SELECT (SELECT selections FROM revision WHERE only_row = 1) = ?1", version);
