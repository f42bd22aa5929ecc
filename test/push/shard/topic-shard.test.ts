import * as v from "valibot";
import { describe, expect, it, vi } from "vitest";
import type { HubRequest } from "../../../src/push/protocol/protocol.ts";
import type { DeliveryOutcome } from "../../../src/push/rpc.ts";
import { NOW } from "../in-durable-object.ts";
import { edition, MINUTE, TOPIC, withShard } from "./open-shard.ts";

/** With these variables subscriptions hold for a minute. */
const MINUTE_LEASE = { HUB_LEAST_LEASE: "60", HUB_USUAL_LEASE: "60" };

const Cursor = v.object({ rowsRead: v.number(), rowsWritten: v.number() });

const delivered = (id: number): DeliveryOutcome => ({ id, kind: "delivered" });
const failed = (id: number): DeliveryOutcome => ({ id, kind: "failed", reason: "the callback answers 500" });

const requestOf = (path: string): HubRequest => ({
  ...{ protocol: "websub", mode: "subscribe", topic: TOPIC },
  callback: `https://reader.example.net/${path}`,
});

const eventually = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await new Promise((done) => setTimeout(done, 1));
};

describe("an edition that is published", () => {
  it("goes to all, forty callbacks in a message, and to nobody twice", () =>
    withShard({}, async ({ shard, subscribe, queue, alarm, deliver, clock }) => {
      await subscribe(...Array.from({ length: 100 }, (_, index) => `${index}`));
      await alarm();
      await alarm();
      await shard.publish(edition("a"));
      const sizes: number[] = [];
      while (queue.length > 0) sizes.push((await deliver(delivered))?.recipients.length ?? 0);
      expect(sizes).toEqual([40, 40, 20]);
      await shard.publish(edition("a"));
      clock.now += 60 * MINUTE;
      await alarm();
      expect(queue).toEqual([]);
      expect(await shard.status()).toMatchObject({ subscribers: 100, pending: 0, failures: [] });
    }));

  it("may be larger than a row of the database", () =>
    withShard({}, async ({ shard, subscribe, queue }) => {
      await subscribe("a");
      const body = Uint8Array.from({ length: 2_500_001 }, (_, index) => index % 251);
      await shard.publish(edition("big", body));
      const taken = await shard.takeBatch(queue[0]?.batch ?? 0, undefined);
      expect(taken?.payload?.body).toEqual(body);
      expect(taken?.payload).toMatchObject({ topic: TOPIC, contentType: "application/rss+xml; charset=utf-8" });
    }));

  it("is handed out again if nobody reports, and what is reported late has no effect", () =>
    withShard({ HUB_CLAIM: "60" }, async ({ shard, subscribe, queue, alarm, clock, state }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      const [first] = queue.splice(0);
      expect(await shard.takeBatch(first?.batch ?? 0, undefined)).toBeDefined();
      await alarm();
      expect(await state.storage.getAlarm()).toBe(NOW + MINUTE);
      clock.now += MINUTE;
      await alarm();
      const [second] = queue.splice(0);
      expect(second?.batch).not.toBe(first?.batch);
      expect(await shard.takeBatch(first?.batch ?? 0, undefined)).toBeUndefined();
      await shard.reportOutcomes(first?.batch ?? 0, "a", [failed(1)]);
      expect((await shard.status()).failures).toEqual([]);
      expect((await shard.takeBatch(second?.batch ?? 0, undefined))?.recipients).toHaveLength(1);
    }));

  it("is handed out even if the object dies on the way to the queue, when the hub publishes it again", () =>
    withShard({}, async ({ shard, subscribe, queue, alarm, fakes, state, clock }) => {
      await subscribe("a");
      const enqueuing = Promise.withResolvers<void>();
      fakes.beforeEnqueue = () => {
        enqueuing.resolve();
        return new Promise(() => {});
      };
      // The object dies here: what it has started never ends.
      void shard.publish(edition("a"));
      await enqueuing.promise;
      expect(await state.storage.getAlarm()).toBe(NOW + 1);
      fakes.beforeEnqueue = async () => {};
      clock.now += 3 * MINUTE;
      await shard.publish(edition("a"));
      await alarm();
      expect(queue).toHaveLength(1);
    }));

  it("is given to one consumer only, even if a message comes twice", () =>
    withShard({}, async ({ shard, subscribe, queue }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      const batch = queue[0]?.batch ?? 0;
      expect(await shard.takeBatch(batch, undefined)).toBeDefined();
      expect(await shard.takeBatch(batch, undefined)).toBeUndefined();
    }));

  it("waits until the one before has arrived: none overtakes another, and the latest is not lost", () =>
    withShard({}, async ({ shard, subscribe, queue, alarm, deliver }) => {
      await subscribe("a");
      await shard.publish(edition("one"));
      const [first] = queue.splice(0);
      const taken = await shard.takeBatch(first?.batch ?? 0, undefined);
      await shard.publish(edition("two"));
      expect(await shard.replay(undefined)).toBe(0);
      expect(await shard.replay("https://reader.example.net/a")).toBe(1);
      await alarm();
      expect(queue).toEqual([]);
      await shard.reportOutcomes(first?.batch ?? 0, taken?.payload?.etag ?? "", [delivered(1)]);
      await alarm();
      expect((await deliver(delivered))?.payload?.etag).toBe("two");
    }));

  it("is given without its body to a consumer that has it, and with it to one that has another", () =>
    withShard({ HUB_CLAIM: "60" }, async ({ shard, subscribe, queue, alarm, clock }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      const take = async (known: string) => {
        clock.now += MINUTE;
        await alarm();
        return shard.takeBatch(queue.splice(0).at(-1)?.batch ?? 0, known);
      };
      expect(await take("a")).toEqual({ recipients: [expect.objectContaining({ id: 1 })], patience: "unproven" });
      expect(await take("b")).toMatchObject({ payload: { etag: "a", body: edition("a").body } });
    }));

  it("is deleted with the last subscriber: whoever comes later does not get what was current long ago", () =>
    withShard({}, async ({ shard, subscribe, alarm, deliver }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      await deliver(delivered);
      await shard.drop(undefined, "Enough.");
      await alarm();
      await subscribe("b");
      expect(await shard.replay(undefined)).toBe(0);
      expect(await shard.replay("https://reader.example.net/b")).toBe(0);
    }));

  it("is handed out to ten thousand in one go, in batches that are numbered", () =>
    withShard({}, async ({ shard, subscribe, queue, alarm, state }) => {
      await subscribe("a");
      const insert =
        "INSERT INTO subscriptions (callback, protocol, hostname, expires) VALUES (?, 'websub', 'h', 9e15)";
      for (let index = 0; index < 10_100; index++) state.storage.sql.exec(insert, `https://h.example.net/${index}`);
      await shard.publish(edition("a"));
      expect(queue).toHaveLength(250);
      await alarm();
      expect(queue).toHaveLength(253);
      expect(new Set(queue.map(({ batch }) => batch)).size).toBe(253);
    }));

  it("that is suspended is delivered to nobody, not even on replay, until one is published again", () =>
    withShard({}, async ({ shard, subscribe, queue, alarm, deliver, clock }) => {
      await subscribe("a", "b");
      await shard.publish(edition("a"));
      const [{ batch = 0 } = {}] = queue;
      await deliver(failed);
      await shard.suspend();
      clock.now += 60 * MINUTE;
      await alarm();
      expect([queue, await shard.takeBatch(batch, undefined), await shard.replay(undefined)]).toEqual([
        [],
        undefined,
        0,
      ]);
      expect(await shard.status()).toMatchObject({ subscribers: 2, pending: 0 });
      await shard.publish(edition("a"));
      expect((await deliver(delivered))?.recipients).toHaveLength(2);
    }));

  it("that is suspended before its batch is taken is given to nobody, and no delivery is pending", () =>
    withShard({}, async ({ shard, subscribe, queue, state, alarm }) => {
      await subscribe("a");
      await alarm();
      await shard.publish(edition("a"));
      await shard.suspend();
      expect(await shard.takeBatch(queue[0]?.batch ?? 0, undefined)).toBeUndefined();
      expect(await shard.status()).toMatchObject({ pending: 0 });
      await alarm();
      expect(await state.storage.getAlarm()).toBe(NOW + 10 * 24 * 60 * MINUTE);
    }));

  it("is what the status tells the time of; before there is one, nothing is replayed", () =>
    withShard({}, async ({ shard, subscribe, deliver, alarm, state }) => {
      await subscribe("a");
      await alarm();
      expect(await shard.replay("https://reader.example.net/a")).toBe(0);
      expect(await state.storage.getAlarm()).toBeGreaterThan(NOW + MINUTE);
      expect(await shard.status()).not.toHaveProperty("lastDelivery");
      await shard.publish(edition("a"));
      await deliver(delivered);
      expect(await shard.status()).toMatchObject({ lastDelivery: NOW });
    }));

  it("reaches a subscriber that has confirmed, while another one still lets us wait", () =>
    withShard({}, async ({ shard, request, alarm, fakes, queue }) => {
      const slow = Promise.withResolvers<Response>();
      const saved = Promise.withResolvers<void>();
      fakes.answer = ({ pathname, searchParams }) => {
        if (pathname === "/slow") return slow.promise;
        setTimeout(saved.resolve, 0);
        return new Response(searchParams.get("hub.challenge"));
      };
      await request("", { callback: "https://slow.example.com/slow" });
      await request("quick");
      const firing = alarm();
      await saved.promise;
      await eventually(async () => (await shard.status()).subscribers === 1);
      await shard.publish(edition("news"));
      expect(queue).toHaveLength(1);
      slow.resolve(new Response(null, { status: 500 }));
      await firing;
    }));

  it("is handed out by an alarm that is set again if it is overdue", () =>
    withShard({}, async ({ shard, subscribe, alarm, state }) => {
      await subscribe("a");
      await alarm();
      await state.storage.setAlarm(NOW - 1000);
      await shard.replay(undefined);
      await shard.publish(edition("a"));
      expect(await state.storage.getAlarm()).toBe(NOW + 1);
    }));

  it("is handed out again soon if the queue takes nothing", () =>
    withShard({}, async ({ shard, subscribe, queue, alarm, fakes, clock }) => {
      await subscribe("a");
      fakes.isQueueUp = false;
      await shard.publish(edition("a"));
      fakes.isQueueUp = true;
      clock.now += 10_000;
      await alarm();
      expect(queue).toHaveLength(1);
    }));

  it.each([
    [MINUTE - 1, 1],
    [MINUTE, 0],
  ])("goes to those whose lease has not ended when the message is taken, after %i ms", (elapsed, recipients) =>
    withShard(MINUTE_LEASE, async ({ shard, subscribe, queue, clock }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      expect(queue).toHaveLength(1);
      clock.now += elapsed;
      const taken = await shard.takeBatch(queue[0]?.batch ?? 0, undefined);
      expect(taken?.recipients.length ?? 0).toBe(recipients);
    }),
  );

  it("does not go to those whose lease is over, even if the alarm is late", () =>
    withShard(MINUTE_LEASE, async ({ shard, subscribe, queue, clock, alarm }) => {
      await subscribe("a");
      clock.now += MINUTE;
      await shard.publish(edition("a"));
      expect(await shard.takeBatch(queue[0]?.batch ?? 0, undefined)).toBeUndefined();
      await alarm();
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
    }));
});

