import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Item } from "../../../src/model/item.ts";
import { visibilityOf } from "../../../src/model/visibility.ts";
import { requiredRole } from "../../../src/newsroom/stories/required-role.ts";
import { sampleItem } from "../../formats/support/samples.ts";

const NOW = 10_000;

type Changes = Partial<Item>;

const itemWith = (changes: Changes): Item => sampleItem({ slug: "a", published: NOW - 5000, ...changes });

const DRAFT = { draft: true };
const SCHEDULED = { published: NOW + 1000 };
const LIVE = {};
const ENDING = { expires: NOW + 5000 };
const EXPIRED = { expires: NOW - 1000 };
const WITHDRAWN = { withdrawn: { at: NOW - 1000, reason: "Wrong." } };

const NONE = undefined;

const edits: readonly (readonly [
  title: string,
  before: Changes | undefined,
  after: Changes | undefined,
  role: string,
])[] = [
  ["writes a draft", NONE, DRAFT, "write"],
  ["changes a draft", DRAFT, { ...DRAFT, title: "Other" }, "write"],
  ["gives a draft other names", { ...DRAFT, aliases: ["b"] }, { ...DRAFT, slug: "c" }, "write"],
  ["lets a draft expire", DRAFT, { ...DRAFT, ...EXPIRED }, "write"],
  ["publishes a new story", NONE, LIVE, "publish"],
  ["publishes a draft", DRAFT, LIVE, "publish"],
  ["schedules a draft", DRAFT, SCHEDULED, "publish"],
  ["publishes a story that has expired", DRAFT, EXPIRED, "publish"],
  ["changes a scheduled story", SCHEDULED, { ...SCHEDULED, title: "Other" }, "publish"],
  ["postpones a scheduled story", SCHEDULED, { published: NOW + 9000 }, "publish"],
  ["makes a scheduled story a draft", SCHEDULED, DRAFT, "publish"],
  ["publishes a scheduled story at once", SCHEDULED, LIVE, "publish"],
  ["lets a scheduled story expire", SCHEDULED, { ...SCHEDULED, expires: NOW + 2000 }, "publish"],
  ["corrects a visible story", LIVE, { updated: NOW, title: "Other" }, "publish"],
  ["moves a visible story back in time", LIVE, { published: NOW - 9000 }, "publish"],
  ["moves a visible story up to now", LIVE, { published: NOW }, "publish"],
  ["renames a visible story", LIVE, { slug: "b", aliases: ["a"] }, "publish"],
  ["gives a visible story another alias", { aliases: ["b"] }, { aliases: ["c", "b"] }, "publish"],
  ["swaps the slug of a visible story and its alias", { aliases: ["b"] }, { slug: "b", aliases: ["a"] }, "publish"],
  ["lets a visible story expire later", ENDING, { expires: NOW + 6000 }, "publish"],
  ["lets a visible story not expire", ENDING, LIVE, "publish"],
  ["lets a visible story expire when it did", ENDING, { ...ENDING, title: "Other" }, "publish"],
  ["publishes an expired story again", EXPIRED, LIVE, "publish"],
  ["makes an expired story a draft", EXPIRED, DRAFT, "publish"],
  ["corrects a withdrawn story", WITHDRAWN, { ...WITHDRAWN, title: "Other" }, "publish"],
  ["makes a visible story a draft", LIVE, DRAFT, "withdraw"],
  ["postpones a visible story", LIVE, SCHEDULED, "withdraw"],
  ["postpones a visible story by a millisecond", LIVE, { published: NOW + 1 }, "withdraw"],
  ["lets a visible story expire in the past", LIVE, EXPIRED, "withdraw"],
  ["lets a visible story expire now", LIVE, { expires: NOW }, "withdraw"],
  ["lets a visible story expire one day", LIVE, ENDING, "withdraw"],
  ["brings an expiry forward", ENDING, { expires: NOW + 4000 }, "withdraw"],
  ["takes an alias from a visible story", { aliases: ["b"] }, LIVE, "withdraw"],
  ["renames a visible story without an alias", LIVE, { slug: "b" }, "withdraw"],
  ["withdraws a visible story", LIVE, WITHDRAWN, "withdraw"],
  ["withdraws a visible story as of tomorrow", LIVE, { withdrawn: { at: NOW + 9000, reason: "x" } }, "withdraw"],
  ["withdraws a draft", DRAFT, { ...DRAFT, ...WITHDRAWN }, "withdraw"],
  ["writes a withdrawn story", NONE, WITHDRAWN, "withdraw"],
  ["gives another reason", WITHDRAWN, { withdrawn: { at: NOW - 1000, reason: "Other." } }, "withdraw"],
  ["brings a withdrawn story back", WITHDRAWN, LIVE, "withdraw"],
  ["brings a withdrawn story back as a draft", WITHDRAWN, DRAFT, "withdraw"],
  ["hides a withdrawal as a draft", WITHDRAWN, { ...WITHDRAWN, ...DRAFT }, "withdraw"],
  ["hides a withdrawal by a date", WITHDRAWN, { ...WITHDRAWN, ...SCHEDULED }, "withdraw"],
  ["takes an alias from a withdrawn story", { ...WITHDRAWN, aliases: ["b"] }, WITHDRAWN, "withdraw"],
  ["erases a story", LIVE, NONE, "owner"],
  ["erases a draft", DRAFT, NONE, "owner"],
];

