import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  arbitraryContract,
  type ContractPlan,
  contractOf,
  expectedOf,
  lastTransition,
  type SitePlan,
} from "../support/arbitrary-contracts.ts";
import { arbitraryHistory, publicationsOf } from "../support/arbitrary-history.ts";
import { arbitraryStories, DAY, filesOf, HOUR, START, type StoryPlan } from "../support/arbitrary-stories.ts";
import { type Answer, DRAFT, expectPartnerAnswers, SHA256 } from "../support/expect-partner.ts";
import type { FileName } from "../support/read-feed.ts";
import { type ServedSite, serveFiles } from "../support/serve.ts";

// Random stories and contracts: what a partner's feeds, deltas and terms have at every moment.

const serve = (
  stories: readonly StoryPlan[],
  contract: ContractPlan,
  { feedLength, noticeDays }: SitePlan,
  now: number,
): Promise<ServedSite> => {
  const authors = { ann: { name: "Ann" }, bob: { name: "Bob" } };
  const files = filesOf([...stories, DRAFT], { feedLength, noticeDays, authors });
  const partners = JSON.stringify({ acme: contractOf(contract, SHA256) });
  return serveFiles({ ...files, "partners.yaml": partners }, { now, deployed: now });
};

const arbitrarySite: fc.Arbitrary<SitePlan> = fc.record({
  feedLength: fc.integer({ min: 1, max: 6 }),
  noticeDays: fc.constantFrom(1, 3, 14),
});

const more = fc.record({
  language: fc.constantFrom(undefined, undefined, "de", "de-AT"),
  feeds: fc.constantFrom<false | undefined>(undefined, undefined, undefined, undefined, false),
});

const arbitrarySelected = fc
  .tuple(arbitraryStories, fc.array(more, { minLength: 14, maxLength: 14 }))
  .map(([stories, keys]): readonly StoryPlan[] =>
    stories.map((plan, index) => {
      const { language, feeds } = keys[index] ?? {};
      return { ...plan, ...(language !== undefined && { language }), ...(feeds !== undefined && { feeds }) };
    }),
  );

const instants = fc
  .array(fc.tuple(fc.integer({ min: -1, max: 16 }), fc.constantFrom(0, 12), fc.constantFrom(-1000, -1, 0, 1000)), {
    minLength: 3,
    maxLength: 8,
  })
  .map((all) => all.map(([day, hour, offset]) => START + day * DAY + hour * HOUR + offset).toSorted((a, b) => a - b));

describe("at every moment, a partner's feeds, deltas and terms", () => {
  it("have what the contract selects and no more, in one deployment", async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitrarySelected,
        arbitraryContract,
        arbitrarySite,
        instants,
        async (stories, contract, site, instants) => {
          const deployed = START - 2 * DAY;
          const served = await serve(stories, contract, site, deployed);
          let former: ReadonlyMap<FileName, Answer> = new Map();
          for (const now of instants) {
            served.clock.now = now;
            const expected = expectedOf(stories, contract, site, now);
            former = await expectPartnerAnswers(served, stories, expected, former);
            const since = Math.floor(Math.max(deployed, lastTransition(stories, contract, site, now)) / 1000) * 1000;
            for (const { modified } of former.values()) expect(modified).toBe(since);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it("have what the contract selects and no more, from one deployment to the next", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryHistory, arbitraryContract, async ({ steps, channel }, contract) => {
        let former: ReadonlyMap<FileName, Answer> = new Map();
        for (const { stories, now } of publicationsOf(steps)) {
          const served = await serve(stories, contract, channel, now);
          for (const later of [0, 12 * HOUR - 1, 12 * HOUR, DAY - 1000]) {
            served.clock.now = now + later;
            const expected = expectedOf(stories, contract, channel, served.clock.now);
            const answers = await expectPartnerAnswers(served, stories, expected, former);
            for (const [file, { etag, modified }] of answers) {
              const before = former.get(file);
              if (before === undefined) continue;
              if (before.etag !== etag) expect(modified).toBeGreaterThan(before.modified);
              else expect(modified).toBeGreaterThanOrEqual(before.modified);
            }
            former = answers;
          }
        }
      }),
      { numRuns: 12 },
    );
  });
});
