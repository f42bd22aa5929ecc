import { expect, it } from "vitest";
import { applySchemaSteps } from "../../../src/lib/schema-steps.ts";
import type { DeliveryOutcome } from "../../../src/push/rpc.ts";
import { readHubSettings } from "../../../src/push/settings.ts";
import { openCountTracker } from "../../../src/push/shard/count-tracker.ts";
import { recordOutcomes } from "../../../src/push/shard/record-outcomes.ts";
import { SHARD_SCHEMA } from "../../../src/push/shard/schema.ts";
import { openSubscriptions } from "../../../src/push/shard/subscriptions.ts";
import { inDurableObject, NOW } from "../in-durable-object.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

interface Case {
  readonly attempts?: number;
  readonly since?: number | null;
  readonly isOutdated?: boolean;
  readonly random?: number;
  /** Milliseconds after NOW. */
  readonly elapsed?: number;
}

/** What is stored of three subscriptions in a batch of which the same is reported of the first two, and why one ended. */
const record = async (outcome: (id: number) => DeliveryOutcome, more: Case) => {
  const { attempts = 0, since = null, isOutdated = false, random = 1, elapsed = 0 } = more;
  const ended: unknown[] = [];
  let rows: readonly unknown[] = [];
  await inDurableObject(async ({ storage }) => {
    applySchemaSteps(storage, "TopicShard", SHARD_SCHEMA);
    const { sql } = storage;
    for (const name of ["a", "b", "c"])
      sql.exec(
        `INSERT INTO subscriptions (callback, protocol, hostname, expires, due, batch, attempts, failing_since)
         VALUES (?, 'websub', 'h', 9e15, ?, -7, ?, ?)`,
        ...[`https://${name}.example.net/`, NOW - 5, attempts, since],
      );
    recordOutcomes(7, [outcome(1), outcome(2)], {
      subscriptions: openSubscriptions(sql, openCountTracker(sql)),
      settings: readHubSettings({}),
      ...{ now: NOW + elapsed, random: () => random, isOutdated },
      endSubscription: (callback, reason) => ended.push([callback, reason]),
    });
    rows = [...sql.exec("SELECT due, batch, attempts, failing_since, reason, patience FROM subscriptions").raw()];
  });
  return { rows, ended };
};

const untouched = (attempts: number, since: number | null) => [NOW - 5, -7, attempts, since, null, 1];

const failed = (id: number): DeliveryOutcome => ({ id, kind: "failed", reason: "the callback answers 500" });
const withRetryAfter = (retryAfterMs: number) => (id: number) => ({ ...failed(id), retryAfterMs });
const unchecked = (id: number): DeliveryOutcome => ({ id, kind: "unchecked" });
const of =
  (more: Omit<Extract<DeliveryOutcome, { readonly kind: "delivered" }>, "id">) =>
  (id: number): DeliveryOutcome => ({ id, ...more });
const NOBODY_KNOWS = "nobody can tell where the callback leads";

it.each<[string, (id: number) => DeliveryOutcome, Case, readonly unknown[] | undefined]>([
  ["delivered", of({ kind: "delivered" }), {}, [null, null, 0, null, null, 0]],
  ["delivered late", of({ kind: "delivered", isSlow: true }), {}, [null, null, 0, null, null, 2]],
  ["delivered, but outdated", of({ kind: "delivered" }), { isOutdated: true }, [NOW, null, 0, null, null, 0]],
  ["gone", (id) => ({ id, kind: "gone" }), {}, undefined],
  ["slow", (id) => ({ id, kind: "slow" }), { attempts: 2, since: NOW - 9 }, [NOW, null, 2, NOW - 9, null, 2]],
  ["not started", (id) => ({ id, kind: "not started" }), {}, [NOW, null, 0, null, null, 1]],
  ["failed", failed, {}, [NOW + MINUTE, null, 1, NOW, "the callback answers 500", 1]],
  [
    "failed again",
    failed,
    { attempts: 2, since: NOW - 9 },
    [NOW + 4 * MINUTE, null, 3, NOW - 9, "the callback answers 500", 1],
  ],
  [
    "failed, and chance puts it into an earlier slot",
    failed,
    { random: 0.5 },
    [NOW + 50 * SECOND, null, 1, NOW, "the callback answers 500", 1],
  ],
  [
    "failed just after a slot began",
    failed,
    { elapsed: 1 },
    [NOW + 70 * SECOND, null, 1, NOW + 1, "the callback answers 500", 1],
  ],
  [
    "failed, and is to wait for longer",
    withRetryAfter(MINUTE + 1),
    {},
    [NOW + 70 * SECOND, null, 1, NOW, "the callback answers 500", 1],
  ],
  [
    "failed, and could come back sooner",
    withRetryAfter(SECOND),
    {},
    [NOW + MINUTE, null, 1, NOW, "the callback answers 500", 1],
  ],
  ["not checked", unchecked, { random: 0 }, [NOW + MINUTE, null, 0, NOW, NOBODY_KNOWS, 1]],
  [
    "not checked after failures",
    unchecked,
    { attempts: 5, since: NOW - 9 },
    [NOW + MINUTE, null, 5, NOW - 9, NOBODY_KNOWS, 1],
  ],
  [
    "failed for nearly three days",
    failed,
    { attempts: 1, since: NOW - 3 * DAY + 1 },
    [NOW + 2 * MINUTE, null, 2, NOW - 3 * DAY + 1, "the callback answers 500", 1],
  ],
])("what is %s is recorded of those that are meant", async (_, outcome, given, expected) => {
  const { rows, ended } = await record(outcome, given);
  const other = untouched(given.attempts ?? 0, given.since ?? null);
  expect(rows).toEqual([...(expected === undefined ? [] : [expected, expected]), other]);
  expect(ended).toEqual([]);
});

it.each<[(id: number) => DeliveryOutcome, string]>([
  [failed, "2 times: the callback answers 500."],
  [unchecked, `1 times: ${NOBODY_KNOWS}.`],
])("a subscription ends after three days of failures, with when, how often and why", async (outcome, expected) => {
  const since = NOW - 3 * DAY;
  const { ended } = await record(outcome, { attempts: 1, since });
  const reason = `Nothing could be delivered since ${new Date(since).toISOString()}, ${expected}`;
  expect(ended).toEqual([
    ["https://a.example.net/", reason],
    ["https://b.example.net/", reason],
  ]);
});