describe("the role that it takes", () => {
  it.each(edits)("who %s", (_, before, after, role) => {
    expect(requiredRole(before && itemWith(before), after && itemWith(after), NOW)).toBe(role);
  });

  const time = fc.integer({ min: NOW - 5, max: NOW + 5 });
  const arbitraryItem = fc
    .record(
      {
        draft: fc.boolean(),
        published: time,
        expires: time,
        withdrawn: fc.record({ at: time, reason: fc.constantFrom("a", "b") }),
        slug: fc.constantFrom("a", "b", "c"),
        aliases: fc.subarray(["a", "b", "c"]),
        title: fc.constantFrom("One", "Two"),
      },
      { requiredKeys: ["draft", "published", "slug", "aliases"] },
    )
    .map(itemWith);
  const edit = fc.tuple(fc.option(arbitraryItem, { nil: undefined }), arbitraryItem);
  // Longer than any of the times.
  const instants = Array.from({ length: 20 }, (_, index) => NOW + index);
  const isVisible = (item: Item | undefined, at: number): boolean =>
    item !== undefined && visibilityOf(item, at) === "visible";

  it("is more than `write` for whatever readers notice, now or later", () => {
    fc.assert(
      fc.property(edit, ([before, after]) => {
        fc.pre(requiredRole(before, after, NOW) === "write");
        for (const at of instants)
          for (const item of [before, after]) expect(item && visibilityOf(item, at)).toBeOneOf([undefined, "hidden"]);
      }),
    );
  });

  it("is `withdraw` whenever a story that readers see would be gone sooner, or at one of its addresses", () => {
    const roles = new Map<string, number>();
    fc.assert(
      fc.property(edit, ([before, after]) => {
        const isLost = instants.some((at) => isVisible(before, at) && !isVisible(after, at));
        const addresses = before === undefined ? [] : [before.slug, ...before.aliases];
        const isMoved = addresses.some((address) => address !== after.slug && !after.aliases.includes(address));
        const role = requiredRole(before, after, NOW);
        roles.set(role, (roles.get(role) ?? 0) + 1);
        if (isVisible(before, NOW) && (isLost || isMoved)) expect(role).toBe("withdraw");
        if (!isVisible(before, NOW) && before?.withdrawn === undefined && after.withdrawn === undefined)
          expect(role).not.toBe("withdraw");
      }),
      { numRuns: 2000 },
    );
    expect([...roles.keys()].sort()).toEqual(["publish", "withdraw", "write"]);
  });
});
