import fc from "fast-check";
import { byAge, DAY, HOUR, hasAppeared, isVisible, type StoryPlan } from "./arbitrary-stories.ts";

// Random contracts with partners, and what the tests expect a partner to get by them: written from what docs/partners.md
// promises, and computed without the code under test.

/** Names of sections, tags, authors and languages. */
interface TermsPlan {
  readonly sections: readonly string[];
  readonly tags: readonly string[];
  readonly authors: readonly string[];
  readonly languages: readonly string[];
}

/** What a test knows of a contract. */
export interface ContractPlan {
  readonly include: TermsPlan;
  readonly exclude: TermsPlan;
  readonly delayHours: number;
  readonly hours?: number | undefined;
  readonly length?: number | undefined;
  readonly text: "full" | "summary" | { readonly lead: number };
}

/** Keys of site.yaml that count for partners. */
export interface SitePlan {
  readonly feedLength: number;
  readonly noticeDays: number;
}

/** What a partner gets at a moment, newest first. */
export interface Expected {
  readonly items: readonly StoryPlan[];
  /** Stories that were withdrawn, whose notice stands. */
  readonly notices: readonly StoryPlan[];
  /** Stories of which Atom may say that they were deleted. */
  readonly deleted: readonly StoryPlan[];
}

const few = (...names: string[]) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: fc.subarray(names) });

const arbitraryTerms: fc.Arbitrary<TermsPlan> = fc.record({
  sections: few("world", "odd"),
  tags: few("red", "blue"),
  authors: few("ann", "bob"),
  languages: few("en", "de"),
});

/** Contracts, half of which select every story. */
export const arbitraryContract: fc.Arbitrary<ContractPlan> = fc.record({
  include: arbitraryTerms,
  exclude: fc.oneof(fc.constant({ sections: [], tags: [], authors: [], languages: [] }), arbitraryTerms),
  delayHours: fc.constantFrom(0, 0, 12, 24, 48),
  hours: fc.constantFrom(undefined, undefined, 24, 48, 72, 120),
  length: fc.constantFrom(undefined, 1, 2, 3),
  text: fc.constantFrom<ContractPlan["text"]>("full", "summary", { lead: 1 }),
});

/** A contract as content/partners.yaml and the API write it. */
export const contractOf = (plan: ContractPlan, sha256: string) => ({
  ...{ tokens: [{ sha256 }], formats: ["rss", "atom", "json"], text: plan.text },
  ...{ include: plan.include, exclude: plan.exclude, delay: `${plan.delayHours}h` },
  ...(plan.hours !== undefined && { hours: plan.hours }),
  ...(plan.length !== undefined && { length: plan.length }),
});

const isOfLanguage = ({ language = "en" }: StoryPlan, languages: readonly string[]): boolean =>
  languages.some((one) => language === one || language.startsWith(`${one}-`));

const isOfAny = ({ section, tags, author }: StoryPlan, terms: TermsPlan): boolean =>
  (section !== undefined && terms.sections.includes(section)) ||
  tags.some((tag) => terms.tags.includes(tag)) ||
  terms.authors.includes(author.toLowerCase());

/** Whether a contract selects a story. */
export const isSelected = (plan: StoryPlan, { include, exclude }: ContractPlan): boolean => {
  if (plan.feeds === false || isOfAny(plan, exclude) || isOfLanguage(plan, exclude.languages)) return false;
  const includesAll = [...include.sections, ...include.tags, ...include.authors].length === 0;
  return (
    (includesAll || isOfAny(plan, include)) && (include.languages.length === 0 || isOfLanguage(plan, include.languages))
  );
};

/** When a story begins and ceases to be in a partner's feed, if it is among the newest. */
const periodOf = (
  { published, withdrawn = Number.POSITIVE_INFINITY, expires = Number.POSITIVE_INFINITY }: StoryPlan,
  { delayHours, hours = Number.POSITIVE_INFINITY }: ContractPlan,
) => ({ from: published + delayHours * HOUR, to: Math.min(published + hours * HOUR, withdrawn, expires) });

const updatedOf = ({ published, updated = published }: StoryPlan): number => Math.max(published, updated);

/** What a partner gets at `now`. */
export const expectedOf = (
  stories: readonly StoryPlan[],
  contract: ContractPlan,
  { feedLength, noticeDays }: SitePlan,
  now: number,
): Expected => {
  const { length = feedLength } = contract;
  const selected = byAge(stories)
    .toReversed()
    .filter((plan) => isSelected(plan, contract));
  const shown = selected.filter((plan) => {
    const { from, to } = periodOf(plan, contract);
    return isVisible(plan, now) && from <= now && now < to;
  });
  const newest = shown.slice(0, length);
  const oldest = newest.at(-1);
  const corrected = shown
    .slice(length)
    .filter((plan) => updatedOf(plan) > plan.published && updatedOf(plan) >= (oldest?.published ?? 0))
    .sort((a, b) => updatedOf(b) - updatedOf(a))
    .slice(0, length);
  // What was never in the feed leaves no trace.
  const left = selected.filter((plan) => {
    const { from, to } = periodOf(plan, contract);
    return hasAppeared(plan, now) && !isVisible(plan, now) && from < to;
  });
  const notices = left.filter(({ withdrawn }) => withdrawn !== undefined && now < withdrawn + noticeDays * DAY);
  return { items: [...newest, ...byAge(corrected).toReversed()], notices, deleted: left };
};

/** When the feed of a contract changed last by itself, by `now`; 0 if it never did. */
export const lastTransition = (
  stories: readonly StoryPlan[],
  contract: ContractPlan,
  { noticeDays }: Pick<SitePlan, "noticeDays">,
  now: number,
): number => {
  const instants = stories.flatMap((plan) => {
    const { published, withdrawn, expires, draft } = plan;
    if (draft) return [];
    const left = withdrawn ?? expires;
    const { from, to } = periodOf(plan, contract);
    const end = published + (contract.hours ?? 0) * HOUR;
    return [
      // Those of every feed of the site.
      published,
      ...(left === undefined ? [] : [left]),
      ...(withdrawn === undefined ? [] : [withdrawn + noticeDays * DAY]),
      // Those of the view.
      ...(withdrawn === undefined && isSelected(plan, contract) && from < to
        ? [from, ...(to === end ? [to] : [])]
        : []),
    ];
  });
  return Math.max(0, ...instants.filter((at) => at <= now));
};
