import fc from "fast-check";
import { DAY, nameOf, START, type StoryPlan } from "./arbitrary-stories.ts";

// How a publisher edits a publication from one deployment to the next, at random.

const which = fc.nat({ max: 20 });

/**
 * An edit of a publication. `of` is the number of a story, modulo the number of stories; a story added with a future
 * date is embargoed.
 */
const arbitraryEdit = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("add"), daysBack: fc.integer({ min: -3, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("correct"), of: which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("edit without updated"), of: which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("withdraw"), of: which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("restore"), of: which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete"), of: which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("expire"), of: which }) },
);

type Edit = typeof arbitraryEdit extends fc.Arbitrary<infer Value> ? Value : never;

const arbitraryStep = fc.record({
  edits: fc.array(arbitraryEdit, { maxLength: 3 }),
  daysLater: fc.integer({ min: 1, max: 3 }),
  /** Which of three readers poll after the deployment. */
  isPolled: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
});

/** The edits of one deployment. */
export type Step = typeof arbitraryStep extends fc.Arbitrary<infer Value> ? Value : never;

/** Deployments one after the other, and keys of site.yaml. */
export const arbitraryHistory = fc.record({
  steps: fc.array(arbitraryStep, { minLength: 2, maxLength: 10, size: "max" }),
  channel: fc.record({ feedLength: fc.integer({ min: 1, max: 6 }), noticeDays: fc.constantFrom(0, 2, 14) }),
});

const edited = ({ withdrawn, ...story }: StoryPlan, kind: Edit["kind"], now: number): readonly StoryPlan[] => {
  const withdrawal = withdrawn === undefined ? {} : { withdrawn };
  const { updated = story.published } = story;
  const edits = (story.edits ?? 0) + 1;
  // A story is not corrected, withdrawn or expired before it appears.
  const at = Math.max(now, story.published);
  switch (kind) {
    case "correct":
      return [{ ...story, ...(withdrawn !== undefined && { withdrawn: at + 1000 }), edits, updated: at }];
    case "edit without updated":
      return [{ ...story, ...withdrawal, edits }];
    case "withdraw":
      return [{ ...story, withdrawn: Math.max(at, updated + 1000) }];
    case "restore":
      return [story];
    case "expire":
      return [{ ...story, ...withdrawal, expires: at + 2 * DAY }];
    default:
      return [];
  }
};

const applyEdit = (stories: readonly StoryPlan[], edit: Edit, now: number, name: string): readonly StoryPlan[] => {
  if (!("of" in edit)) {
    const published = now - edit.daysBack * DAY;
    return [...stories, { name, published, tags: edit.daysBack === 3 ? [] : ["red"], author: "Ann" }];
  }
  const chosen = edit.of % Math.max(1, stories.length);
  return stories.flatMap((story, index) => (index === chosen ? edited(story, edit.kind, now) : story));
};

/** The stories of each deployment, and when it happens. The first begins with three stories. */
export function* publicationsOf(steps: readonly Step[]) {
  let stories: readonly StoryPlan[] = [0, 1, 2].map((index) => ({
    name: nameOf(index),
    published: START + index * DAY,
    tags: ["red"],
    author: "Ann",
  }));
  let now = START + 3 * DAY;
  let count = stories.length;
  for (const { edits, daysLater, isPolled } of steps) {
    now += daysLater * DAY;
    for (const edit of edits) {
      stories = applyEdit(stories, edit, now, nameOf(count));
      count += 1;
    }
    yield { stories, now, isPolled };
  }
}