describe("a delivery that fails", () => {
  it("is tried again after one, two, four minutes, in a batch of its own and not among the others", () =>
    withShard({}, async ({ shard, subscribe, queue, alarm, deliver, clock }) => {
      await subscribe("bad");
      await shard.publish(edition("a"));
      for (const minutes of [1, 2, 4]) {
        await deliver(failed);
        clock.now += minutes * MINUTE - 1;
        await alarm();
        expect(queue).toEqual([]);
        clock.now += 1;
        await alarm();
        expect(queue).toHaveLength(1);
      }
      await deliver(failed);
      await subscribe("good");
      clock.now += 8 * MINUTE;
      await shard.publish(edition("b"));
      expect(queue).toHaveLength(2);
      const batches = [await deliver(delivered), await deliver(delivered)];
      expect(batches.map((taken) => taken?.recipients.map(({ callback }) => callback.at(-1)))).toEqual([["d"], ["d"]]);
    }));

  it("is tried again together with others, even if chance makes their delays differ", () =>
    withShard({}, async ({ shard, subscribe, queue, deliver, alarm, fakes, clock, state }) => {
      for (const part of ["a", "b"]) await subscribe(...Array.from({ length: 40 }, (_, index) => `${part}${index}`));
      await shard.publish(edition("a"));
      let draws = 0;
      fakes.random = () => (draws++ * 0.618) % 1;
      while (queue.length > 0) await deliver(failed);
      let alarms = 0;
      let messages = 0;
      for (; (await shard.status()).failures.some(({ attempts }) => attempts === 1); alarms++) {
        clock.now = (await state.storage.getAlarm()) ?? Number.NaN;
        await alarm();
        messages += queue.length;
        while (queue.length > 0) await deliver(failed);
      }
      expect(clock.now).toBeLessThanOrEqual(NOW + 70_000);
      expect(alarms).toBeLessThan(10);
      expect(messages).toBeLessThan(10);
    }));

  it("counts no longer when the subscription is renewed, and is tried again at once", () =>
    withShard({}, async ({ shard, request, subscribe, queue, alarm, deliver }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      await deliver(failed);
      await request("a");
      await alarm();
      await alarm();
      expect(queue).toHaveLength(1);
      expect((await shard.status()).failures).toEqual([]);
    }));

  it("ends the subscription after three days, and says why", () =>
    withShard({}, async ({ shard, subscribe, alarm, deliver, clock, requested }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      await deliver(failed);
      clock.now += 3 * 24 * 60 * MINUTE;
      await alarm();
      await deliver(failed);
      requested.length = 0;
      await alarm();
      expect(requested.map(({ searchParams }) => searchParams.get("hub.mode"))).toEqual(["denied"]);
      expect(requested[0]?.searchParams.get("hub.reason")).toMatch(/answers 500/);
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
    }));

  it("is no attempt if the callback could not be checked; but the publisher is told, and the subscription ends in the end", () =>
    withShard({}, async ({ shard, subscribe, deliver, queue, clock, alarm }) => {
      const unchecked = (id: number): DeliveryOutcome => ({ id, kind: "unchecked" });
      await subscribe("a");
      await shard.publish(edition("a"));
      await deliver(unchecked);
      const reports = { attempts: 0, since: NOW, reason: "nobody can tell where the callback leads" };
      expect(await shard.status()).toMatchObject({ pending: 1, failures: [reports] });
      clock.now += MINUTE - 1;
      await alarm();
      expect(queue).toEqual([]);
      clock.now += 1;
      await alarm();
      expect(queue).toHaveLength(1);
      clock.now += 3 * 24 * 60 * MINUTE;
      await deliver(unchecked);
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
    }));

  it("is tried again no sooner than the subscriber asked for", () =>
    withShard({}, async ({ shard, subscribe, deliver, queue, clock, alarm }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      await deliver((id) => ({ id, kind: "failed", reason: "the callback answers 503", retryAfterMs: 10 * MINUTE }));
      clock.now += 10 * MINUTE - 1;
      await alarm();
      expect(queue).toEqual([]);
      clock.now += 1;
      await alarm();
      expect(queue).toHaveLength(1);
    }));
});

