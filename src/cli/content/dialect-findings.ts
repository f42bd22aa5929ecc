import type { PlacedFinding } from "../../content/compile.ts";
import type { Publication } from "../../model/publication.ts";
import { CONTENT } from "./compile-folder.ts";

type FindingsByPath = ReadonlyMap<string, readonly PlacedFinding[]>;

const LEVELS = { must: "error", should: "warning" } as const;

/**
 * What a dialect's rules say of stories, for people: for each finding its place, what to do, the rule and its source. Empty if they
 * say nothing.
 */
export const formatFindings = (findings: FindingsByPath, dialect: string): string =>
  [...findings]
    .flatMap(([path, ofStory]) => {
      const ofDialect = ofStory.filter((finding) => finding.dialect === dialect);
      if (ofDialect.length === 0) return [];
      const lines = ofDialect.map(
        ({ line, column, level, message, rule, source, readOn }) =>
          `  ${line}:${column} ${LEVELS[level]} ${message} (${rule}; ${source}, read on ${readOn})`,
      );
      return [`${CONTENT}/${path}`, ...lines, ""];
    })
    .join("\n")
    .trimEnd();

/** Whether a dialect leaves out one of the stories. */
export const isAnyUnfit = (findings: FindingsByPath, dialect: string): boolean =>
  [...findings.values()].flat().some((finding) => finding.dialect === dialect && finding.level === "must");

/** A line for each dialect that a contract has and that leaves out stories: how many, and the command that says why. */
export const leftOutLines = ({ items, partners }: Pick<Publication, "items" | "partners">): readonly string[] => {
  const inUse = [...new Set(partners.flatMap(({ formats }) => formats))].sort();
  return inUse.flatMap((dialect) => {
    const count = items.filter(({ unfitFor = [] }) => unfitFor.includes(dialect)).length;
    const stories = count === 1 ? "1 story is" : `${count} stories are`;
    return count === 0 ? [] : [`${stories} left out for ${dialect}: npm run check -- --dialect ${dialect}`];
  });
};
