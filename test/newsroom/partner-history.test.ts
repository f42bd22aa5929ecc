import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  arbitraryContract,
  type ContractPlan,
  contractOf,
  expectedOf,
  type SitePlan,
} from "../routes/support/arbitrary-contracts.ts";
import { DAY, filesOf, HOUR, nameOf, START, type StoryPlan } from "../routes/support/arbitrary-stories.ts";
import { type Answer, DRAFT, expectPartnerAnswers, SHA256 } from "../routes/support/expect-partner.ts";
import type { FileName } from "../routes/support/read-feed.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

// Random writes of stories and contracts, while the memberships of selections are being filled: what a partner gets after each.

const which = fc.nat({ max: 20 });

const arbitraryKeys = fc.record({
  tags: fc.subarray(["red", "blue"]),
  author: fc.constantFrom("Ann", "Bob"),
  section: fc.constantFrom("world", "odd", undefined),
  language: fc.constantFrom(undefined, undefined, "de", "de-AT"),
  feeds: fc.constantFrom<false | undefined>(undefined, undefined, undefined, false),
});

const arbitraryWrite = fc.oneof(
  fc.record({
    kind: fc.constant("add"),
    halfDays: fc.integer({ min: -4, max: 3 }),
    keys: arbitraryKeys,
    draft: fc.constantFrom(undefined, undefined, true),
  }),
  fc.record({ kind: fc.constant("move"), of: which, keys: arbitraryKeys }),
  fc.record({ kind: fc.constantFrom("correct", "withdraw", "restore", "expire", "publish"), of: which }),
  fc.record({ kind: fc.constant("contract"), contract: arbitraryContract }),
);

type Write = typeof arbitraryWrite extends fc.Arbitrary<infer Value> ? Value : never;

const arbitraryStep = fc.record({
  writes: fc.array(arbitraryWrite, { minLength: 1, maxLength: 3 }),
  halfDaysLater: fc.integer({ min: 0, max: 3 }),
});

const lastChange = ({ published, updated = published }: StoryPlan): number => Math.max(published, updated);

/** A story after a write, which nobody may date into the future; itself if there is nothing to do. */
const edited = (story: StoryPlan, write: Write, now: number): StoryPlan => {
  const { withdrawn: _, ...rest } = story;
  const canWithdraw = !story.draft && lastChange(story) < now;
  const edits = (story.edits ?? 0) + 1;
  switch (write.kind) {
    case "move": {
      const { tags, author, published, name, updated, expires, withdrawn, draft } = story;
      const { section, language, feeds, ...keys } = write.keys;
      return {
        ...{ name, published, tags, author },
        ...keys,
        ...(updated !== undefined && { updated }),
        ...(expires !== undefined && { expires }),
        ...(withdrawn !== undefined && { withdrawn }),
        ...(draft !== undefined && { draft }),
        ...(section !== undefined && { section }),
        ...(language !== undefined && { language }),
        ...(feeds !== undefined && { feeds }),
      };
    }
    case "correct":
      return story.withdrawn === undefined ? { ...story, updated: Math.max(now, story.published), edits } : story;
    case "withdraw":
      return canWithdraw ? { ...story, withdrawn: now } : story;
    case "restore":
      return rest;
    case "expire":
      return { ...story, expires: Math.max(now, story.published) + DAY };
    case "publish":
      return { ...story, draft: false };
    default:
      return story;
  }
};

const SITE: SitePlan = { feedLength: 3, noticeDays: 3 };

const SITE_FILES = {
  "site.yaml": filesOf([], { ...SITE, authors: { ann: { name: "Ann" }, bob: { name: "Bob" } } })["site.yaml"] ?? "",
};

const putStory = (newsroom: NewsroomWorker, plan: StoryPlan): Promise<Response> =>
  newsroom.put(plan.name, String(filesOf([plan])[`${plan.name}.md`]));

const putContract = async (newsroom: NewsroomWorker, contract: ContractPlan): Promise<void> => {
  const body = JSON.stringify(contractOf(contract, SHA256));
  const headers = { "content-type": "application/json" };
  const response = await newsroom.api("PUT", "/api/partners/acme", { body, headers });
  if (!response.ok) throw new Error(await response.text());
};

const catchUp = async (newsroom: NewsroomWorker): Promise<void> => {
  while (!(await newsroom.reading().store.catchUp()));
};

describe("after every write, a partner's feeds, deltas and terms", () => {
  it("have what the contract selects and no more, whatever was being filled meanwhile", async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryContract,
        fc.array(arbitraryStep, { minLength: 2, maxLength: 7, size: "max" }),
        async (first, steps) => {
          const database = await createEmptyDatabase();
          const newsroom = await openNewsroomWorker({ now: START, database, files: SITE_FILES });
          let contract = first;
          const stories = new Map<string, StoryPlan>();
          await putStory(newsroom, DRAFT);
          await putContract(newsroom, contract);
          let former: ReadonlyMap<FileName, Answer> = new Map();
          for (const { writes, halfDaysLater } of steps) {
            for (const write of writes) {
              const { store } = newsroom.reading();
              // At the same time: each reads before the other writes.
              if (write.kind === "contract") {
                contract = write.contract;
                former = new Map();
                await Promise.all([store.catchUp(), putContract(newsroom, contract)]);
                continue;
              }
              const now = newsroom.clock.now;
              const all = [...stories.values()];
              const chosen = "of" in write ? all[write.of % Math.max(1, all.length)] : undefined;
              if (chosen === undefined && write.kind !== "add") continue;
              const { section, language, feeds, ...keys } =
                write.kind === "add" ? write.keys : { section: undefined, language: undefined, feeds: undefined };
              const plan: StoryPlan =
                chosen === undefined
                  ? {
                      ...{ name: nameOf(stories.size), tags: [], author: "Ann", ...keys },
                      published: now + ("halfDays" in write ? write.halfDays : 0) * 12 * HOUR,
                      ...("draft" in write && write.draft !== undefined && { draft: write.draft }),
                      ...(section !== undefined && { section }),
                      ...(language !== undefined && { language }),
                      ...(feeds !== undefined && { feeds }),
                    }
                  : edited(chosen, write, now);
              stories.set(plan.name, plan);
              await Promise.all([store.catchUp(), putStory(newsroom, plan)]);
            }
            await catchUp(newsroom);
            for (const later of [0, 1000, halfDaysLater * 12 * HOUR - 2000, 1000]) {
              newsroom.clock.now += Math.max(0, later);
              const all = [...stories.values()];
              const expected = expectedOf(all, contract, SITE, newsroom.clock.now);
              const answers = await expectPartnerAnswers(newsroom, all, expected, former);
              for (const [file, { etag, modified }] of answers) {
                const before = former.get(file);
                if (before === undefined) continue;
                expect(modified).toBeGreaterThanOrEqual(before.modified);
                if (before.etag !== etag && later !== 0) expect(modified).toBeGreaterThan(before.modified);
              }
              former = answers;
            }
          }
        },
      ),
      { numRuns: 8 },
    );
  });
});