describe("the alarm", () => {
  it("is set for the end of a lease, for the next try, and at once if the hub is to be told", () =>
    withShard({}, async ({ shard, subscribe, alarm, deliver, state, clock }) => {
      const next = () => state.storage.getAlarm();
      await subscribe("a");
      await alarm();
      expect(await next()).toBe(NOW + 10 * 24 * 60 * MINUTE);
      await shard.publish(edition("a"));
      await deliver(failed);
      await alarm();
      expect(await next()).toBe(NOW + MINUTE);
      clock.now += MINUTE;
      await alarm();
      await deliver((id) => ({ id, kind: "gone" }));
      expect(await next()).toBe(clock.now + 1);
    }));
});

describe("what is reported", () => {
  it("has no effect if it comes late, not even that nothing was tried", () =>
    withShard({}, async ({ shard, subscribe, queue, clock, alarm }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      const take = async () => {
        const [message] = queue.splice(0);
        await shard.takeBatch(message?.batch ?? 0, undefined);
        return message?.batch ?? 0;
      };
      const first = await take();
      clock.now += 3 * MINUTE;
      await alarm();
      await take();
      for (const kind of ["unchecked", "not started"] as const)
        await shard.reportOutcomes(first, "a", [{ id: 1, kind }]);
      clock.now += MINUTE;
      await alarm();
      expect([queue, (await shard.status()).failures]).toEqual([[], []]);
    }));

  it("is handed out again at once if it was not started", () =>
    withShard({}, async ({ shard, subscribe, queue, alarm, deliver }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      await deliver((id) => ({ id, kind: "not started" }));
      await alarm();
      expect(queue).toHaveLength(1);
      expect((await shard.status()).failures).toEqual([]);
    }));
});

describe("a 410", () => {
  it("ends the subscription", () =>
    withShard({}, async ({ shard, subscribe, deliver }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      await deliver((id) => ({ id, kind: "gone" }));
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
    }));

  it("ends one that was renewed earlier, while another batch was under way", () =>
    withShard({}, async ({ shard, subscribe, request, alarm, queue, deliver }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      const [first] = queue.splice(0);
      await shard.takeBatch(first?.batch ?? 0, undefined);
      await request("a");
      await alarm();
      await shard.reportOutcomes(first?.batch ?? 0, "a", [delivered(1)]);
      await shard.publish(edition("b"));
      await deliver((id) => ({ id, kind: "gone" }));
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
    }));

  it("does not end one that was renewed while its batch was under way", () =>
    withShard({}, async ({ shard, request, subscribe, queue, alarm }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      const batch = queue[0]?.batch ?? 0;
      const taken = await shard.takeBatch(batch, undefined);
      await request("a");
      await alarm();
      await shard.reportOutcomes(batch, taken?.payload?.etag ?? "", [{ id: 1, kind: "gone" }]);
      expect(await shard.status()).toMatchObject({ subscribers: 1, pending: 1 });
    }));
});

