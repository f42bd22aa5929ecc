import { describe, expect, it } from "vitest";
import { openTopics, type Topics } from "../../../src/push/hub/topics.ts";
import { NOW } from "../in-durable-object.ts";
import { withTables } from "./with-tables.ts";

const SECOND = 1000;

/** A topic as it is stored. */
interface Row {
  readonly topic: string;
  readonly layout: number;
  readonly is_public: number;
  readonly checked_change: number;
  readonly times_unchecked: number;
  readonly next_check: number;
  readonly failures: number;
}

const rowOf = (topic: string, more: Partial<Row> = {}): Row => ({
  ...{ topic, layout: 1, is_public: 0, checked_change: 0, times_unchecked: 0, next_check: 0, failures: 0 },
  ...more,
});

/** Opens topics that are stored already; `stored` tells all that is stored then. */
const withTopics = (
  rows: readonly Row[],
  test: (topics: Topics, stored: () => readonly unknown[], sql: SqlStorage) => void,
): Promise<void> =>
  withTables((sql) => {
    for (const row of rows)
      sql.exec(
        `INSERT INTO topics (${Object.keys(row).join()}) VALUES (?, ?, ?, ?, ?, ?, ?)`,
        ...Object.values<SqlStorageValue>({ ...row }),
      );
    test(openTopics(sql), () => sql.exec("SELECT * FROM topics ORDER BY topic").toArray(), sql);
  });

const USED = { layout: 4, is_public: -1, checked_change: 7, times_unchecked: 3, next_check: NOW + SECOND, failures: 2 };

describe("a topic", () => {
  it("that is to be checked again is due at once, which counts; all else stays as it is", () =>
    withTopics([rowOf("a", USED), rowOf("b", USED)], (topics, stored) => {
      topics.markUnchecked("a");
      topics.markUnchecked("new");
      expect(stored()).toEqual([
        rowOf("a", { ...USED, checked_change: 0, next_check: 0, times_unchecked: 4 }),
        rowOf("b", USED),
        rowOf("new"),
      ]);
    }));

  it("that was checked has no failures, and is told of no more if that was the last time", () =>
    withTopics([rowOf("a", USED), rowOf("b", { ...USED, is_public: 1 }), rowOf("c", USED)], (topics, stored) => {
      for (const topic of ["a", "b"]) topics.markChecked({ topic, timesUnchecked: 3 }, 8);
      const checked = { ...USED, checked_change: 8, next_check: 0, failures: 0 };
      expect(stored()).toEqual([
        rowOf("a", { ...checked, is_public: 0 }),
        rowOf("b", { ...checked, is_public: 1 }),
        rowOf("c", USED),
      ]);
    }));

  it("that was marked as unchecked meanwhile was not checked", () =>
    withTopics([rowOf("a", USED)], (topics, stored) => {
      for (const timesUnchecked of [2, 4]) topics.markChecked({ topic: "a", timesUnchecked }, 8);
      expect(stored()).toEqual([rowOf("a", USED)]);
    }));

  it("that can't be checked waits twice as long each time, a minute at most, and as long as before once it could", () =>
    withTopics([rowOf("a"), rowOf("b", USED)], (topics, stored) => {
      for (const [failures, seconds] of [10, 20, 40, 60, 60].entries()) {
        topics.recordFailure({ topic: "a", timesUnchecked: 0 }, NOW);
        expect(stored()).toEqual([
          rowOf("a", { next_check: NOW + seconds * SECOND, failures: failures + 1 }),
          rowOf("b", USED),
        ]);
      }
      topics.markChecked({ topic: "a", timesUnchecked: 0 }, 1);
      topics.recordFailure({ topic: "a", timesUnchecked: 0 }, NOW);
      expect(stored()).toContainEqual(rowOf("a", { checked_change: 1, next_check: NOW + 10 * SECOND, failures: 1 }));
    }));
});

describe("public topics", () => {
  it("are those of the list; of those that were, hubs are told a last time", () =>
    withTopics(
      [-1, 0, 1].flatMap((is_public) => [
        rowOf(`listed ${is_public}`, { ...USED, is_public }),
        rowOf(`other ${is_public}`, { ...USED, is_public }),
      ]),
      (topics, stored) => {
        topics.setPublic(["new", "listed -1", "listed 0", "listed 1"]);
        expect(stored()).toEqual([
          rowOf("listed -1", { ...USED, is_public: 1 }),
          rowOf("listed 0", { ...USED, is_public: 1 }),
          rowOf("listed 1", { ...USED, is_public: 1 }),
          rowOf("new", { is_public: 1 }),
          rowOf("other -1", { ...USED, is_public: -1 }),
          rowOf("other 0", { ...USED, is_public: 0 }),
          rowOf("other 1", { ...USED, is_public: -1 }),
        ]);
        expect(["new", "other -1", "other 0", "other 1", "none"].map(topics.isPublic)).toEqual([
          ...[true, true, false, true, false],
        ]);
      },
    ));

  it("may be none", () =>
    withTopics([rowOf("a", { is_public: 1 })], (topics, stored) => {
      topics.setPublic([]);
      expect(stored()).toEqual([rowOf("a", { is_public: -1 })]);
    }));
});

describe("the topics that are due", () => {
  it("are those not checked since the change, unless they wait: the longest ago first, then the shortest, then by address", () =>
    withTopics(
      [
        rowOf("a", { checked_change: 8 }),
        rowOf("b", { checked_change: 7, times_unchecked: 5 }),
        rowOf("c", { checked_change: 6, next_check: NOW }),
        rowOf("d", { checked_change: 6, next_check: NOW + 1 }),
        rowOf("long b", { checked_change: 6 }),
        rowOf("long a", { checked_change: 6 }),
        rowOf("very long", { checked_change: 5 }),
      ],
      (topics) => {
        const due = (change: number, limit: number) => topics.due(change, NOW, limit).map(({ topic }) => topic);
        expect(due(8, 10)).toEqual(["very long", "c", "long a", "long b", "b"]);
        expect(due(8, 2)).toEqual(["very long", "c"]);
        expect(due(6, 10)).toEqual(["very long"]);
        expect(topics.due(8, NOW, 10).at(-1)).toEqual({ topic: "b", timesUnchecked: 5 });
      },
    ));

  it("are so next when the first of them may be checked", () =>
    withTopics(
      [
        rowOf("a", { checked_change: 8, next_check: 0 }),
        rowOf("b", { checked_change: 7, next_check: NOW + 5 }),
        rowOf("c", { checked_change: 7, next_check: NOW + 3 }),
      ],
      (topics) => expect([topics.nextDue(7), topics.nextDue(8), topics.nextDue(9)]).toEqual([null, NOW + 3, 0]),
    ));
});

it("topics of which nobody is told are deleted, and no others", () =>
  withTopics(
    [-1, 0, 1].flatMap((is_public) => [rowOf(`a ${is_public}`, { is_public }), rowOf(`b ${is_public}`, { is_public })]),
    (topics, stored, sql) => {
      for (const topic of ["b -1", "b 0", "b 1"])
        sql.exec("INSERT INTO shards (shard, topic, etag) VALUES (?1, ?1, '')", topic);
      topics.deleteUnused();
      expect(stored()).toEqual(
        ["a -1", "a 1", "b -1", "b 0", "b 1"].map((topic) => rowOf(topic, { is_public: Number(topic.slice(2)) })),
      );
    },
  ));
