import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  arbitraryContract,
  type ContractPlan,
  contractOf,
  type Expected,
  expectedOf,
  lastTransition,
  type SitePlan,
} from "./support/arbitrary-contracts.ts";
import { arbitraryHistory, publicationsOf } from "./support/arbitrary-history.ts";
import {
  arbitraryStories,
  DAY,
  filesOf,
  HOUR,
  idOf,
  START,
  type StoryPlan,
  textOf,
} from "./support/arbitrary-stories.ts";
import { type FileName, fileNames, type ParsedFeed, readFeed } from "./support/read-feed.ts";
import { type ServedSite, serveFiles } from "./support/serve.ts";

// Random stories and contracts: what a partner's feeds, deltas and terms have at every moment.

const TOKEN = "the-token-of-the-partner-in-this-test";
const SHA256 = createHash("sha256").update(TOKEN).digest("hex");
const AUTHORIZATION = { authorization: `Bearer ${TOKEN}` };

/** A draft that has every name which contracts may have: one that no story has is a mistake. */
const DRAFT: StoryPlan = { name: "s99", published: START, draft: true, tags: ["red", "blue"], author: "Bob" };

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

interface Answer {
  readonly status: number;
  readonly etag: string;
  readonly modified: number;
  readonly body: string;
}

const get = async ({ fetch }: ServedSite, path: string, headers: Record<string, string> = {}): Promise<Answer> => {
  const response = await fetch(`/partners/acme${path}`, { headers: { ...AUTHORIZATION, ...headers } });
  const { status } = response;
  const modified = Date.parse(response.headers.get("last-modified") ?? "");
  return { status, etag: response.headers.get("etag") ?? "", modified, body: await response.text() };
};

const idsOf = (plans: readonly StoryPlan[]): readonly string[] => plans.map(idOf);

/** Nothing of a story but what the feed may say of it. */
const expectNoMore = (body: string, stories: readonly StoryPlan[], { items, notices, deleted }: Expected): void => {
  for (const plan of stories) {
    if (!items.includes(plan)) expect(body).not.toContain(`of ${plan.name}.`);
    if (![...notices, ...deleted].includes(plan)) expect(body).not.toContain(`Not so, ${plan.name}.`);
    if (![...items, ...notices, ...deleted].includes(plan)) expect(body).not.toContain(plan.name);
  }
};

const expectWhole = (file: FileName, feed: ParsedFeed, { items, notices, deleted }: Expected): void => {
  const ids = [...feed.entries.keys()];
  expect(ids.slice(-items.length || ids.length)).toEqual(idsOf(items));
  expect(ids.slice(0, ids.length - items.length).sort()).toEqual([...idsOf(notices)].sort());
  for (const plan of items) expect(feed.entries.get(idOf(plan))).toContain(textOf(plan));
  for (const plan of notices) expect(feed.entries.get(idOf(plan))).toContain(`Not so, ${plan.name}.`);
  if (file !== "atom.xml") return;
  expect(feed.tombstones.filter((id) => !idsOf(deleted).includes(id))).toEqual([]);
  expect(idsOf(notices).filter((id) => !feed.tombstones.includes(id))).toEqual([]);
};

const expectTerms = async (served: ServedSite, stories: readonly StoryPlan[], expected: Expected): Promise<void> => {
  const { status, body } = await get(served, "");
  expect(status).toBe(200);
  expectNoMore(body, stories, { ...expected, items: [], deleted: [] });
  const { withdrawals }: { withdrawals: readonly { id: string }[] } = JSON.parse(body);
  expect(withdrawals.map(({ id }) => id).sort()).toEqual([...idsOf(expected.notices)].sort());
};

/** Every answer to the partner at the clock's moment; `former` has those of the moment before, by file. */
const expectAnswers = async (
  served: ServedSite,
  stories: readonly StoryPlan[],
  expected: Expected,
  former: ReadonlyMap<FileName, Answer>,
): Promise<ReadonlyMap<FileName, Answer>> => {
  const answers = new Map<FileName, Answer>();
  const all = [...stories, DRAFT];
  for (const file of fileNames) {
    const answer = await get(served, `/${file}`);
    expect(answer.status).toBe(200);
    const feed = readFeed(file, answer.body);
    // Only Atom has deleted entries.
    const most = file === "atom.xml" ? expected : { ...expected, deleted: [] };
    expectNoMore(answer.body, all, most);
    expectWhole(file, feed, expected);
    answers.set(file, answer);
    const before = former.get(file);
    if (before === undefined) continue;
    const delta = await get(served, `/${file}`, { "a-im": "feed", "if-none-match": before.etag });
    expect(delta.status === 304).toBe(before.etag === answer.etag);
    expect(before.etag === answer.etag).toBe(before.body === answer.body);
    if (delta.status !== 226) continue;
    expectNoMore(delta.body, all, most);
    const known = readFeed(file, before.body).entries;
    const lacking = [...feed.entries].filter(([id, text]) => known.get(id) !== text).map(([id]) => id);
    const sent = readFeed(file, delta.body);
    expect(lacking.filter((id) => !sent.entries.has(id))).toEqual([]);
  }
  await expectTerms(served, all, expected);
  return answers;
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

const moments = fc
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
        moments,
        async (stories, contract, site, instants) => {
          const deployed = START - 2 * DAY;
          const served = await serve(stories, contract, site, deployed);
          let former: ReadonlyMap<FileName, Answer> = new Map();
          for (const now of instants) {
            served.clock.now = now;
            const expected = expectedOf(stories, contract, site, now);
            former = await expectAnswers(served, stories, expected, former);
            const since = Math.floor(Math.max(deployed, lastTransition(stories, contract, site, now)) / 1000) * 1000;
            for (const { modified } of former.values()) expect(modified).toBe(since);
          }
        },
      ),
      { numRuns: 60 },
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
            const answers = await expectAnswers(served, stories, expected, former);
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
      { numRuns: 25 },
    );
  });
});