describe("verifying", () => {
  it("asks a second time if nobody answers, with another challenge, and not a third time", () =>
    withShard({}, async ({ shard, request, alarm, requested, fakes, clock }) => {
      fakes.answer = () => new Response(null, { status: 503 });
      await request("a");
      for (let count = 0; count < 4; count++) {
        await alarm();
        clock.now += 60 * MINUTE;
      }
      expect(requested.map(({ searchParams }) => searchParams.get("hub.challenge"))).toEqual([
        "challenge-0",
        "challenge-1",
      ]);
      expect(await shard.has("https://reader.example.net/a")).toBe(false);
    }));

  it("echoes the token of the request, whenever it asks, and of the newest request only", () =>
    withShard({}, async ({ request, alarm, requested, fakes, clock }) => {
      fakes.answer = () => new Response(null, { status: 503 });
      await request("a", { verifyToken: "older" });
      await request("a", { verifyToken: "newer" });
      for (let times = 0; times < 2; times++) {
        await alarm();
        clock.now += 60 * MINUTE;
      }
      await request("a");
      await alarm();
      expect(requested.map(({ searchParams }) => searchParams.get("hub.verify_token"))).toEqual([
        "newer",
        "newer",
        null,
      ]);
    }));

  it("has no effect if a newer request came while it was under way", () =>
    withShard({}, async ({ shard, request, alarm, fakes }) => {
      fakes.answer = async (url) => {
        // Only the first time.
        fakes.answer = (other) => new Response(`not ${other.searchParams.get("hub.challenge")}`);
        await request("a", { mode: "subscribe", secret: "newer" });
        return new Response(url.searchParams.get("hub.challenge"));
      };
      await request("a", { mode: "subscribe", secret: "older" });
      await alarm();
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
      await alarm();
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
      expect(await shard.has("https://reader.example.net/a")).toBe(false);
    }));

  it("leaves a newer request alone if the older one is not answered", () =>
    withShard({}, async ({ request, alarm, fakes, requested, shard }) => {
      fakes.answer = async () => {
        fakes.answer = (url) => new Response(url.searchParams.get("hub.challenge"));
        await request("a", { secret: "new" });
        return new Response(null, { status: 503 });
      };
      await request("a");
      await alarm();
      await alarm();
      expect(requested).toHaveLength(2);
      expect(await shard.status()).toMatchObject({ subscribers: 1 });
    }));

  it("starts nothing long after the first, and hands out the rest again at once", () =>
    withShard({}, async ({ request, alarm, requested, fakes, clock, verifications, shard }) => {
      fakes.answer = () => {
        clock.now += 5000;
        return new Response(null, { status: 404 });
      };
      for (let index = 0; index < 20; index++) await request(`${index}`);
      await alarm();
      expect(requested.length).toBeLessThan(10);
      expect(verifications).not.toEqual([]);
      for (let alarms = 0; alarms < 20; alarms++) await alarm();
      expect(requested.map(({ pathname }) => pathname)).toEqual([
        ...new Set(requested.map(({ pathname }) => pathname)),
      ]);
      expect([requested.length, (await shard.status()).subscribers]).toEqual([20, 0]);
    }));

  it("asks subscribers that renew or leave first, then others, then those that did not answer before", () =>
    withShard({}, async ({ request, subscribe, alarm, requested, fakes, clock, shard }) => {
      await subscribe("renewing", "leaving");
      fakes.answer = () => new Response(null, { status: 503 });
      await request("silent");
      await alarm();
      clock.now += 60 * MINUTE;
      requested.length = 0;
      await shard.deny({ name: "x", topic: TOPIC, calls: 9999 }, requestOf("denied"), "full");
      for (const path of ["new", "renewing"]) await request(path);
      clock.now += 1;
      await request("leaving", { mode: "unsubscribe" });
      await alarm();
      expect(requested.map(({ pathname }) => pathname)).toEqual([
        "/renewing",
        "/leaving",
        "/new",
        "/silent",
        "/denied",
      ]);
    }));

  it("always has room for subscribers that renew or leave", () =>
    withShard({}, async ({ request, subscribe }) => {
      await subscribe("good");
      for (let index = 0; index < 5000; index++) await request(`flood-${index}`);
      expect(await request("one-more")).toBe(false);
      expect(await request("good")).toBe(true);
      expect(await request("good", { mode: "unsubscribe" })).toBe(true);
    }));

  it("gives the places of those that did not answer to others", () =>
    withShard({}, async ({ request, alarm, fakes, reports, clock }) => {
      fakes.answer = () => new Response(null, { status: 503 });
      for (let index = 0; index < 40; index++) await request("", { callback: `https://silent-${index}.example.net/` });
      await alarm();
      await alarm();
      for (let index = 40; index < 5000; index++) await request(`${index}`);
      expect(await request("one-more")).toBe(true);
      reports.length = 0;
      clock.now += 1;
      fakes.answer = () => new Response("no");
      await alarm();
      expect(reports[0]?.hosts).toMatchObject({ "silent-0.example.net": 0, "silent-39.example.net": 0 });
    }));

  it("keeps a renewal that waits, even if the subscription is given up meanwhile", () =>
    withShard({}, async ({ shard, subscribe, request, deliver, clock, alarm, requested }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      await deliver(failed);
      clock.now += 3 * 24 * 60 * MINUTE;
      await alarm();
      await request("a");
      await deliver(failed);
      requested.length = 0;
      await alarm();
      expect(requested.map(({ searchParams }) => searchParams.get("hub.mode"))).toEqual(["subscribe"]);
    }));

  it("of a renewal that was asked for in time keeps the subscription, and what is still to be delivered to it", () =>
    withShard(MINUTE_LEASE, async ({ shard, request, subscribe, queue, clock, alarm, fakes, deliver, state }) => {
      await subscribe("a");
      clock.now += 30_000;
      await shard.publish(edition("x"));
      await deliver(failed);
      clock.now += 20_000;
      // The subscriber is just being restarted.
      fakes.answer = () => new Response(null, { status: 503 });
      await request("a");
      await alarm();
      clock.now += 20_000;
      await alarm();
      expect(await shard.status()).toMatchObject({ subscribers: 1, pending: 1 });
      expect(await state.storage.getAlarm()).toBeGreaterThan(clock.now + 1);
      expect((await deliver(delivered))?.recipients).toBeUndefined();
      fakes.answer = (url) => new Response(url.searchParams.get("hub.challenge"));
      clock.now += 60_000;
      await alarm();
      await alarm();
      expect(await shard.status()).toMatchObject({ subscribers: 1 });
      queue.splice(0, queue.length - 1);
      expect((await deliver(delivered))?.recipients).toHaveLength(1);
    }));

  it("of a renewal that nobody confirms does not extend the lease, however often it is asked for", () =>
    withShard(MINUTE_LEASE, async ({ shard, request, subscribe, clock, alarm, fakes }) => {
      await subscribe("a");
      fakes.answer = () => new Response(null, { status: 503 });
      for (let requests = 0; requests < 3; requests++) {
        await request("a");
        clock.now += 30_000;
        await alarm();
        await alarm();
      }
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
    }));

  it("of a renewal that is asked for again before anybody knows the answer does not extend it either", () =>
    withShard(MINUTE_LEASE, async ({ shard, request, subscribe, clock, alarm, fire, verifications, fakes }) => {
      await subscribe("a");
      clock.now += 50_000;
      for (let requests = 0; requests < 3; requests++) {
        await request("a");
        await fire();
        expect(await shard.takeVerifications(verifications.pop()?.batch ?? 0)).toBeDefined();
        clock.now += 10_000;
      }
      fakes.answer = () => {
        throw new DOMException("The time is up.", "TimeoutError");
      };
      await request("a");
      await alarm();
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
    }));

  it("of a request to leave does not extend the lease", () =>
    withShard(MINUTE_LEASE, async ({ shard, request, subscribe, clock, alarm, fakes }) => {
      await subscribe("a");
      fakes.answer = () => new Response(null, { status: 503 });
      await request("a", { mode: "unsubscribe" });
      await alarm();
      clock.now += 60_000;
      await alarm();
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
    }));

  it("of a renewal that is not confirmed lets the lease end", () =>
    withShard(MINUTE_LEASE, async ({ shard, request, subscribe, clock, alarm, fakes }) => {
      await subscribe("a");
      fakes.answer = () => new Response("no");
      clock.now += 61_000;
      await request("a");
      await alarm();
      await alarm();
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
    }));

  it("is over for all that wait when the feed is gone", () =>
    withShard({}, async ({ shard, request, subscribe, alarm, requested }) => {
      await subscribe("a");
      await request("a");
      await request("b");
      requested.length = 0;
      expect(await shard.drop(undefined, "This feed is gone.")).toBe(2);
      await alarm();
      expect(requested.map(({ searchParams }) => searchParams.get("hub.mode"))).toEqual(["denied", "denied"]);
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
      await alarm();
      expect(await shard.drop(undefined, "Once more.")).toBe(0);
    }));

  it("has four batches of twelve under way at most, and goes on as soon as it knows what became of one", () =>
    withShard({}, async ({ request, fire, verify, verifications, requested, state, clock }) => {
      for (let index = 0; index < 50; index++) await request(`${index}`);
      await fire();
      await fire();
      expect(verifications).toHaveLength(4);
      // Until then, or until nobody has reported for too long.
      expect(await state.storage.getAlarm()).toBe(NOW + 3 * MINUTE);
      await verify();
      expect(requested).toHaveLength(48);
      expect(await state.storage.getAlarm()).toBe(NOW + 1);
      clock.now += 1;
      await fire();
      await verify();
      expect(requested).toHaveLength(50);
    }));

  it("is handed out again if nobody reports, and what is reported late has no effect", () =>
    withShard({}, async ({ request, fire, verifications, shard, clock }) => {
      await request("a");
      await fire();
      const [first] = verifications.splice(0);
      const taken = await shard.takeVerifications(first?.batch ?? 0);
      expect(taken?.verifications).toHaveLength(1);
      expect(await shard.takeVerifications(first?.batch ?? 0)).toBeUndefined();
      clock.now += 3 * MINUTE;
      await fire();
      const [{ callback = "", challenge = "" } = {}] = taken?.verifications ?? [];
      await shard.reportVerifications([{ callback, challenge, answer: "confirmed" }]);
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
      expect((await shard.takeVerifications(verifications[0]?.batch ?? 0))?.verifications).toHaveLength(1);
    }));

  it("is handed out again soon if the queue takes nothing", () =>
    withShard({}, async ({ request, fire, fakes, verifications, clock }) => {
      await request("a");
      fakes.isQueueUp = false;
      await fire();
      fakes.isQueueUp = true;
      clock.now += 9_999;
      await fire();
      expect(verifications).toHaveLength(0);
      clock.now += 1;
      await fire();
      expect(verifications).toHaveLength(1);
    }));

  it("has room for five thousand and no more, and none for denials then", () =>
    withShard({}, async ({ shard, request, alarm, requested, clock }) => {
      for (let index = 0; index < 5000; index++) expect(await request(`${index}`)).toBe(true);
      expect(await request("one-more")).toBe(false);
      await shard.deny({ name: "x", topic: TOPIC, calls: 9999 }, requestOf("denied"), "full");
      clock.now += 1;
      await alarm();
      expect(requested.some(({ pathname }) => pathname === "/denied")).toBe(false);
      expect(await request("later")).toBe(true);
    }));
});

