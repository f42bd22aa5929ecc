import fc from "fast-check";
import { type Files, instant, site, story } from "../../fixtures/publication.ts";

// Random stories, and what the tests expect of them, computed without the code under test.

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const START = instant("2026-03-01T00:00:00Z");

/** What a test knows of a story. Times are in milliseconds. */
export interface StoryPlan {
  /** Two digits: no name is part of another. */
  readonly name: string;
  readonly published: number;
  readonly updated?: number;
  readonly expires?: number;
  readonly withdrawn?: number;
  readonly draft?: boolean;
  readonly tags: readonly string[];
  readonly author: string;
  readonly section?: string;
  readonly language?: string;
  /** No feed has it. */
  readonly feeds?: false;
  /** Number of edits of its text. */
  readonly edits?: number;
}

/** The name of the story with a number: `s05`. */
export const nameOf = (index: number): string => `s${String(index).padStart(2, "0")}`;

/** The id of a story. */
export const idOf = ({ name }: Pick<StoryPlan, "name">): string => `tag:courier.example,2026:${name}`;

/** The text of a story, which nothing but the visible story may contain. */
export const textOf = ({ name, edits = 0 }: Pick<StoryPlan, "name" | "edits">): string => `Text ${edits} of ${name}.`;

const iso = (time: number): string => new Date(time).toISOString();

const fileOf = (plan: StoryPlan): string => {
  const { name, published, updated, expires, withdrawn, draft, tags, author, section, language, feeds } = plan;
  const front = {
    published: iso(published),
    tags,
    authors: [{ name: author }],
    ...(updated !== undefined && { updated: iso(updated) }),
    ...(expires !== undefined && { expires: iso(expires) }),
    ...(withdrawn !== undefined && { withdrawn: { at: iso(withdrawn), reason: `Not so, ${name}.` } }),
    ...(draft && { draft }),
    ...(section !== undefined && { section }),
    ...(language !== undefined && { language }),
    ...(feeds !== undefined && { feeds }),
  };
  return story(name, front, textOf(plan));
};

/** A content/ folder with these stories, and with more keys in site.yaml. */
export const filesOf = (stories: readonly StoryPlan[], siteKeys: Readonly<Record<string, unknown>> = {}): Files => ({
  "site.yaml": site({ sections: { world: "World", odd: "Odd" }, ...siteKeys }),
  ...Object.fromEntries(stories.map((plan) => [`${plan.name}.md`, fileOf(plan)])),
});

/** Whether readers have ever seen a story by `now`. */
export const hasAppeared = ({ draft = false, published }: StoryPlan, now: number): boolean =>
  !draft && published <= now;

/** Whether readers see a story at `now`. */
export const isVisible = (plan: StoryPlan, now: number): boolean =>
  hasAppeared(plan, now) && plan.withdrawn === undefined && (plan.expires === undefined || now < plan.expires);

/** Sorts stories by (published, id), the oldest first. */
export const byAge = (stories: readonly StoryPlan[]): readonly StoryPlan[] =>
  stories.toSorted((a, b) => a.published - b.published || (idOf(a) < idOf(b) ? -1 : 1));

/** A scope: the path above its feeds, and which stories belong to it. */
export interface ScopeCase {
  readonly path: string;
  readonly includes: (plan: StoryPlan) => boolean;
}

export const scopes: readonly ScopeCase[] = [
  { path: "", includes: () => true },
  { path: "/tags/red", includes: ({ tags }) => tags.includes("red") },
  { path: "/authors/ann", includes: ({ author }) => author === "Ann" },
  { path: "/sections/world", includes: ({ section }) => section === "world" },
];

const days = (max: number) => fc.integer({ min: 0, max }).map((count) => count * DAY);

/** Some days in one of `oneIn` cases, undefined otherwise. */
const rarely = (oneIn: number, max: number) =>
  fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: days(max) });

/** Stories of one deployment, with equal dates, embargoes, expiries, withdrawals and drafts among them. */
export const arbitraryStories: fc.Arbitrary<readonly StoryPlan[]> = fc
  .array(
    fc.record({
      at: days(9),
      updatedAfter: rarely(2, 9),
      life: rarely(4, 9),
      withdrawnAfter: rarely(6, 4),
      draft: fc.nat({ max: 7 }).map((one) => one === 7),
      tags: fc.subarray(["red", "blue"]),
      author: fc.constantFrom("Ann", "Bob"),
      section: fc.constantFrom("world", undefined, "odd"),
    }),
    { minLength: 2, maxLength: 14, size: "max" },
  )
  .map((all) =>
    all.map(({ at, updatedAfter, life, withdrawnAfter, section, ...rest }, index) => ({
      name: nameOf(index),
      published: START + at,
      ...(updatedAfter !== undefined && { updated: START + at + updatedAfter }),
      ...(life !== undefined && { expires: START + at + DAY + life }),
      ...(withdrawnAfter !== undefined && { withdrawn: START + at + (updatedAfter ?? 0) + withdrawnAfter + 1000 }),
      ...(section !== undefined && { section }),
      ...rest,
    })),
  );
