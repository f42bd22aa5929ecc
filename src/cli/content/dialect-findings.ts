import type { Judgement } from "../../content/result.ts";
import { dialectByName } from "../../dialects/dialects.ts";
import { DAY_MS, type Instant } from "../../model/instant.ts";
import type { Publication } from "../../model/publication.ts";
import { CONTENT } from "./compile-folder.ts";

type Judgements = ReadonlyMap<string, Judgement>;

const LEVELS = { must: "error", should: "warning" } as const;

/** Whether a story is older than a dialect takes. */
const isTooOld = (published: Instant | undefined, dialect: string, now: Instant): boolean => {
  const { maxAgeDays } = dialectByName(dialect) ?? {};
  return maxAgeDays !== undefined && published !== undefined && now >= published + maxAgeDays * DAY_MS;
};

/** The judgements of the stories that are not too old for a dialect. */
export const recentJudgements = (judgements: Judgements, dialect: string, now: Instant): Judgements =>
  new Map([...judgements].filter(([, { published }]) => !isTooOld(published, dialect, now)));

/**
 * What a dialect's rules say of stories, for people: for each finding its place, what to do, the rule and its source. Empty if they
 * say nothing.
 */
export const formatFindings = (judgements: Judgements, dialect: string): string =>
  [...judgements]
    .flatMap(([path, { findings }]) => {
      const ofDialect = findings.filter((finding) => finding.dialect === dialect);
      if (ofDialect.length === 0) return [];
      const lines = ofDialect.map(
        ({ line, column, level, message, rule, source, readOn }) =>
          `  ${line}:${column} ${LEVELS[level]} ${message} (${rule}; ${source}, read on ${readOn})`,
      );
      return [`${CONTENT}/${path}`, ...lines, ""];
    })
    .join("\n")
    .trimEnd();

/** Whether a dialect leaves out one of the stories, since it breaks a rule. */
export const isAnyUnfit = (judgements: Judgements, dialect: string): boolean =>
  [...judgements.values()]
    .flatMap(({ findings }) => findings)
    .some((finding) => finding.dialect === dialect && finding.level === "must");

/** A line for each dialect that a contract has and that leaves out stories: how many, and the command that says why. */
export const leftOutLines = (
  { items, partners }: Pick<Publication, "items" | "partners">,
  now: Instant,
): readonly string[] => {
  const inUse = [...new Set(partners.flatMap(({ formats }) => formats))].sort();
  return inUse.flatMap((dialect) => {
    const count = items.filter(
      ({ unfitFor = [], published }) => unfitFor.includes(dialect) && !isTooOld(published, dialect, now),
    ).length;
    const stories = count === 1 ? "1 story is" : `${count} stories are`;
    return count === 0 ? [] : [`${stories} left out for ${dialect}: npm run check -- --dialect ${dialect}`];
  });
};