describe("a flood of callbacks that hang", () => {
  const hang = ({ hostname, searchParams }: URL): Response => {
    if (hostname.includes("hang")) throw new DOMException("The time is up.", "TimeoutError");
    return new Response(searchParams.get("hub.challenge"));
  };
  const GOOD = "https://reader.example.net/good";

  it.each<[string, (index: number) => Partial<HubRequest>]>([
    ["on one host", (index) => ({ callback: `https://hang.com/${index}` })],
    ["on hosts of one domain", (index) => ({ callback: `https://hang${index}.evil.com/` })],
    ["at one address", (index) => ({ callback: `https://hang${index}.com/`, address: "93.184.215.14" })],
    ["in a /48", (index) => ({ callback: `https://hang${index}.com/`, address: `2606:4700:1:${index}::1` })],
  ])(
    "%s does not hold up a good one that comes later: it is asked first, and after three none of them for a while",
    (_, one) =>
      withShard({}, async ({ request, alarm, fakes, requested, shard }) => {
        fakes.answer = hang;
        for (let index = 0; index < 200; index++) await request("", one(index));
        await request("good");
        await alarm();
        expect(requested[0]?.href.startsWith(GOOD)).toBe(true);
        expect(requested).toHaveLength(1 + 3);
        expect(await shard.status()).toMatchObject({ subscribers: 1 });
      }),
  );

  it("on hosts that have nothing in common does not hold up a renewal, nor a good one for more than its round", () =>
    withShard({}, async ({ request, subscribe, fire, verify, fakes, requested }) => {
      await subscribe("good");
      requested.length = 0;
      fakes.answer = hang;
      for (let index = 0; index < 96; index++) await request("", { callback: `https://hang${index}.com/` });
      await request("new");
      await request("good");
      await fire();
      await verify();
      expect(requested[0]?.href.startsWith(GOOD)).toBe(true);
      for (let rounds = 0; rounds < 2; rounds++) {
        await fire();
        await verify();
      }
      const paths = requested.map(({ hostname, pathname }) => hostname + pathname);
      // Those that hung are asked again after that, but for six in each round.
      expect(paths.indexOf("reader.example.net/new")).toBeLessThan(96 + 1 + 2 * 6 + 1);
    }));

  it("is asked again with patience, six at a time, and given up after the second time", () =>
    withShard({}, async ({ request, alarm, fakes, requested, shard, clock }) => {
      fakes.answer = hang;
      for (let index = 0; index < 12; index++) await request("", { callback: `https://hang${index}.com/` });
      const rounds: number[] = [];
      for (let times = 0; times < 6; times++) {
        requested.length = 0;
        await alarm();
        rounds.push(requested.length);
        clock.now += 60 * MINUTE;
      }
      expect(rounds).toEqual([12, 6, 6, 6, 6, 0]);
      expect(await shard.has("https://hang0.com/")).toBe(false);
    }));

  it("gives its places to others, but not to more of its own kind", () =>
    withShard({}, async ({ request, shard, clock }) => {
      for (let index = 0; index < 5000; index++) {
        await request("", { callback: `https://x${index}.evil.com/` });
        clock.now += 1;
      }
      expect(await request("", { callback: "https://one-more.evil.com/" })).toBe(false);
      expect(await request("good")).toBe(true);
      expect(await shard.has(GOOD)).toBe(true);
      expect(await shard.has("https://x0.evil.com/")).toBe(true);
      expect(await shard.has("https://x4999.evil.com/")).toBe(false);
    }));
});

