import { describe, expect, it } from "vitest";
import { applySchemaSteps } from "../../../src/lib/schema-steps.ts";
import type { VerificationAnswer, VerificationOutcome } from "../../../src/push/rpc.ts";
import { readHubSettings } from "../../../src/push/settings.ts";
import { applyVerification } from "../../../src/push/shard/apply-verification.ts";
import { openCountTracker } from "../../../src/push/shard/count-tracker.ts";
import { SHARD_SCHEMA } from "../../../src/push/shard/schema.ts";
import { openSubscriptions, type Subscriptions } from "../../../src/push/shard/subscriptions.ts";
import { openVerificationQueue, type VerificationQueue } from "../../../src/push/shard/verification-queue.ts";
import { inDurableObject, NOW } from "../in-durable-object.ts";

/** A verification as it is stored. */
type Row = Readonly<Record<string, SqlStorageValue>>;

const callbackOf = (name: string): string => `https://${name}.example.net/`;

const rowOf = (name: string, more: Row = {}): Row => ({
  ...{ callback: callbackOf(name), protocol: "websub", hostname: `${name}.example.net`, address: null },
  ...{ mode: "subscribe", secret: null, lease_ms: 1000, reason: null, challenge: null, attempts: 0, rank: 1, due: NOW },
  ...{ verify_token: null, batch: null, ...more },
});

interface Opened {
  readonly queue: VerificationQueue;
  readonly subscriptions: Subscriptions;
  readonly sql: SqlStorage;
  /** All rows, the first due first. */
  readonly stored: () => readonly Row[];
  readonly countOf: (where: string) => number;
  /** The hosts of which the hub is to be told. */
  readonly changed: () => readonly unknown[];
}

const withQueue = (rows: readonly Row[], test: (opened: Opened) => void): Promise<void> =>
  inDurableObject(async ({ storage }) => {
    applySchemaSteps(storage, "TopicShard", SHARD_SCHEMA);
    const { sql } = storage;
    for (const row of rows) {
      const marks = Object.keys(row).map(() => "?");
      sql.exec(
        `INSERT INTO pending_verifications (${Object.keys(row).join()}) VALUES (${marks.join()})`,
        ...Object.values(row),
      );
    }
    const counts = openCountTracker(sql);
    test({
      ...{ queue: openVerificationQueue(sql, counts), subscriptions: openSubscriptions(sql, counts), sql },
      stored: () => sql.exec<Row>("SELECT * FROM pending_verifications ORDER BY due, callback").toArray(),
      countOf: (where) =>
        Number(sql.exec(`SELECT COUNT(*) AS number FROM pending_verifications WHERE ${where}`).one().number),
      changed: () =>
        sql
          .exec("SELECT host FROM changed_hosts ORDER BY host")
          .toArray()
          .map(({ host }) => host),
    });
  });

/** Adds so many rows of a rank: each with a callback of its own on a host, the first due first. */
const addMany = (sql: SqlStorage, count: number, rank: number, host: string, due = NOW): void => {
  sql.exec(
    `WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?1 - 1)
     INSERT INTO pending_verifications (callback, protocol, hostname, mode, lease_ms, rank, due)
     SELECT 'https://' || ?3 || '/' || n, 'websub', ?3, 'subscribe', 0, ?2, ?4 + n FROM numbers`,
    ...[count, rank, host, due],
  );
};

const addSubscriber = (sql: SqlStorage, callback: string): void => {
  const query = "INSERT INTO subscriptions (callback, protocol, hostname, expires) VALUES (?, 'websub', 'h', 9e15)";
  sql.exec(query, callback);
};

const requestOf = (callback: string) =>
  ({ protocol: "websub", mode: "subscribe", topic: "https://courier.example.org/rss.xml", callback }) as const;

