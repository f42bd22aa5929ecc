import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { compareText } from "../../model/newest-first.ts";
import { isInNamedSelection } from "../../model/selection.ts";
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

const SCOPE = "selection/";

/** The scope of a selection's memberships. */
export const selectionScope = (number: number): string => SCOPE + number;

/** Whether a scope is that of a selection. */
export const isSelectionScope = (scope: string): boolean => scope.startsWith(SCOPE);

/** Whether a selection has a story. */
export const isMember = ({ terms }: SelectionRow, item: Item): boolean => isInNamedSelection(item, terms);

/** Whether a story with this date and id was compared with a selection already. */
const isCompared = ({ isComplete, ...last }: SelectionRow, { published, id }: Item): boolean =>
  isComplete === 1 || published < last.published || (published === last.published && compareText(id, last.id) <= 0);

/** The scopes of the selections that have a story; without those that will be compared with it. */
export const selectionScopesOf = (item: Item, { rows }: Selections): readonly string[] =>
  rows.filter((row) => isCompared(row, item) && isMember(row, item)).map(({ number }) => selectionScope(number));

/** Requires that the selections are those that were read. */
export const requireSelections = (prepare: Prepare, { version }: Selections): D1PreparedStatement =>
  prepare("INSERT INTO conditions (holds) SELECT (SELECT selections FROM revision WHERE only_row = 1) = ?1", version);