describe("deliveries to subscribers that let us wait", () => {
  const slow = (id: number): DeliveryOutcome => ({ id, kind: "slow" });

  it("go into batches of their own, six at a time, after those to all others; the failure counts only there", () =>
    withShard({}, async ({ shard, subscribe, queue, deliver, fire }) => {
      await subscribe(...Array.from({ length: 8 }, (_, index) => `${index}`));
      await shard.publish(edition("a"));
      await deliver((id) => (id === 8 ? delivered(id) : slow(id)));
      await fire();
      await fire();
      expect(queue.map(({ kind }) => kind)).toEqual(["patient delivery"]);
      expect((await shard.status()).failures).toEqual([]);
      const taken = await deliver(failed);
      expect([taken?.patience, taken?.recipients.length]).toEqual(["patient", 6]);
      expect((await shard.status()).failures).toHaveLength(6);
      await fire();
      expect((await deliver((id) => ({ id, kind: "delivered", isSlow: true })))?.recipients).toHaveLength(1);
      await shard.publish(edition("b"));
      expect(queue.map(({ kind }) => kind)).toEqual([undefined, "patient delivery"]);
      expect(await deliver(delivered)).toMatchObject({ patience: "proven", recipients: [{ id: 8 }] });
      expect(await deliver(delivered)).toMatchObject({ patience: "patient", recipients: [{ id: 7 }] });
      // Quick again.
      await shard.publish(edition("c"));
      expect((await deliver(delivered))?.recipients.map(({ id }) => id)).toEqual([7, 8]);
    }));

  it("are tried again among their own kind if they fail, whenever that is", () =>
    withShard({}, async ({ shard, subscribe, queue, deliver, fire, clock }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      await deliver(slow);
      await fire();
      await deliver(failed);
      clock.now += 60 * MINUTE;
      await fire();
      expect(queue.map(({ kind }) => kind)).toEqual(["patient delivery"]);
    }));

  it("come after those to subscribers that have accepted one, and to new ones", () =>
    withShard({}, async ({ shard, subscribe, queue, deliver }) => {
      await subscribe("proven");
      await shard.publish(edition("a"));
      await deliver(delivered);
      await subscribe("new");
      await shard.publish(edition("b"));
      expect(queue).toHaveLength(2);
      expect((await deliver(delivered))?.patience).toBe("proven");
      expect((await deliver(delivered))?.patience).toBe("unproven");
    }));

  it("wait for what becomes of the batch before, without an alarm in between", () =>
    withShard({}, async ({ shard, subscribe, deliver, fire, state }) => {
      await subscribe(...Array.from({ length: 7 }, (_, index) => `${index}`));
      await shard.publish(edition("a"));
      await deliver(slow);
      await fire();
      await fire();
      expect(await state.storage.getAlarm()).toBe(NOW + 3 * MINUTE);
    }));
});

