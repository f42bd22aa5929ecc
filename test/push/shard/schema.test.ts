import { describe, expect, it, vi } from "vitest";
import type { DeliveryOutcome } from "../../../src/push/rpc.ts";
import { fireAlarm, inDurableObject, NOW } from "../in-durable-object.ts";
import { SHARD_SCHEMA_OF_VERSION_1 } from "../version-1.ts";
import { edition, MINUTE, openShard, TOPIC } from "./open-shard.ts";

const NAME = `${TOPIC}#0/1`;
const at = (path: string): string => `https://reader.example.net/${path}`;
const LATER = NOW + 60 * MINUTE;

/** What a shard of version 1 had stored: subscriptions of every kind, verifications, an edition in two pieces, itself. */
const fillVersion1 = async ({ storage }: DurableObjectState): Promise<void> => {
  const { sql } = storage;
  sql.exec(SHARD_SCHEMA_OF_VERSION_1);
  sql.exec(`
    INSERT INTO subscriptions (id, callback, protocol, host, address, secret, expires, due, batch, renewed, attempts, failing_since, reason) VALUES
      (1, '${at("idle")}', 'websub', 'reader.example.net', '192.88.98.1', 'sesame', ${LATER}, NULL, NULL, NULL, 0, NULL, NULL),
      (2, '${at("due")}', 'rsscloud', 'reader.example.net', NULL, NULL, ${LATER}, ${NOW}, NULL, NULL, 0, NULL, NULL),
      (3, '${at("handed-out")}', 'websub', 'reader.example.net', NULL, 'open', ${LATER}, ${NOW + MINUTE}, 7, NULL, 0, NULL, NULL),
      (4, '${at("taken")}', 'websub', 'reader.example.net', NULL, NULL, ${LATER}, ${NOW + MINUTE}, -6, 6, 0, NULL, NULL),
      (5, '${at("failing")}', 'websub', 'reader.example.net', NULL, NULL, ${LATER}, ${NOW + MINUTE}, NULL, NULL, 3, ${NOW - MINUTE}, 'the callback answers 500'),
      (6, '${at("expired")}', 'websub', 'reader.example.net', NULL, NULL, ${NOW - 1}, NULL, NULL, NULL, 0, NULL, NULL);
    INSERT INTO errands (callback, protocol, host, address, mode, secret, lease, reason, challenge, attempts, rank, due) VALUES
      ('${at("new")}', 'websub', 'reader.example.net', NULL, 'subscribe', 'new secret', 3600000, NULL, NULL, 0, 1, ${NOW}),
      ('${at("idle")}', 'websub', 'reader.example.net', NULL, 'unsubscribe', NULL, 3600000, NULL, NULL, 0, 0, ${NOW}),
      ('${at("silent")}', 'websub', 'reader.example.net', NULL, 'subscribe', NULL, 3600000, NULL, 'asked', 1, 2, ${NOW}),
      ('${at("ended")}', 'websub', 'reader.example.net', NULL, 'denied', NULL, 0, 'Enough.', NULL, 0, 3, ${NOW});
    INSERT INTO edition (etag, content_type) VALUES ('old', 'application/rss+xml');
    INSERT INTO uncounted (host) VALUES ('reader.example.net'), ('gone.example.net');
    INSERT INTO facts (name, value) VALUES
      ('name', '${NAME}'), ('topic', '${TOPIC}'), ('visits', 1234), ('batch', 7), ('delivery', ${NOW - MINUTE});
  `);
  for (const piece of ["first ", "second"])
    sql.exec("INSERT INTO pieces (bytes) VALUES (?)", new TextEncoder().encode(piece));
};

const delivered = (id: number): DeliveryOutcome => ({ id, kind: "delivered" });