describe("batches of verifications", () => {
  it("are filled by rank with those that are due, the longest due first; each rank as far as it may be under way", () =>
    withQueue([], ({ queue, sql, stored, countOf }) => {
      for (const [rank, host] of ["subscriber.test", "other.test", "slow.test", "denied.test"].entries()) {
        addMany(sql, 49, rank, host, NOW - 48);
        sql.exec("UPDATE pending_verifications SET due = due + 1 WHERE callback = ?", `https://${host}/48`);
      }
      expect(queue.fillBatches(7, NOW, NOW + 500)).toEqual([7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
      const sizes = [7, 8, 9, 10, 11, 12, 13, 14, 15, 16].map((batch) => countOf(`batch = ${batch}`));
      expect(sizes).toEqual([12, 12, 12, 12, 12, 12, 12, 12, 6, 12]);
      expect(["0", "1", "2", "3"].map((rank) => countOf(`batch IS NULL AND rank = ${rank}`))).toEqual([1, 1, 43, 37]);
      const [first] = stored().filter(({ batch }) => batch === 8);
      expect(first).toMatchObject({ callback: "https://subscriber.test/12", due: NOW + 500, challenge: null });
      expect(stored().filter(({ batch, due }) => batch === 15 && due === NOW + 505)).toMatchObject([
        { callback: "https://slow.test/5", rank: 2 },
      ]);
      expect(queue.fillBatches(17, NOW + 1, NOW + 900)).toEqual([]);
    }));

  it("are as many fewer as are under way already, whatever their numbers and sizes", () =>
    withQueue(
      [3, 3, 3, 9, 9, 20].map((batch, index) => rowOf(`under-way-${index}`, { batch, due: NOW + 1 })),
      ({ queue, sql, countOf }) => {
        addMany(sql, 30, 1, "other.test", NOW - 30);
        expect(queue.fillBatches(21, NOW, NOW + 500)).toEqual([21]);
        expect(countOf("batch = 21")).toBe(12);
      },
    ));

  it("are dissolved once nobody has reported them in time", () =>
    withQueue(
      [
        rowOf("late", { batch: 3, challenge: "c", due: NOW }),
        rowOf("in-time", { batch: 3, challenge: "d", due: NOW + 1 }),
      ],
      ({ queue, stored }) => {
        expect(queue.fillBatches(7, NOW, NOW + 500)).toEqual([7]);
        expect(stored()).toEqual([
          rowOf("in-time", { batch: 3, challenge: "d", due: NOW + 1 }),
          rowOf("late", { batch: 7, due: NOW + 500 }),
        ]);
      },
    ));

  it("are due again if they could not be sent; but what somebody has taken, and other batches, are not", () =>
    withQueue(
      [
        ...[0, 1, 2, 3].map((rank) => rowOf(`a${rank}`, { rank, batch: 7 + (rank % 2) })),
        rowOf("taken", { batch: 7, challenge: "c" }),
        rowOf("other", { batch: 9 }),
      ],
      ({ queue, stored }) => {
        queue.releaseBatches([7, 8], NOW + 5);
        expect(stored()).toEqual([
          rowOf("other", { batch: 9 }),
          rowOf("taken", { batch: 7, challenge: "c" }),
          ...[0, 1, 2, 3].map((rank) => rowOf(`a${rank}`, { rank, due: NOW + 5 })),
        ]);
      },
    ));

  it.each<[string, readonly Row[], number | null]>([
    ["never, if there are none", [], null],
    ["when the first one is due", [{ due: NOW + 9 }, { due: NOW + 8 }], NOW + 8],
    ["when the first one of any rank is due", [{ due: NOW + 9 }, { due: NOW + 8, rank: 3 }], NOW + 8],
    ["when one is due whose rank is not full", [...[1, 2, 3].map((batch) => ({ batch, due: NOW + 9 })), {}], NOW],
    [
      "when the first batch is not reported in time, of a rank that is full",
      [...[4, 1, 2, 3].map((batch) => ({ batch, due: NOW + 10 + batch })), {}],
      NOW + 11,
    ],
    [
      "when one of another rank is due, if one is full",
      [...[1, 2, 3, 4].map((batch) => ({ batch, due: NOW + 9 })), {}, { rank: 0, due: NOW + 3 }],
      NOW + 3,
    ],
    ["when the one batch of slow ones is not reported", [{ batch: 1, due: NOW + 9, rank: 2 }, { rank: 2 }], NOW + 9],
    ["when the one batch of denials is not reported", [{ batch: 1, due: NOW + 9, rank: 3 }, { rank: 3 }], NOW + 9],
  ])("are to be filled next %s", (_, mores, expected) =>
    withQueue(
      mores.map((more, index) => rowOf(`${index}`, more)),
      ({ queue }) => expect(queue.nextDue()).toBe(expected),
    ),
  );

  it.each([
    [0, false, true],
    [1, false, false],
    [2, true, false],
    [3, false, false],
  ])("of rank %i are taken once, in their order, with all that asking takes", (rank, isPatient, isSubscriber) =>
    withQueue(
      [
        rowOf("second", { rank, batch: 7, due: NOW + 1 }),
        rowOf("first", {
          ...{ rank, batch: 7, due: NOW, protocol: "rsscloud", mode: "denied", address: "192.88.98.1" },
          ...{ lease_ms: 60_000, verify_token: "t", reason: "no", secret: "s" },
        }),
        rowOf("other", { rank, batch: 8 }),
        rowOf("taken", { rank, batch: 7, challenge: "before" }),
      ],
      ({ queue, stored }) => {
        let count = 0;
        const challenge = () => `challenge-${count++}`;
        expect(queue.takeBatch(7, NOW + 500, challenge)).toEqual({
          isPatient,
          verifications: [
            {
              ...{ callback: callbackOf("first"), protocol: "rsscloud", mode: "denied", address: "192.88.98.1" },
              ...{ leaseMs: 60_000, verifyToken: "t", reason: "no", isSubscriber, challenge: "challenge-0" },
            },
            {
              ...{ callback: callbackOf("second"), protocol: "websub", mode: "subscribe", address: null },
              ...{ leaseMs: 1000, verifyToken: null, reason: null, isSubscriber, challenge: "challenge-1" },
            },
          ],
        });
        expect(stored().map((row) => [row.challenge, row.due, row.batch])).toEqual([
          [null, NOW, 8],
          ["before", NOW, 7],
          ["challenge-0", NOW + 500, 7],
          ["challenge-1", NOW + 500, 7],
        ]);
        expect(queue.takeBatch(7, NOW + 900, challenge)).toBeUndefined();
      },
    ),
  );
});

describe("a request", () => {
  it.each<[string, Row, number]>([
    ["was not asked yet", { attempts: 1 }, 1],
    ["is being asked", { attempts: 1, challenge: "c", batch: 3 }, 2],
  ])(
    "of a subscriber is as often asked in vain as the one before, which %s; of others it is not",
    (_, more, attempts) =>
      withQueue(
        [
          rowOf("a", { ...more, address: "192.88.98.1", rank: 2, verify_token: "t", reason: "no" }),
          rowOf("b", { ...more, address: "192.88.98.2" }),
        ],
        ({ queue, stored, changed }) => {
          expect(queue.add({ ...requestOf(callbackOf("a")), secret: "s" }, 60_000, true, NOW + 5)).toBe(true);
          const other = { ...requestOf(callbackOf("b")), mode: "unsubscribe", address: "192.88.98.3" } as const;
          expect(queue.add(other, 70_000, false, NOW + 6)).toBe(true);
          expect(stored()).toEqual([
            rowOf("a", { secret: "s", lease_ms: 60_000, rank: 0, attempts, due: NOW + 5 }),
            rowOf("b", { mode: "unsubscribe", address: "192.88.98.3", lease_ms: 70_000, due: NOW + 6 }),
          ]);
          const hosts = ["a.example.net", "b.example.net"];
          expect(changed()).toEqual(["192.88.98.1", "192.88.98.2", "192.88.98.3", ...hosts]);
        },
      ),
  );

  it("waits, until it is removed; one to unsubscribe and a denial are not those of a subscriber", () =>
    withQueue(
      [
        rowOf("a"),
        rowOf("b", { protocol: "rsscloud" }),
        rowOf("c", { mode: "unsubscribe" }),
        rowOf("d", { mode: "denied" }),
      ],
      ({ queue }) => {
        const known = () => ["a", "b", "c", "d"].map((name) => queue.has(callbackOf(name)));
        expect(known()).toEqual([true, true, false, false]);
        const [a, b] = [
          { callback: callbackOf("a"), protocol: "websub" },
          { callback: callbackOf("b"), protocol: "rsscloud" },
        ];
        expect(queue.find(undefined)).toEqual([a, b]);
        expect(["a", "b", "c", "d"].map((name) => queue.find(callbackOf(name)))).toEqual([[a], [b], [], []]);
        expect([queue.remove(callbackOf("a")), queue.remove(callbackOf("a"))]).toEqual([1, 0]);
        expect(known()).toEqual([false, true, false, false]);
      },
    ));

  it("is not replaced by a denial, which is stored with its reason and comes last", () =>
    withQueue([rowOf("a")], ({ queue, stored }) => {
      for (const name of ["a", "b"])
        expect(queue.addDenial({ callback: callbackOf(name), protocol: "rsscloud" }, "Enough.", NOW + 5)).toBe(true);
      expect(stored()).toEqual([
        rowOf("a"),
        rowOf("b", {
          ...{ protocol: "rsscloud", mode: "denied", lease_ms: 0, reason: "Enough.", rank: 3, due: NOW + 5 },
        }),
      ]);
    }));

  it("that is under way is known by its callback and its challenge", () =>
    withQueue(
      [
        rowOf("a", { challenge: "c", batch: 7, rank: 2, attempts: 1, address: "192.88.98.1", secret: "s" }),
        rowOf("b", { challenge: "c", batch: 7, protocol: "rsscloud", mode: "unsubscribe" }),
        rowOf("d"),
      ],
      ({ queue }) => {
        expect(["a", "b"].map((name) => queue.underWay(callbackOf(name), "c"))).toMatchObject([
          {
            ...{ callback: callbackOf("a"), protocol: "websub", mode: "subscribe", address: "192.88.98.1" },
            ...{ secret: "s", leaseMs: 1000, attempts: 1, challenge: "c", isPatient: true },
          },
          {
            ...{ callback: callbackOf("b"), protocol: "rsscloud", mode: "unsubscribe", address: null },
            ...{ secret: null, leaseMs: 1000, attempts: 0, challenge: "c", isPatient: false },
          },
        ]);
        expect(queue.underWay(callbackOf("a"), "other")).toBeUndefined();
        expect(queue.underWay(callbackOf("d"), "c")).toBeUndefined();
      },
    ));
});

describe("when five thousand wait", () => {
  const NEW = "https://new.example.org/";
  const addNew = (queue: VerificationQueue, callback = NEW): boolean =>
    queue.add(requestOf(callback), 1000, false, NOW + 9);

  it("there is room for the last one, then for subscribers only, and not for denials", () =>
    withQueue([], ({ queue, sql, countOf }) => {
      addMany(sql, 4999, 0, "subscriber.test");
      expect([addNew(queue), addNew(queue, "https://next.example.org/")]).toEqual([true, false]);
      expect(queue.addDenial({ callback: "https://x.example.org/", protocol: "websub" }, "Enough.", NOW)).toBe(false);
      expect(countOf("TRUE")).toBe(5000);
      expect(queue.add(requestOf("https://next.example.org/"), 1000, true, NOW)).toBe(true);
      expect(countOf("TRUE")).toBe(5001);
    }));

  it("a hundred denials make room first, and then those that did not answer, the longest due first; but no subscriber's", () =>
    withQueue([], ({ queue, sql, countOf, changed }) => {
      addMany(sql, 4880, 1, "other.test");
      addMany(sql, 60, 2, "slow.test");
      addMany(sql, 60, 3, "denied.test", NOW + 1000);
      addSubscriber(sql, "https://denied.test/5");
      addSubscriber(sql, "https://slow.test/7");
      expect(addNew(queue)).toBe(true);
      expect([0, 1, 2, 3].map((rank) => countOf(`rank = ${rank}`))).toEqual([0, 4881, 19, 1]);
      const waiting = ["https://denied.test/5", "https://slow.test/7", "https://slow.test/42", "https://slow.test/41"];
      expect(waiting.map((callback) => countOf(`callback = '${callback}'`))).toEqual([1, 1, 1, 0]);
      expect(changed()).toEqual(["denied.test", "new.example.org", "slow.test"]);
    }));

  it.each<[string, number, string, string, boolean]>([
    ["a hundred of a host make room for one of another", 100, "one.test", NEW, true],
    ["ninety-nine do not", 99, "one.test", NEW, false],
    ["nor a hundred for one of theirs", 100, "one.test", "https://one.test/new", false],
    ["nor for one of their domain", 100, "a.one.test", "https://b.one.test/new", false],
  ])("%s", (_, count, host, callback, isAdded) =>
    withQueue([], ({ queue, sql, countOf }) => {
      addMany(sql, 5000 - count, 0, "subscriber.test");
      addMany(sql, count, 1, host);
      expect(addNew(queue, callback)).toBe(isAdded);
      expect(countOf(`hostname = '${host}'`)).toBe(isAdded ? 0 : count);
    }),
  );

  it("the latest hundred of the largest make room, if it has a hundred more; what is under way does not count", () =>
    withQueue([], ({ queue, sql, countOf }) => {
      addMany(sql, 4897, 0, "subscriber.test");
      addMany(sql, 101, 1, "large.test");
      addMany(sql, 1, 1, "new.example.org");
      addMany(sql, 1, 1, "busy.test");
      sql.exec("UPDATE pending_verifications SET batch = 3 WHERE callback = 'https://large.test/100'");
      expect(addNew(queue)).toBe(false);
      sql.exec("UPDATE pending_verifications SET batch = NULL");
      expect(addNew(queue)).toBe(true);
      expect(countOf("hostname = 'large.test'")).toBe(1);
      expect(countOf("callback = 'https://large.test/0'")).toBe(1);
      expect(countOf("TRUE")).toBe(4901);
    }));
});

describe("what a callback answers", () => {
  const callback = callbackOf("a");
  const underWay: Row = { challenge: "c", batch: 7, secret: "s", address: "192.88.98.1", lease_ms: 60_000 };
  const subscribed = {
    ...{ id: 1, callback, protocol: "websub", hostname: "a.example.net", address: "192.88.98.1", secret: "s" },
    ...{ expires: NOW + 65_000, due: null, batch: null, renewed: null, attempts: 0, failing_since: null, reason: null },
    patience: 1,
  };
  const settings = readHubSettings({});
  const released: Row = { ...underWay, challenge: null, batch: null };
  const at = NOW + 5000;
  type Answer = VerificationOutcome["answer"];
  const rows: readonly [Answer, Row, Row | undefined, boolean][] = [
    ["confirmed", {}, undefined, true],
    ["confirmed", { attempts: 1, rank: 2 }, undefined, true],
    ["not confirmed", {}, undefined, false],
    ["not asked", { attempts: 1 }, { attempts: 1, due: at }, false],
    ["not asked", { rank: 3, mode: "denied" }, { rank: 3, mode: "denied", due: at }, false],
    ["hung", {}, { rank: 2, due: at }, false],
    ["slow", { attempts: 1 }, { attempts: 1, rank: 2, due: at }, false],
    ["hung", { attempts: 2 }, undefined, false],
    ["hung", { rank: 2 }, { rank: 2, attempts: 1, due: at + 60_000 }, false],
    ["slow", { rank: 2 }, { rank: 2, attempts: 1, due: at + 60_000 }, false],
    ["hung", { rank: 2, attempts: 1 }, undefined, false],
    ["no answer", {}, { rank: 2, attempts: 1, due: at + 60_000 }, false],
    ["no answer", { attempts: 1 }, undefined, false],
    ["hung", { rank: 3, mode: "denied" }, undefined, false],
    ["slow", { rank: 3, mode: "denied" }, undefined, false],
    ["no answer", { rank: 3, mode: "denied" }, undefined, false],
    ["told", { rank: 3, mode: "denied" }, undefined, false],
  ];

  it.each(rows)("(%s, to %j) leaves %j", (answer, before, after, isSubscribed) =>
    withQueue([rowOf("a", { ...underWay, ...before }), rowOf("b", underWay)], (opened) => {
      const { queue, subscriptions, sql, stored, changed } = opened;
      const context = { verifications: queue, subscriptions, settings, now: () => at, random: () => 1 };
      applyVerification({ callback, challenge: "of another", answer }, context);
      expect(stored()).toEqual([rowOf("a", { ...underWay, ...before }), rowOf("b", underWay)]);
      applyVerification({ callback, challenge: "c", answer }, context);
      expect(stored()).toEqual([
        rowOf("b", underWay),
        ...(after === undefined ? [] : [rowOf("a", { ...released, ...after })]),
      ]);
      const subscriptionsNow = sql.exec("SELECT * FROM subscriptions").toArray();
      expect(subscriptionsNow).toEqual(isSubscribed ? [subscribed] : []);
      expect(changed()).toEqual(after === undefined ? ["192.88.98.1", "a.example.net"] : []);
    }),
  );

  it.each<[VerificationAnswer, boolean]>([
    ["confirmed", false],
    ["not confirmed", true],
    ["no answer", true],
  ])("(%s) to a request to unsubscribe decides about the subscription", (answer, isSubscribed) =>
    withQueue([rowOf("a", { ...underWay, mode: "unsubscribe", attempts: 1 })], ({ queue, subscriptions, sql }) => {
      for (const name of ["a", "b"]) addSubscriber(sql, callbackOf(name));
      const context = { verifications: queue, subscriptions, settings, now: () => at, random: () => 1 };
      applyVerification({ callback, challenge: "c", answer }, context);
      expect(["a", "b"].map((name) => subscriptions.has(callbackOf(name)))).toEqual([isSubscribed, true]);
    }),
  );
});