describe("a subscription over rssCloud", () => {
  const HOUR = 60 * MINUTE;
  const rsscloud = { protocol: "rsscloud", leaseSeconds: 25 * 3600 } as const;

  it("is verified in its own way, waits in the same outbox, and ends after 25 hours", () =>
    withShard({}, async ({ shard, request, alarm, requested, queue, deliver, clock }) => {
      await request("a", rsscloud);
      await alarm();
      expect(requested.map(({ search }) => search)).toEqual([
        `?url=${encodeURIComponent(TOPIC)}&challenge=challenge-0`,
      ]);
      await shard.publish(edition("a"));
      expect((await deliver(delivered))?.recipients).toMatchObject([{ protocol: "rsscloud" }]);
      clock.now += 25 * HOUR - 1;
      await alarm();
      expect(await shard.status()).toMatchObject({ subscribers: 1 });
      clock.now += 1;
      await alarm();
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
      expect(queue).toEqual([]);
    }));

  it("takes the place of one over WebSub at the same callback, and the other way round", () =>
    withShard({}, async ({ shard, request, alarm, deliver }) => {
      const protocols: (string | undefined)[] = [];
      for (const [tag, more] of [
        ["a", {}],
        ["b", rsscloud],
        ["c", {}],
      ] as const) {
        await request("a", more);
        await alarm();
        await shard.publish(edition(tag));
        protocols.push((await deliver(delivered))?.recipients.map(({ protocol }) => protocol).join());
      }
      expect(protocols).toEqual(["websub", "rsscloud", "websub"]);
    }));

  it("ends without a denial, which rssCloud does not have", () =>
    withShard({}, async ({ shard, request, alarm, requested, reports }) => {
      await request("a", rsscloud);
      await alarm();
      requested.length = 0;
      expect(await shard.drop(undefined, "Enough.")).toBe(1);
      await alarm();
      expect(requested).toEqual([]);
      expect(reports.at(-1)).toMatchObject({ subscribers: 0 });
    }));
});

describe("what is stored of a subscription", () => {
  /** Each column, after some step. */
  const stored = ({ storage }: DurableObjectState) => storage.sql.exec("SELECT * FROM subscriptions").toArray();
  const callback = "https://reader.example.net/a";
  const identity = { id: 1, callback, hostname: "reader.example.net" };
  const idle = { due: null, batch: null, renewed: null, attempts: 0, failing_since: null, reason: null };
  const first = { secret: "one", address: "192.88.98.1", leaseSeconds: 86_400 } as const;
  const second = { protocol: "rsscloud", address: "192.88.98.2", leaseSeconds: 90_000 } as const;
  const asFirst = { ...identity, protocol: "websub", secret: "one", address: "192.88.98.1" };
  const DAY = 24 * 60 * MINUTE;

  it("is all that it was renewed with, and nothing of before", () =>
    withShard({}, async ({ request, alarm, state, clock }) => {
      await request("a", first);
      await alarm();
      expect(stored(state)).toEqual([{ ...asFirst, ...idle, expires: NOW + DAY, patience: 1 }]);
      clock.now += MINUTE;
      await request("a", { secret: "two", address: "192.88.98.2", leaseSeconds: 90_000 });
      await alarm();
      const expires = NOW + MINUTE + 90_000_000;
      const renewed = { ...asFirst, ...idle, secret: "two", address: "192.88.98.2", expires, patience: 1 };
      expect(stored(state)).toEqual([renewed]);
      await request("a", second);
      await alarm();
      expect(stored(state)).toEqual([{ ...renewed, protocol: "rsscloud", secret: null }]);
      await request("a", { leaseSeconds: 86_400 });
      await alarm();
      expect(stored(state)).toEqual([{ ...renewed, secret: null, address: null, expires: NOW + MINUTE + DAY }]);
    }));

  it("after a failure is what it was, when and how often; a renewal forgets that, and a delivery, too", () =>
    withShard({}, async ({ request, alarm, state, shard, clock, deliver, queue }) => {
      await request("a", first);
      await alarm();
      await shard.publish(edition("a"));
      await deliver(failed);
      const subscribed = { ...asFirst, expires: NOW + DAY, patience: 1, renewed: null, batch: null };
      const failing = { failing_since: NOW, reason: "the callback answers 500" };
      expect(stored(state)).toEqual([{ ...subscribed, ...failing, attempts: 1, due: NOW + MINUTE }]);
      clock.now += MINUTE;
      await alarm();
      await deliver(failed);
      expect(stored(state)).toEqual([{ ...subscribed, ...failing, attempts: 2, due: NOW + 3 * MINUTE }]);
      await request("a", first);
      await alarm();
      expect(stored(state)).toMatchObject([{ attempts: 0, failing_since: null, reason: null, renewed: null }]);
      expect(queue).toHaveLength(1);
      await deliver(failed);
      clock.now += MINUTE;
      await alarm();
      await deliver(delivered);
      expect(stored(state)).toEqual([{ ...asFirst, ...idle, expires: NOW + MINUTE + DAY, patience: 0 }]);
    }));

  it("while its batch is under way is that it was renewed, and in which; the time of its delivery stays", () =>
    withShard({}, async ({ request, alarm, state, shard, queue, clock }) => {
      await request("a", first);
      await alarm();
      await shard.publish(edition("a"));
      const batch = queue[0]?.batch ?? 0;
      const [{ due: filled } = {}] = stored(state);
      await shard.takeBatch(batch, undefined);
      const [{ due } = {}] = stored(state);
      expect([filled, due].filter((time) => Number(time) > NOW)).toHaveLength(2);
      clock.now += 1000;
      await request("a", { ...first, secret: "two" });
      await alarm();
      expect(stored(state)).toEqual([
        {
          ...asFirst,
          ...idle,
          secret: "two",
          expires: NOW + 1000 + DAY,
          patience: 1,
          due,
          batch: -batch,
          renewed: -batch,
        },
      ]);
    }));
});

describe("what is stored of a request", () => {
  it("is all of the latest one, and nothing of the one before", () =>
    withShard({}, async ({ request, state, clock }) => {
      const stored = () => state.storage.sql.exec("SELECT * FROM pending_verifications").toArray();
      const callback = "https://reader.example.net/a";
      const waiting = { batch: null, challenge: null, attempts: 0, reason: null, rank: 1 };
      await request("a", { secret: "one", address: "192.88.98.1", verifyToken: "t", leaseSeconds: 86_400 });
      expect(stored()).toEqual([
        {
          ...{ ...waiting, callback, hostname: "reader.example.net", protocol: "websub", mode: "subscribe" },
          ...{ secret: "one", address: "192.88.98.1", verify_token: "t", lease_ms: 86_400_000, due: NOW },
        },
      ]);
      clock.now += 1000;
      await request("a", { protocol: "rsscloud", leaseSeconds: 90_000 });
      expect(stored()).toEqual([
        {
          ...{ ...waiting, callback, hostname: "reader.example.net", protocol: "rsscloud", mode: "subscribe" },
          ...{ secret: null, address: null, verify_token: null, lease_ms: 90_000_000, due: NOW + 1000 },
        },
      ]);
    }));
});

