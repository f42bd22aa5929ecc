import { describe, expect, it } from "vitest";
import { applySchemaSteps } from "../../../src/lib/schema-steps.ts";
import { openCountTracker } from "../../../src/push/shard/count-tracker.ts";
import { SHARD_SCHEMA } from "../../../src/push/shard/schema.ts";
import { openSubscriptions, type Subscriptions } from "../../../src/push/shard/subscriptions.ts";
import { inDurableObject, NOW } from "../in-durable-object.ts";

/** A subscription as it is stored. */
type Row = Readonly<Record<string, SqlStorageValue>>;

const callbackOf = (name: string): string => `https://${name}.example.net/`;

const rowOf = (name: string, more: Row = {}): Row => ({
  ...{ callback: callbackOf(name), protocol: "websub", hostname: `${name}.example.net`, address: null, secret: null },
  ...{ expires: NOW + 1000, due: null, batch: null, renewed: null, attempts: 0, failing_since: null, reason: null },
  ...{ patience: 0, ...more },
});

const withSubscriptions = (
  rows: readonly Row[],
  test: (subscriptions: Subscriptions, stored: () => readonly Row[], sql: SqlStorage) => void,
): Promise<void> =>
  inDurableObject(async ({ storage }) => {
    applySchemaSteps(storage, "TopicShard", SHARD_SCHEMA);
    const { sql } = storage;
    for (const row of rows) {
      const marks = Object.keys(row).map(() => "?");
      sql.exec(
        `INSERT INTO subscriptions (${Object.keys(row).join()}) VALUES (${marks.join()})`,
        ...Object.values(row),
      );
    }
    const stored = (): readonly Row[] =>
      sql
        .exec("SELECT * FROM subscriptions ORDER BY id")
        .toArray()
        .map(({ id, ...row }) => row);
    test(openSubscriptions(sql, openCountTracker(sql)), stored, sql);
  });

/** The names of the subscriptions in a batch. */
const inBatch = (rows: readonly Row[], batch: number): readonly string[] =>
  rows
    .filter((row) => row.batch === batch)
    .map(({ callback }) => new URL(String(callback)).hostname.split(".")[0] ?? "");

describe("a batch of deliveries", () => {
  it("is filled with those that are due and whose lease is not over, the longest due first, and then by age", () =>
    withSubscriptions(
      [
        rowOf("second", { due: NOW - 1, renewed: 7 }),
        rowOf("third", { due: NOW - 1 }),
        rowOf("fourth", { due: NOW }),
        rowOf("first", { due: NOW - 2 }),
        rowOf("later", { due: NOW + 1 }),
        rowOf("over", { due: NOW - 9, expires: NOW }),
        rowOf("nearly-over", { due: NOW, expires: NOW + 1 }),
        rowOf("nothing-due"),
      ],
      (subscriptions, stored) => {
        const filled = [1, 2, 3, 4].map((batch) => subscriptions.fillBatch(batch, NOW, 2, NOW + 500));
        expect(filled).toEqual([true, true, true, false]);
        expect([1, 2, 3, 4].map((batch) => inBatch(stored(), batch))).toEqual([
          ...[["second", "first"], ["third", "fourth"], ["nearly-over"], []],
        ]);
        expect(stored()[0]).toEqual(rowOf("second", { due: NOW + 500, batch: 1 }));
      },
    ));

  it("is of one kind: proven, then unproven, then failing; and those that need patience come by themselves", () =>
    withSubscriptions(
      [
        rowOf("patient-failing", { due: NOW, patience: 2, failing_since: NOW }),
        rowOf("failing-unproven", { due: NOW, patience: 1, failing_since: NOW }),
        rowOf("failing-proven", { due: NOW, patience: 0, failing_since: NOW }),
        rowOf("unproven", { due: NOW, patience: 1 }),
        rowOf("proven", { due: NOW }),
        rowOf("patient", { due: NOW, patience: 2 }),
      ],
      (subscriptions, stored) => {
        for (const batch of [1, 2, 3, 4]) subscriptions.fillBatch(batch, NOW, 9, NOW + 500);
        expect([1, 2, 3, 4].map((batch) => inBatch(stored(), batch))).toEqual([
          ...[["proven"], ["unproven"], ["failing-unproven", "failing-proven"], []],
        ]);
        expect(subscriptions.fillPatientBatch(5, NOW, 1, NOW + 500)).toBe(true);
        expect(inBatch(stored(), 5)).toEqual(["patient-failing"]);
        // One at a time, even once it is taken, until it is due again.
        subscriptions.takeBatch(5, NOW, NOW + 500);
        expect(subscriptions.fillPatientBatch(6, NOW + 499, 9, NOW + 900)).toBe(false);
        expect(subscriptions.fillPatientBatch(6, NOW + 500, 9, NOW + 900)).toBe(true);
        expect(inBatch(stored(), 6)).toEqual(["patient-failing", "patient"]);
      },
    ));

  it.each<[string, readonly Row[]]>([
    ["proven", [{}, {}]],
    ["unproven", [{}, { patience: 1 }]],
    ["unproven", [{}, { failing_since: NOW }]],
    ["patient", [{}, { patience: 2 }]],
    ["patient", [{ patience: 2 }, { patience: 2, failing_since: NOW }]],
  ])("is %s by what its subscribers need: %j", (patience, needs) =>
    withSubscriptions(
      needs.map((more, index) => rowOf(`${index}`, { ...more, batch: 7, due: NOW })),
      (subscriptions) => {
        const taken = subscriptions.takeBatch(7, NOW, NOW + 500);
        expect([taken.patience, taken.recipients.length]).toEqual([patience, needs.length]);
      },
    ),
  );

  it("is taken once, by those whose lease is not over, with all that a delivery takes", () =>
    withSubscriptions(
      [
        rowOf("a", { batch: 7, due: NOW, secret: "s", address: "192.88.98.1", protocol: "rsscloud" }),
        rowOf("over", { batch: 7, due: NOW, expires: NOW }),
        rowOf("other", { batch: 8, due: NOW }),
      ],
      (subscriptions, stored) => {
        expect(subscriptions.takeBatch(7, NOW, NOW + 500).recipients).toEqual([
          { id: 1, callback: callbackOf("a"), protocol: "rsscloud", secret: "s", address: "192.88.98.1" },
        ]);
        expect(stored().map(({ batch, due }) => [batch, due])).toEqual([
          ...[
            [-7, NOW + 500],
            [7, NOW],
            [8, NOW],
          ],
        ]);
        expect(subscriptions.takeBatch(7, NOW, NOW + 900).recipients).toEqual([]);
        expect(subscriptions.takeBatch(8, NOW, NOW + 900).recipients).toEqual([
          { id: 3, callback: callbackOf("other"), protocol: "websub" },
        ]);
      },
    ));

  it("that could not be sent is due again, and no other", () =>
    withSubscriptions(
      [7, 8, 9, -7, null].map((batch, index) => rowOf(`${index}`, { batch, due: NOW })),
      (subscriptions, stored) => {
        subscriptions.releaseBatches([7, 8], NOW + 5);
        expect(stored().map(({ batch, due }) => [batch, due])).toEqual([
          ...[
            [null, NOW + 5],
            [null, NOW + 5],
            [9, NOW],
            [-7, NOW],
            [null, NOW],
          ],
        ]);
      },
    ));
});