describe("a shard of version 1", () => {
  it("keeps its subscriptions, failures, and when it delivered last", () =>
    inDurableObject(async (state) => {
      await fillVersion1(state);
      const { shard } = await openShard(state, {});
      expect(await shard.status()).toEqual({
        ...{ subscribers: 6, pending: 4, lastDelivery: NOW - MINUTE },
        failures: [
          {
            ...{ callback: at("failing"), attempts: 3, since: NOW - MINUTE, next: NOW + MINUTE },
            reason: "the callback answers 500",
          },
        ],
      });
      expect(await shard.has(at("new"))).toBe(true);
    }));

  it("delivers what a message on its way names, with the edition that it had, and takes a report of what was taken", () =>
    inDurableObject(async (state) => {
      await fillVersion1(state);
      const { shard, alarm, queue } = await openShard(state, {});
      const taken = await shard.takeBatch(7, undefined);
      expect(taken?.recipients).toEqual([{ id: 3, callback: at("handed-out"), protocol: "websub", secret: "open" }]);
      expect(new TextDecoder().decode(taken?.payload?.body)).toBe("first second");
      expect(taken?.payload).toMatchObject({ etag: "old", contentType: "application/rss+xml", topic: TOPIC });
      await shard.reportOutcomes(7, "old", [delivered(3)]);
      // Renewed while its batch was under way: it is asked once more.
      await shard.reportOutcomes(6, "old", [{ id: 4, kind: "gone" }]);
      await alarm();
      expect(queue.map(({ shard: name, batch }) => [name, batch > 7])).toEqual([[NAME, true]]);
      const next = await shard.takeBatch(queue[0]?.batch ?? 0, "old");
      expect(next?.recipients.map(({ id, protocol }) => [id, protocol])).toEqual([
        [2, "rsscloud"],
        [4, "websub"],
      ]);
    }));

  it("asks and tells those who waited for it, and reports to the hub by the number of its last call", () =>
    inDurableObject(async (state) => {
      await fillVersion1(state);
      const { shard, alarm, requested, reports, queue, clock } = await openShard(state, {});
      for (let times = 0; times < 3; times++) {
        await alarm();
        clock.now += 1;
      }
      expect(requested.map(({ pathname, searchParams }) => `${searchParams.get("hub.mode")} ${pathname}`)).toEqual([
        "unsubscribe /idle",
        "subscribe /new",
        "subscribe /silent",
        "denied /ended",
      ]);
      expect(reports.at(-1)).toMatchObject({
        ...{ shard: NAME, topic: TOPIC, calls: 1234, subscribers: 6 },
        hosts: { "reader.example.net": 6 },
      });
      expect(reports.flatMap(({ hosts }) => Object.entries(hosts))).toContainEqual(["gone.example.net", 0]);
      queue.length = 0;
      await shard.publish(edition("next"));
      const { recipients = [] } = (await shard.takeBatch(queue.at(-1)?.batch ?? 0, undefined)) ?? {};
      expect(recipients.find(({ callback }) => callback === at("new"))?.secret).toBe("new secret");
    }));

  it("does not start on data of today, and so loses nothing of it", () =>
    inDurableObject(async (state) => {
      await fillVersion1(state);
      const before = await (await openShard(state, {})).shard.status();
      expect(() => state.storage.sql.exec(SHARD_SCHEMA_OF_VERSION_1)).toThrow(/no such column/);
      expect(await (await openShard(state, {})).shard.status()).toEqual(before);
    }));
});

it("an object that is new and one of version 1 have the same tables", async () => {
  const schemas: unknown[] = [];
  for (const isNew of [true, false]) {
    await inDurableObject(async (state) => {
      if (!isNew) await fillVersion1(state);
      await (await openShard(state, {})).shard.status();
      const query = "SELECT type, name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\' ORDER BY type, name";
      schemas.push(state.storage.sql.exec(query).toArray());
    });
  }
  expect(schemas[0]).toEqual(schemas[1]);
  expect(JSON.stringify(schemas)).not.toMatch(/errands|facts|uncounted|"pieces"/);
});

it("older code of a shard stops at each call with a sentence, changes nothing, and tries again when its alarm comes", () =>
  inDurableObject(async (state) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    await fillVersion1(state);
    await (await openShard(state, {})).shard.status();
    await state.storage.put("schema_version", 99);
    const { shard, request, queue, verifications } = await openShard(state, {});
    const sentence = /^TopicShard holds data of version 99, .*deploy the newer version of the worker again\.$/;
    for (const call of [
      () => request("a"),
      () => shard.publish(edition("b")),
      () => shard.takeBatch(7, undefined),
      () => shard.takeVerifications(8),
      () => shard.reportOutcomes(7, "old", [delivered(3)]),
      () => shard.drop(undefined, "Enough."),
      () => shard.suspend(),
      () => shard.status(),
    ])
      await expect(call).rejects.toThrow(sentence);
    await fireAlarm(state, shard);
    expect(log.mock.calls.flat().join()).toMatch(/TopicShard holds data of version 99/);
    log.mockRestore();
    expect([queue, verifications, await state.storage.getAlarm()]).toEqual([[], [], NOW + 10_000]);
    expect(state.storage.sql.exec("SELECT COUNT(*) AS count FROM subscriptions").one().count).toBe(6);
  }));
