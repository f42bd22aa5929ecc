import fc from "fast-check";
import { DAY, nameOf, START, type Told } from "./history.ts";

// What a publisher does to a publication from one deployment to the next.

const which = fc.nat({ max: 20 });

/** What is added with its date ahead appears by itself. `of` counts among the stories that there are. */
const deed = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("add"), daysBack: fc.integer({ min: -3, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("correct"), of: which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("edit without a word"), of: which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("withdraw"), of: which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("take back"), of: which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete"), of: which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("expire"), of: which }) },
);

type Deed = typeof deed extends fc.Arbitrary<infer Value> ? Value : never;

const arbitraryStep = fc.record({
  deeds: fc.array(deed, { maxLength: 3 }),
  daysLater: fc.integer({ min: 1, max: 3 }),
  /** Which readers ask now. */
  isAsked: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
});

export type Step = typeof arbitraryStep extends fc.Arbitrary<infer Value> ? Value : never;

/** Deployments, and what site.yaml says at first. */
export const arbitraryHistory = fc.record({
  steps: fc.array(arbitraryStep, { minLength: 2, maxLength: 10, size: "max" }),
  channel: fc.record({ feedLength: fc.integer({ min: 1, max: 6 }), noticeDays: fc.constantFrom(0, 2, 14) }),
});

const changed = ({ withdrawn, ...story }: Told, kind: Deed["kind"], now: number): readonly Told[] => {
  const cached = withdrawn === undefined ? {} : { withdrawn };
  const edits = (story.edits ?? 0) + 1;
  // Nothing happens to a story before it appears.
  const at = Math.max(now, story.published);
  switch (kind) {
    case "correct":
      return [{ ...story, ...cached, edits, updated: at }];
    case "edit without a word":
      return [{ ...story, ...cached, edits }];
    case "withdraw":
      return [{ ...story, withdrawn: at }];
    case "take back":
      return [story];
    case "expire":
      return [{ ...story, ...cached, expires: at + 2 * DAY }];
    default:
      return [];
  }
};

const done = (stories: readonly Told[], deed: Deed, now: number, name: string): readonly Told[] => {
  if (!("of" in deed)) {
    const published = now - deed.daysBack * DAY;
    return [...stories, { name, published, tags: deed.daysBack === 3 ? [] : ["red"], author: "Ann" }];
  }
  const chosen = deed.of % Math.max(1, stories.length);
  return stories.flatMap((story, index) => (index === chosen ? changed(story, deed.kind, now) : story));
};

/** What is deployed, and when, as the steps are taken. Begins with a few stories. */
export function* publicationsOf(steps: readonly Step[]) {
  let stories: readonly Told[] = [0, 1, 2].map((index) => ({
    name: nameOf(index),
    published: START + index * DAY,
    tags: ["red"],
    author: "Ann",
  }));
  let now = START + 3 * DAY;
  let count = stories.length;
  for (const { deeds, daysLater, isAsked } of steps) {
    now += daysLater * DAY;
    for (const deed of deeds) {
      stories = done(stories, deed, now, nameOf(count));
      count += 1;
    }
    yield { stories, now, isAsked };
  }
}
