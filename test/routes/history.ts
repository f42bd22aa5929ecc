import fc from "fast-check";
import { type Files, instant, site, story } from "../fixtures/publication.ts";

// Publications at random, and what must be true of them, told without the code that is tested.

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const START = instant("2026-03-01T00:00:00Z");

/** A story in a publication's history. */
export interface Told {
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
  /** Counts the edits of its text. */
  readonly edits?: number;
}

export const nameOf = (index: number): string => `s${String(index).padStart(2, "0")}`;

export const idOf = ({ name }: Pick<Told, "name">): string => `tag:courier.example,2026:${name}`;

/** What only a visible story says. */
export const textOf = ({ name, edits = 0 }: Pick<Told, "name" | "edits">): string => `Text ${edits} of ${name}.`;

const iso = (time: number): string => new Date(time).toISOString();

const fileOf = (one: Told): string => {
  const { name, published, updated, expires, withdrawn, draft, tags, author, section } = one;
  const front = {
    published: iso(published),
    tags,
    authors: [{ name: author }],
    ...(updated !== undefined && { updated: iso(updated) }),
    ...(expires !== undefined && { expires: iso(expires) }),
    ...(withdrawn !== undefined && { withdrawn: { at: iso(withdrawn), reason: `Not so, ${name}.` } }),
    ...(draft && { draft }),
    ...(section !== undefined && { section }),
  };
  return story(name, front, textOf(one));
};

/** content/ with these stories. */
export const filesOf = (stories: readonly Told[], more: Readonly<Record<string, unknown>> = {}): Files => ({
  "site.yaml": site({ sections: { world: "World", odd: "Odd" }, ...more }),
  ...Object.fromEntries(stories.map((one) => [`${one.name}.md`, fileOf(one)])),
});

/** Whether readers had it by then, be it gone again or not. */
export const hasAppeared = ({ draft = false, published }: Told, now: number): boolean => !draft && published <= now;

export const isVisible = (one: Told, now: number): boolean =>
  hasAppeared(one, now) && one.withdrawn === undefined && (one.expires === undefined || now < one.expires);

/** The oldest first, by (published, id). */
export const byAge = (stories: readonly Told[]): readonly Told[] =>
  stories.toSorted((a, b) => a.published - b.published || (idOf(a) < idOf(b) ? -1 : 1));

/** What an address says of the stories below it. */
export interface ScopeCase {
  readonly path: string;
  readonly holds: (one: Told) => boolean;
}

export const scopes: readonly ScopeCase[] = [
  { path: "", holds: () => true },
  { path: "/tags/red", holds: ({ tags }) => tags.includes("red") },
  { path: "/authors/ann", holds: ({ author }) => author === "Ann" },
  { path: "/sections/world", holds: ({ section }) => section === "world" },
];

const days = (most: number) => fc.integer({ min: 0, max: most }).map((count) => count * DAY);

/** Mostly nothing: `oneIn` as many times it is some days. */
const rarely = (oneIn: number, most: number) =>
  fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: days(most) });

/** Stories that were written in one go: ties, embargoes, expiries, withdrawals and drafts among them. */
export const arbitraryStories: fc.Arbitrary<readonly Told[]> = fc
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
      ...(withdrawnAfter !== undefined && { withdrawn: START + at + withdrawnAfter }),
      ...(section !== undefined && { section }),
      ...rest,
    })),
  );