describe("what became of a delivery", () => {
  const taken: Row = { batch: -7, due: NOW + 500, attempts: 2, failing_since: NOW - 9, reason: "before", patience: 1 };
  const idle: Row = { batch: null, attempts: 0, failing_since: null, reason: null };

  it.each<[string, (subscriptions: Subscriptions, batch: number) => unknown, Row | undefined]>([
    ["delivered", (one, batch) => one.recordDelivered([1, 3], batch, false, null), { ...idle, due: null, patience: 0 }],
    [
      "delivered late, with another edition",
      (one, batch) => one.recordDelivered([1, 3], batch, true, NOW),
      { ...idle, due: NOW, patience: 2 },
    ],
    ["slow", (one, batch) => one.recordSlow(1, batch, NOW), { ...taken, batch: null, due: NOW, patience: 2 }],
    ["not started", (one, batch) => one.postpone(1, batch, NOW), { ...taken, batch: null, due: NOW }],
    ["gone", (one, batch) => one.recordGone(1, batch, NOW), undefined],
    [
      "failed",
      (one, batch) => one.recordFailure(1, batch, "now", 1, NOW),
      { ...taken, batch: null, attempts: 3, reason: "now" },
    ],
    ["not tried", (one, batch) => one.recordFailure(1, batch, "now", 0, NOW), { ...taken, batch: null, reason: "now" }],
  ])("is recorded of the one that is meant, if its batch holds it: %s", (_, record, expected) =>
    withSubscriptions(
      [rowOf("a", taken), rowOf("b", taken), rowOf("c", { ...taken, batch: -8 })],
      (subscriptions, stored) => {
        const before = stored();
        for (const batch of [6, 9, -7]) record(subscriptions, batch);
        expect(stored()).toEqual(before);
        record(subscriptions, 7);
        expect(stored()).toEqual([...(expected === undefined ? [] : [rowOf("a", expected)]), ...before.slice(1)]);
      },
    ),
  );

  it("is the first failure of a row of them, or a further one", () =>
    withSubscriptions([rowOf("a", { batch: -7, due: NOW }), rowOf("b", taken)], (subscriptions) => {
      expect([1, 2, 3].map((id) => subscriptions.recordFailure(id, 7, "no", 1, NOW))).toEqual([
        { callback: callbackOf("a"), attempts: 1, since: NOW },
        { callback: callbackOf("b"), attempts: 3, since: NOW - 9 },
        undefined,
      ]);
    }));

  it("is that it is asked once more, if it was gone before it was renewed", () =>
    withSubscriptions([rowOf("a", { ...taken, renewed: -7 })], (subscriptions, stored) => {
      subscriptions.recordGone(1, 7, NOW);
      expect(stored()).toEqual([rowOf("a", { ...taken, renewed: -7, batch: null, due: NOW })]);
    }));
});