describe("the number of rows read and written, which Cloudflare charges for,", () => {
  /** Rows that some work reads and writes, for each of so many subscribers. */
  const rowsOf = async (state: DurableObjectState, count: number, work: () => Promise<unknown>) => {
    const spy = vi.spyOn(Object.getPrototypeOf(state.storage.sql), "exec");
    await work();
    const cursors = spy.mock.results.map(({ value }) => v.parse(Cursor, value));
    spy.mockRestore();
    const sum = (values: readonly number[]): number => Math.ceil(values.reduce((one, other) => one + other, 0) / count);
    return {
      read: sum(cursors.map(({ rowsRead }) => rowsRead)),
      written: sum(cursors.map(({ rowsWritten }) => rowsWritten)),
    };
  };

  it.each([80, 400])("is the same for each of %i subscribers", (count) =>
    withShard({}, async ({ request, alarm, shard, queue, deliver, state }) => {
      const paths = Array.from({ length: count }, (_, index) => `${index}`);
      const subscribing = await rowsOf(state, count, async () => {
        for (const path of paths) await request("", { callback: `https://reader-${path}.example.net/` });
        for (let alarms = 0; alarms <= count / 40; alarms++) await alarm();
      });
      queue.length = 0;
      const delivering = await rowsOf(state, count, async () => {
        await shard.publish(edition("a"));
        while (queue.length > 0) await deliver(delivered);
        await alarm();
      });
      expect(await shard.status()).toMatchObject({ subscribers: count, pending: 0 });
      expect({ subscribing, delivering }).toEqual({
        subscribing: { read: expect.any(Number), written: 20 },
        delivering: { read: expect.any(Number), written: 10 },
      });
      expect(subscribing.read).toBeLessThan(50);
      expect(delivering.read).toBeLessThan(25);
      const renewing = await rowsOf(state, count, async () => {
        for (const path of paths) await request("", { callback: `https://reader-${path}.example.net/` });
      });
      expect(renewing.read).toBeLessThan(25);
    }),
  );
});

describe("the report to the hub", () => {
  it("is right after an address has changed", () =>
    withShard({}, async ({ request, alarm, reports, shard }) => {
      const of = (address: string) => ({ address });
      await request("a", of("192.88.98.1"));
      await alarm();
      await request("a", of("192.88.98.2"));
      await alarm();
      expect(Object.assign({}, ...reports.map(({ hosts }) => hosts))).toEqual({
        "reader.example.net": 1,
        "192.88.98.1": 0,
        "192.88.98.2": 1,
      });
      await shard.drop(undefined, "Enough.");
      await alarm();
      expect(reports.at(-1)).toMatchObject({ subscribers: 0 });
      expect(Object.assign({}, ...reports.map(({ hosts }) => hosts))).toMatchObject({ "192.88.98.2": 0 });
    }));

  it("does not count a request for which there was no room", () =>
    withShard({}, async ({ request, alarm, reports }) => {
      for (let index = 0; index < 5000; index++) await request(`${index}`);
      expect(await request("", { callback: "https://other.example.net/" })).toBe(false);
      await alarm();
      expect(reports[0]?.hosts).toMatchObject({ "other.example.net": 0 });
    }));

  it("has the number of subscribers by host, those that wait to be verified included", () =>
    withShard({}, async ({ request, alarm, reports, shard }) => {
      for (const path of ["a", "b", "c"]) await request(path);
      await alarm();
      expect(reports.at(-1)).toEqual({
        ...{ shard: `${TOPIC}#0/1`, topic: TOPIC, calls: 3, subscribers: 3 },
        hosts: { "reader.example.net": 3 },
      });
      await shard.drop("https://reader.example.net/a", "Enough.");
      await alarm();
      expect(reports.at(-1)).toMatchObject({ subscribers: 2, hosts: { "reader.example.net": 2 } });
    }));

  it("is repeated if it failed: an alarm that fails sets itself again", () =>
    withShard({}, async ({ request, fire: alarm, reports, fakes, state }) => {
      const log = vi.spyOn(console, "error").mockImplementation(() => {});
      fakes.beforeReport = () => Promise.reject(new Error("the hub is down"));
      await request("a");
      for (let times = 1; times <= 7; times++) {
        await alarm();
        expect(reports).toHaveLength(times);
        expect(await state.storage.getAlarm()).toBe(NOW + 10_000);
      }
      expect(log).toHaveBeenCalledWith(expect.any(String), new Error("the hub is down"));
      log.mockRestore();
      fakes.beforeReport = async () => {};
      await alarm();
      await alarm();
      expect(reports).toHaveLength(8);
      expect(reports.at(-1)).toMatchObject({ subscribers: 1, hosts: { "reader.example.net": 1 } });
    }));

  it("is repeated if a number has changed meanwhile", () =>
    withShard({}, async ({ request, fire: alarm, reports, fakes }) => {
      fakes.beforeReport = async () => {
        fakes.beforeReport = async () => {};
        await request("b");
      };
      await request("a");
      await alarm();
      expect(reports.map(({ hosts }) => hosts)).toEqual([{ "reader.example.net": 1 }]);
      await alarm();
      await alarm();
      expect(reports.map(({ hosts }) => hosts)).toEqual([{ "reader.example.net": 1 }, { "reader.example.net": 2 }]);
    }));

  it("has nobody left if a request was not confirmed", () =>
    withShard({}, async ({ request, alarm, reports, fakes }) => {
      fakes.answer = () => new Response("something else");
      await request("a");
      await alarm();
      expect(reports.at(-1)).toMatchObject({ subscribers: 0, hosts: { "reader.example.net": 0 } });
    }));
});
