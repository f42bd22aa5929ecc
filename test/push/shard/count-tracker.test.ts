import { expect, it } from "vitest";
import { applySchemaSteps } from "../../../src/lib/schema-steps.ts";
import { type CountTracker, openCountTracker } from "../../../src/push/shard/count-tracker.ts";
import { SHARD_SCHEMA } from "../../../src/push/shard/schema.ts";
import { inDurableObject } from "../in-durable-object.ts";

const withTracker = (test: (counts: CountTracker, sql: SqlStorage) => void): Promise<void> =>
  inDurableObject(async ({ storage }) => {
    applySchemaSteps(storage, "TopicShard", SHARD_SCHEMA);
    test(openCountTracker(storage.sql), storage.sql);
  });

const subscribe = (sql: SqlStorage, name: string, hostname: string, address: string | null): void => {
  sql.exec(
    "INSERT INTO subscriptions (callback, protocol, hostname, address, expires) VALUES (?, 'websub', ?, ?, 9e15)",
    ...[name, hostname, address],
  );
};

const wait = (sql: SqlStorage, name: string, hostname: string, address: string | null, mode = "subscribe"): void => {
  sql.exec(
    `INSERT INTO pending_verifications (callback, protocol, hostname, address, mode, lease_ms, rank, due)
     VALUES (?, 'websub', ?, ?, ?, 0, 1, 0)`,
    ...[name, hostname, address, mode],
  );
};

it("counts subscribers, and whoever waits to be one, once, by the host's name and by its address", () =>
  withTracker((counts, sql) => {
    subscribe(sql, "a", "one.test", "192.88.98.1");
    subscribe(sql, "b", "one.test", "192.88.98.2");
    subscribe(sql, "c", "two.test", null);
    wait(sql, "a", "one.test", "192.88.98.1");
    wait(sql, "d", "one.test", "192.88.98.1");
    wait(sql, "e", "two.test", "192.88.98.2", "unsubscribe");
    wait(sql, "f", "two.test", "192.88.98.2", "denied");
    expect(counts.countSubscribers()).toBe(4);
    expect([counts.hasUnreported(), counts.unreported()]).toEqual([false, {}]);
    counts.markChanged("one.test", null, "192.88.98.1", undefined, "", "two.test", "one.test");
    counts.markChanged("192.88.98.2", "nobody.test");
    expect(counts.hasUnreported()).toBe(true);
    expect(counts.unreported()).toEqual({
      ...{ "one.test": 3, "two.test": 1, "192.88.98.1": 2, "192.88.98.2": 1, "nobody.test": 0 },
    });
  }));

it("tells again what has changed since the hub was told, and nothing else", () =>
  withTracker((counts, sql) => {
    subscribe(sql, "a", "one.test", null);
    subscribe(sql, "b", "two.test", null);
    counts.markChanged("one.test", "two.test", "three.test");
    subscribe(sql, "c", "two.test", null);
    counts.markReported({ "one.test": 1, "two.test": 1 });
    expect(counts.unreported()).toEqual({ "two.test": 2, "three.test": 0 });
    counts.markReported({ "two.test": 2, "three.test": 0 });
    expect(counts.hasUnreported()).toBe(false);
  }));

it("tells of five hundred hosts at a time", () =>
  withTracker((counts) => {
    counts.markChanged(...Array.from({ length: 501 }, (_, index) => `${index}.test`));
    const first = counts.unreported();
    expect(Object.keys(first)).toHaveLength(500);
    counts.markReported(first);
    expect(Object.values(counts.unreported())).toEqual([0]);
  }));

it("is empty if there are no subscriptions and nothing waits, not even a denial", () =>
  withTracker((counts, sql) => {
    expect(counts.isEmpty()).toBe(true);
    wait(sql, "a", "one.test", null, "denied");
    expect([counts.isEmpty(), counts.countSubscribers()]).toEqual([false, 0]);
    sql.exec("DELETE FROM pending_verifications");
    subscribe(sql, "a", "one.test", null);
    expect(counts.isEmpty()).toBe(false);
  }));
