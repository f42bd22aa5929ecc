import type { VFile } from "vfile";
import type { Category, Item } from "../model/item.ts";
import type { Selection } from "../model/selection.ts";
import { type Place, quote, reportError, reportWarning } from "./messages/messages.ts";
import { suggest } from "./messages/suggest.ts";

/** A selection as a file states it. */
export interface WrittenSelection {
  readonly selection: Selection;
  /** Where a term is in the file, such as `("include", "tags", 0)`. */
  readonly placeOf: (side: "exclude" | "include", kind: keyof Selection["include"], index: number) => Place;
}

const SIDES = ["include", "exclude"] as const;

/** Reports sections that site.yaml does not have. */
export const reportUnknownSections = (
  file: VFile,
  { selection, placeOf }: WrittenSelection,
  sections: readonly Category[],
): void => {
  const known = sections.map(({ key }) => key);
  for (const side of SIDES) {
    selection[side].sections.forEach((name, index) => {
      if (known.includes(name)) return;
      const reason = `${quote(name)} is no section of site.yaml.${suggest(name, known) || " Add it there, or delete it here."}`;
      reportError(file, "unknown-section", reason, placeOf(side, "sections", index));
    });
  }
};

const warnOfUnusedTerms = (
  file: VFile,
  { selection, placeOf }: WrittenSelection,
  kind: "authors" | "tags",
  known: readonly string[],
): void => {
  for (const side of SIDES) {
    selection[side][kind].forEach((name, index) => {
      if (known.includes(name)) return;
      const what = kind === "tags" ? "tag" : "author";
      const reason = `No story has the ${what} ${quote(name)}.${suggest(name, known) || " Mend it, unless one will."}`;
      reportWarning(file, `unused-${what}`, reason, placeOf(side, kind, index));
    });
  }
};

/** Warns of tags and authors that no story has, nor, of authors, site.yaml. */
export const reportUnusedTerms = (
  file: VFile,
  written: WrittenSelection,
  items: readonly Item[],
  siteAuthors: readonly Category[],
): void => {
  const keysOf = (entries: readonly Category[]): readonly string[] => [...new Set(entries.map(({ key }) => key))];
  warnOfUnusedTerms(file, written, "tags", keysOf(items.flatMap(({ tags }) => tags)));
  warnOfUnusedTerms(file, written, "authors", keysOf([...siteAuthors, ...items.flatMap(({ authors }) => authors)]));
};
