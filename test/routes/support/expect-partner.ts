import { createHash } from "node:crypto";
import { expect } from "vitest";
import type { Expected } from "./arbitrary-contracts.ts";
import { idOf, START, type StoryPlan, textOf } from "./arbitrary-stories.ts";
import { type FileName, fileNames, type ParsedFeed, readFeed } from "./read-feed.ts";

const TOKEN = "the-token-of-the-partner-in-this-test";

/** The SHA-256 of the token of the partner `acme`. */
export const SHA256 = createHash("sha256").update(TOKEN).digest("hex");

const AUTHORIZATION = { authorization: `Bearer ${TOKEN}` };

/** A draft that has every name which contracts may have: one that no story has is a mistake. */
export const DRAFT: StoryPlan = { name: "s99", published: START, draft: true, tags: ["red", "blue"], author: "Bob" };

/** Who answers: a site with the partner `acme`. */
interface Served {
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
}

/** What the partner gets of a file. */
export interface Answer {
  readonly status: number;
  readonly etag: string;
  readonly modified: number;
  readonly body: string;
}

const get = async ({ fetch }: Served, path: string, headers: Record<string, string> = {}): Promise<Answer> => {
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

const expectTerms = async (served: Served, stories: readonly StoryPlan[], expected: Expected): Promise<void> => {
  const { status, body } = await get(served, "");
  expect(status).toBe(200);
  expectNoMore(body, stories, { ...expected, items: [], deleted: [] });
  const { withdrawals }: { withdrawals: readonly { id: string }[] } = JSON.parse(body);
  expect(withdrawals.map(({ id }) => id).sort()).toEqual([...idsOf(expected.notices)].sort());
};

/**
 * Expects every answer to the partner to be what it must be, and returns those of its files; `former` has those of the moment
 * before.
 */
export const expectPartnerAnswers = async (
  served: Served,
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