describe("all subscriptions", () => {
  const rows = [
    rowOf("idle"),
    rowOf("due", { due: NOW + 5 }),
    rowOf("failing", { due: NOW + 5, failing_since: NOW - 1, reason: "no" }),
    rowOf("under-way", { due: NOW + 5, batch: 7, failing_since: NOW - 2, attempts: 2, reason: "no" }),
  ];
  const dues = (stored: () => readonly Row[]) => stored().map(({ due }) => due);

  it.each<[string, (subscriptions: Subscriptions) => unknown, readonly unknown[]]>([
    ["get an edition, unless one is due already", (one) => one.markAllDue(NOW), [NOW, NOW + 5, NOW + 5, NOW + 5]],
    ["get none any longer", (one) => one.cancelDeliveries(), [null, null, null, null]],
    [
      "get it again now if they failed, unless it is under way",
      (one) => one.replay(undefined, NOW),
      [null, NOW + 5, NOW, NOW + 5],
    ],
    ["get it again one by one", (one) => one.replay(callbackOf("idle"), NOW), [NOW, NOW + 5, NOW + 5, NOW + 5]],
  ])("%s", (_, change, expected) =>
    withSubscriptions(rows, (subscriptions, stored) => {
      change(subscriptions);
      expect(dues(stored)).toEqual(expected);
    }),
  );

  it("are counted, and those that fail listed, the first that failed first: twenty at most", () =>
    withSubscriptions(rows, (subscriptions, stored, sql) => {
      expect(subscriptions.counts()).toEqual({ subscribers: 4, pending: 3 });
      expect([subscriptions.replay(undefined, NOW), subscriptions.replay("https://nobody.example.net/", NOW)]).toEqual([
        2, 0,
      ]);
      expect(subscriptions.failures()).toEqual([
        { callback: callbackOf("under-way"), attempts: 2, since: NOW - 2, next: NOW + 5, reason: "no" },
        { callback: callbackOf("failing"), attempts: 0, since: NOW - 1, next: NOW, reason: "no" },
      ]);
      subscriptions.cancelDeliveries();
      expect(subscriptions.failures().map(({ next }) => next)).toEqual([0, 0]);
      expect(inBatch(stored(), 7)).toEqual([]);
      for (let index = 0; index < 19; index++)
        sql.exec(
          "INSERT INTO subscriptions (callback, protocol, hostname, expires, failing_since, reason) VALUES (?, 'websub', 'h', 9e15, ?, 'no')",
          ...[callbackOf(`${index}`), NOW - 100 + index],
        );
      const failing = subscriptions.failures().map(({ since }) => since - NOW);
      expect(failing).toEqual([...Array.from({ length: 19 }, (_, index) => index - 100), -2]);
    }));

  it("end with their lease, unless a renewal waits; a request to leave is none", () =>
    withSubscriptions(
      [
        rowOf("over", { expires: NOW }),
        rowOf("renewing", { expires: NOW }),
        rowOf("leaving", { expires: NOW }),
        rowOf("held", { expires: NOW + 1 }),
      ],
      (subscriptions, stored, sql) => {
        for (const [name, mode] of [
          ["renewing", "subscribe"],
          ["leaving", "unsubscribe"],
        ] as const)
          sql.exec(
            "INSERT INTO pending_verifications (callback, protocol, hostname, mode, lease_ms, rank, due) VALUES (?, 'websub', 'h', ?, 0, 0, 0)",
            ...[callbackOf(name), mode],
          );
        expect(subscriptions.nextDue(NOW)).toBe(NOW);
        expect(subscriptions.removeExpired(NOW)).toBe(2);
        expect(stored().map(({ callback }) => callback)).toEqual(["renewing", "held"].map(callbackOf));
        expect(subscriptions.nextDue(NOW)).toBe(NOW + 1);
      },
    ));

  it.each<[string, readonly Row[], number | null]>([
    ["never, if there are none", [], null],
    ["when a lease ends", [{ expires: NOW + 90 }, { expires: NOW + 80 }], NOW + 80],
    ["when one is due", [{ due: NOW + 9 }, { due: NOW + 8 }], NOW + 8],
    ["when one that is unproven is due", [{ due: NOW + 9 }, { due: NOW + 8, patience: 1 }], NOW + 8],
    ["when one that failed is due", [{ due: NOW + 9 }, { due: NOW + 8, failing_since: NOW }], NOW + 8],
    ["when one that needs patience is due", [{ due: NOW + 9 }, { due: NOW + 8, patience: 2 }], NOW + 8],
    [
      "when such a batch is reported, or due again",
      [
        { due: NOW + 9, patience: 2, batch: 7 },
        { due: NOW, patience: 2 },
      ],
      NOW + 9,
    ],
    [
      "at once, if such a batch was not reported in time",
      [
        { due: NOW - 9, patience: 2, batch: 7 },
        { due: NOW - 5, patience: 2 },
      ],
      NOW - 9,
    ],
  ])("have something to do next %s", (_, mores, expected) =>
    withSubscriptions(
      mores.map((more, index) => rowOf(`${index}`, more)),
      (subscriptions) => expect(subscriptions.nextDue(NOW)).toBe(expected),
    ),
  );
});
