import { env } from "cloudflare:workers";
import * as v from "valibot";
import { describe, expect, it, vi } from "vitest";
import type { HubRequest } from "../../../src/push/protocol/protocol.ts";
import type { DeliveryMessage, DeliveryOutcome, SubscriberCounts } from "../../../src/push/rpc.ts";
import { type HubVariables, readHubSettings } from "../../../src/push/settings.ts";
import { createTopicShard } from "../../../src/push/shard/topic-shard.ts";
import type { TopicEdition } from "../../../src/push/topic-edition.ts";
import { fireAlarm, inDurableObject, NOW } from "../in-durable-object.ts";

const TOPIC = "https://courier.example.org/rss.xml";
const MINUTE = 60_000;

/** Subscriptions hold for a minute. */
const MINUTE_LEASE = { HUB_LEAST_LEASE: "60", HUB_USUAL_LEASE: "60" };

const Cursor = v.object({ rowsRead: v.number(), rowsWritten: v.number() });

const edition = (etag: string, body = new TextEncoder().encode(`edition ${etag}`)): TopicEdition => ({
  ...{ etag, body },
  contentType: "application/rss+xml; charset=utf-8",
});

/** A shard with real storage; clock, subscribers and queue are the test's. */
const withShard = (variables: HubVariables, play: (set: Awaited<ReturnType<typeof open>>) => Promise<void>) =>
  inDurableObject(async (state) => play(await open(state, variables)));

const open = async (state: DurableObjectState, variables: HubVariables) => {
  const clock = { now: NOW };
  const queue: DeliveryMessage[] = [];
  const told: SubscriberCounts[] = [];
  const asked: URL[] = [];
  const weather = {
    queue: true,
    hang: false,
    random: (): number => 1,
    count: async (): Promise<void> => {},
    answer: ({ searchParams }: URL): Response | Promise<Response> =>
      new Response(searchParams.get("hub.challenge") ?? searchParams.get("challenge")),
  };
  let challenges = 0;
  const Shard = createTopicShard<unknown>(() => ({
    settings: readHubSettings(variables),
    hubUrl: "https://courier.example.org/hub",
    now: () => clock.now,
    random: () => weather.random(),
    challenge: () => `challenge-${challenges++}`,
    async reportCounts(counts) {
      told.push(counts);
      await weather.count();
    },
    async enqueue(messages) {
      if (!weather.queue) throw new Error("the queue is down");
      if (weather.hang) await new Promise(() => {});
      queue.push(...messages);
    },
    outbound: {
      timeoutMs: 1000,
      check: async () => undefined,
      addressOf: async () => undefined,
      async fetch(input) {
        const url = new URL(String(input));
        asked.push(url);
        return weather.answer(url);
      },
    },
  }));
  const shard = new Shard(state, env);
  const ring = (): Promise<void> => fireAlarm(state, shard);
  let calls = 0;
  const request = (path: string, more: Partial<HubRequest> = {}) =>
    shard.request(
      { name: `${TOPIC}#0/1`, topic: TOPIC, calls: ++calls },
      { protocol: "websub", mode: "subscribe", topic: TOPIC, callback: `https://reader.example.net/${path}`, ...more },
    );
  const subscribe = async (...paths: readonly string[]): Promise<void> => {
    for (const path of paths) await request(path);
    await ring();
    queue.length = 0;
  };
  /** Takes the next message, and reports the same of all its recipients. */
  const deliver = async (outcome: (id: number) => DeliveryOutcome) => {
    const message = queue.shift();
    const job = message && (await shard.takeBatch(message.batch, undefined));
    if (message && job)
      await shard.reportOutcomes(
        message.batch,
        job.payload?.etag ?? "",
        job.recipients.map(({ id }) => outcome(id)),
      );
    return job;
  };
  return { ...{ clock, queue, told, asked, weather, shard, ring, request, subscribe, deliver }, state };
};

const delivered = (id: number): DeliveryOutcome => ({ id, kind: "delivered" });
const failed = (id: number): DeliveryOutcome => ({ id, kind: "failed", reason: "the callback answers 500" });

const callbackOf = (path: string): HubRequest => ({
  ...{ protocol: "websub", mode: "subscribe", topic: TOPIC },
  callback: `https://reader.example.net/${path}`,
});

const eventually = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await new Promise((done) => setTimeout(done, 1));
};

describe("an edition that is announced", () => {
  it("goes to all, forty callbacks a message, and to nobody twice", () =>
    withShard({}, async ({ shard, subscribe, queue, ring, deliver, clock }) => {
      await subscribe(...Array.from({ length: 100 }, (_, index) => `${index}`));
      await ring();
      await ring();
      await shard.publish(edition("a"));
      const sizes: number[] = [];
      while (queue.length > 0) sizes.push((await deliver(delivered))?.recipients.length ?? 0);
      expect(sizes).toEqual([40, 40, 20]);
      await shard.publish(edition("a"));
      clock.now += 60 * MINUTE;
      await ring();
      expect(queue).toEqual([]);
      expect(await shard.status()).toMatchObject({ subscribers: 100, pending: 0, failures: [] });
    }));

  it("may have more than one row holds", () =>
    withShard({}, async ({ shard, subscribe, queue }) => {
      await subscribe("a");
      const body = Uint8Array.from({ length: 2_500_001 }, (_, index) => index % 251);
      await shard.publish(edition("big", body));
      const job = await shard.takeBatch(queue[0]?.batch ?? 0, undefined);
      expect(job?.payload?.body).toEqual(body);
      expect(job?.payload).toMatchObject({ topic: TOPIC, contentType: "application/rss+xml; charset=utf-8" });
    }));

  it("is handed out again where nobody reports, and what is reported late counts no longer", () =>
    withShard({ HUB_CLAIM: "60" }, async ({ shard, subscribe, queue, ring, clock, state }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      const [first] = queue.splice(0);
      expect(await shard.takeBatch(first?.batch ?? 0, undefined)).toBeDefined();
      await ring();
      expect(await state.storage.getAlarm()).toBe(NOW + MINUTE);
      clock.now += MINUTE;
      await ring();
      const [second] = queue.splice(0);
      expect(second?.batch).not.toBe(first?.batch);
      expect(await shard.takeBatch(first?.batch ?? 0, undefined)).toBeUndefined();
      await shard.reportOutcomes(first?.batch ?? 0, "a", [failed(1)]);
      expect((await shard.status()).failures).toEqual([]);
      expect((await shard.takeBatch(second?.batch ?? 0, undefined))?.recipients).toHaveLength(1);
    }));

  it("is handed out though the object dies on the way to the queue, and the hub announces it again", () =>
    withShard({}, async ({ shard, subscribe, queue, ring, weather, state, clock }) => {
      await subscribe("a");
      weather.hang = true;
      // It is killed here: what it had begun never comes to an end.
      void shard.publish(edition("a"));
      await new Promise((done) => setTimeout(done, 10));
      expect(await state.storage.getAlarm()).toBe(NOW + 1);
      weather.hang = false;
      clock.now += 3 * MINUTE;
      await shard.publish(edition("a"));
      await ring();
      expect(queue).toHaveLength(1);
    }));

  it("is given to one courier only, though a message comes twice", () =>
    withShard({}, async ({ shard, subscribe, queue }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      const batch = queue[0]?.batch ?? 0;
      expect(await shard.takeBatch(batch, undefined)).toBeDefined();
      expect(await shard.takeBatch(batch, undefined)).toBeUndefined();
    }));

  it("waits until the one before has arrived: none overtakes another, and the latest is not forgotten", () =>
    withShard({}, async ({ shard, subscribe, queue, ring, deliver }) => {
      await subscribe("a");
      await shard.publish(edition("one"));
      const [first] = queue.splice(0);
      const job = await shard.takeBatch(first?.batch ?? 0, undefined);
      await shard.publish(edition("two"));
      expect(await shard.replay(undefined)).toBe(0);
      expect(await shard.replay("https://reader.example.net/a")).toBe(1);
      await ring();
      expect(queue).toEqual([]);
      await shard.reportOutcomes(first?.batch ?? 0, job?.payload?.etag ?? "", [delivered(1)]);
      await ring();
      expect((await deliver(delivered))?.payload?.etag).toBe("two");
    }));

  it("is given without its body to who has that, and with it to who has another", () =>
    withShard({ HUB_CLAIM: "60" }, async ({ shard, subscribe, queue, ring, clock }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      const take = async (known: string) => {
        clock.now += MINUTE;
        await ring();
        return shard.takeBatch(queue.splice(0).at(-1)?.batch ?? 0, known);
      };
      expect(await take("a")).toEqual({ recipients: [expect.objectContaining({ id: 1 })] });
      expect(await take("b")).toMatchObject({ payload: { etag: "a", body: edition("a").body } });
    }));

  it("is forgotten with the last subscriber: who comes later does not get what was news long ago", () =>
    withShard({}, async ({ shard, subscribe, ring, deliver }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      await deliver(delivered);
      await shard.drop(undefined, "Enough.");
      await ring();
      await subscribe("b");
      expect(await shard.replay(undefined)).toBe(0);
      expect(await shard.replay("https://reader.example.net/b")).toBe(0);
    }));

  it("has a number for each batch, and is handed out to ten thousand in one go", () =>
    withShard({}, async ({ shard, subscribe, queue, ring, state }) => {
      await subscribe("a");
      const insert = "INSERT INTO subscriptions (callback, protocol, host, expires) VALUES (?, 'websub', 'h', 9e15)";
      for (let index = 0; index < 10_100; index++) state.storage.sql.exec(insert, `https://h.example.net/${index}`);
      await shard.publish(edition("a"));
      expect(queue).toHaveLength(250);
      await ring();
      expect(queue).toHaveLength(253);
      expect(new Set(queue.map(({ batch }) => batch)).size).toBe(253);
    }));

  it("that is withheld is sent to nobody any longer, not even again, until there is another one", () =>
    withShard({}, async ({ shard, subscribe, queue, ring, deliver, clock }) => {
      await subscribe("a", "b");
      await shard.publish(edition("a"));
      const [{ batch = 0 } = {}] = queue;
      await deliver(failed);
      await shard.suspend();
      clock.now += 60 * MINUTE;
      await ring();
      expect([queue, await shard.takeBatch(batch, undefined), await shard.replay(undefined)]).toEqual([
        [],
        undefined,
        0,
      ]);
      expect(await shard.status()).toMatchObject({ subscribers: 2, pending: 0 });
      await shard.publish(edition("a"));
      expect((await deliver(delivered))?.recipients).toHaveLength(2);
    }));

  it("that is withheld before its batch is taken is taken by nobody, and nothing waits for it", () =>
    withShard({}, async ({ shard, subscribe, queue, state, ring }) => {
      await subscribe("a");
      await ring();
      await shard.publish(edition("a"));
      await shard.suspend();
      expect(await shard.takeBatch(queue[0]?.batch ?? 0, undefined)).toBeUndefined();
      expect(await shard.status()).toMatchObject({ pending: 0 });
      await ring();
      expect(await state.storage.getAlarm()).toBe(NOW + 10 * 24 * 60 * MINUTE);
    }));

  it("is told to be the last that was delivered, and is not sent again before there is one", () =>
    withShard({}, async ({ shard, subscribe, deliver, ring, state }) => {
      await subscribe("a");
      await ring();
      expect(await shard.replay("https://reader.example.net/a")).toBe(0);
      expect(await state.storage.getAlarm()).toBeGreaterThan(NOW + MINUTE);
      expect(await shard.status()).not.toHaveProperty("lastDelivery");
      await shard.publish(edition("a"));
      await deliver(delivered);
      expect(await shard.status()).toMatchObject({ lastDelivery: NOW });
    }));

  it("reaches who has confirmed, though a neighbour still lets us wait", () =>
    withShard({}, async ({ shard, request, ring, weather, queue }) => {
      const slow = Promise.withResolvers<Response>();
      const saved = Promise.withResolvers<void>();
      weather.answer = ({ pathname, searchParams }) => {
        if (pathname === "/slow") return slow.promise;
        setTimeout(saved.resolve, 0);
        return new Response(searchParams.get("hub.challenge"));
      };
      await request("slow");
      await request("quick");
      const ringing = ring();
      await saved.promise;
      await eventually(async () => (await shard.status()).subscribers === 1);
      await shard.publish(edition("news"));
      expect(queue).toHaveLength(1);
      slow.resolve(new Response(null, { status: 500 }));
      await ringing;
    }));

  it("is handed out by an alarm that is set anew where it is overdue", () =>
    withShard({}, async ({ shard, subscribe, ring, state }) => {
      await subscribe("a");
      await ring();
      await state.storage.setAlarm(NOW - 1000);
      await shard.replay(undefined);
      await shard.publish(edition("a"));
      expect(await state.storage.getAlarm()).toBe(NOW + 1);
    }));

  it("is tried again soon where the queue takes nothing", () =>
    withShard({}, async ({ shard, subscribe, queue, ring, weather, clock }) => {
      await subscribe("a");
      weather.queue = false;
      await shard.publish(edition("a"));
      weather.queue = true;
      clock.now += 10_000;
      await ring();
      expect(queue).toHaveLength(1);
    }));

  it("does not go to those whose lease is over, also where the alarm is late", () =>
    withShard(MINUTE_LEASE, async ({ shard, subscribe, queue, clock, ring }) => {
      await subscribe("a");
      clock.now += MINUTE;
      await shard.publish(edition("a"));
      expect(await shard.takeBatch(queue[0]?.batch ?? 0, undefined)).toBeUndefined();
      await ring();
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
    }));
});

describe("a delivery that fails", () => {
  it("is tried again after one, two, four minutes, beside the others and not among them", () =>
    withShard({}, async ({ shard, subscribe, queue, ring, deliver, clock }) => {
      await subscribe("bad");
      await shard.publish(edition("a"));
      for (const minutes of [1, 2, 4]) {
        await deliver(failed);
        clock.now += minutes * MINUTE - 1;
        await ring();
        expect(queue).toEqual([]);
        clock.now += 1;
        await ring();
        expect(queue).toHaveLength(1);
      }
      await deliver(failed);
      await subscribe("good");
      clock.now += 8 * MINUTE;
      await shard.publish(edition("b"));
      expect(queue).toHaveLength(2);
      const jobs = [await deliver(delivered), await deliver(delivered)];
      expect(jobs.map((job) => job?.recipients.map(({ callback }) => callback.at(-1)))).toEqual([["d"], ["d"]]);
    }));

  it("is tried again with others, and not each by itself, though chance has them wait differently", () =>
    withShard({}, async ({ shard, subscribe, queue, deliver, ring, weather, clock, state }) => {
      for (const part of ["a", "b"]) await subscribe(...Array.from({ length: 40 }, (_, index) => `${part}${index}`));
      await shard.publish(edition("a"));
      let chance = 0;
      weather.random = () => (chance++ * 0.618) % 1;
      while (queue.length > 0) await deliver(failed);
      let alarms = 0;
      let messages = 0;
      for (; (await shard.status()).failures.some(({ attempts }) => attempts === 1); alarms++) {
        clock.now = (await state.storage.getAlarm()) ?? Number.NaN;
        await ring();
        messages += queue.length;
        while (queue.length > 0) await deliver(failed);
      }
      expect(clock.now).toBeLessThanOrEqual(NOW + 70_000);
      expect(alarms).toBeLessThan(10);
      expect(messages).toBeLessThan(10);
    }));

  it("is forgiven when the subscription is renewed, and tried at once", () =>
    withShard({}, async ({ shard, request, subscribe, queue, ring, deliver }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      await deliver(failed);
      await request("a");
      await ring();
      await ring();
      expect(queue).toHaveLength(1);
      expect((await shard.status()).failures).toEqual([]);
    }));

  it("ends the subscription after three days, and says why", () =>
    withShard({}, async ({ shard, subscribe, ring, deliver, clock, asked }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      await deliver(failed);
      clock.now += 3 * 24 * 60 * MINUTE;
      await ring();
      await deliver(failed);
      asked.length = 0;
      await ring();
      expect(asked.map(({ searchParams }) => searchParams.get("hub.mode"))).toEqual(["denied"]);
      expect(asked[0]?.searchParams.get("hub.reason")).toMatch(/answers 500/);
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
    }));

  it("is no failed attempt where nobody could tell where the callback leads; but who sees to that is told, and it ends", () =>
    withShard({}, async ({ shard, subscribe, deliver, queue, clock, ring }) => {
      const unchecked = (id: number): DeliveryOutcome => ({ id, kind: "unchecked" });
      await subscribe("a");
      await shard.publish(edition("a"));
      await deliver(unchecked);
      const told = { attempts: 0, since: NOW, reason: "nobody can tell where the callback leads" };
      expect(await shard.status()).toMatchObject({ pending: 1, failures: [told] });
      clock.now += MINUTE - 1;
      await ring();
      expect(queue).toEqual([]);
      clock.now += 1;
      await ring();
      expect(queue).toHaveLength(1);
      clock.now += 3 * 24 * 60 * MINUTE;
      await deliver(unchecked);
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
    }));

  it("is tried no sooner than the subscriber asked for", () =>
    withShard({}, async ({ shard, subscribe, deliver, queue, clock, ring }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      await deliver((id) => ({ id, kind: "failed", reason: "the callback answers 503", retryAfterMs: 10 * MINUTE }));
      clock.now += 10 * MINUTE - 1;
      await ring();
      expect(queue).toEqual([]);
      clock.now += 1;
      await ring();
      expect(queue).toHaveLength(1);
    }));
});

describe("the alarm", () => {
  it("is set for the end of a lease, for the next try, and at once where the hub is to be told", () =>
    withShard({}, async ({ shard, subscribe, ring, deliver, state, clock }) => {
      const next = () => state.storage.getAlarm();
      await subscribe("a");
      await ring();
      expect(await next()).toBe(NOW + 10 * 24 * 60 * MINUTE);
      await shard.publish(edition("a"));
      await deliver(failed);
      await ring();
      expect(await next()).toBe(NOW + MINUTE);
      clock.now += MINUTE;
      await ring();
      await deliver((id) => ({ id, kind: "gone" }));
      expect(await next()).toBe(clock.now + 1);
    }));
});

describe("what is reported late", () => {
  it("counts no longer, also that nothing was tried", () =>
    withShard({}, async ({ shard, subscribe, queue, clock, ring }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      const take = async () => {
        const [message] = queue.splice(0);
        await shard.takeBatch(message?.batch ?? 0, undefined);
        return message?.batch ?? 0;
      };
      const first = await take();
      clock.now += 3 * MINUTE;
      await ring();
      await take();
      for (const kind of ["unchecked", "not started"] as const)
        await shard.reportOutcomes(first, "a", [{ id: 1, kind }]);
      clock.now += MINUTE;
      await ring();
      expect([queue, (await shard.status()).failures]).toEqual([[], []]);
    }));

  it("is handed out at once where it was not begun", () =>
    withShard({}, async ({ shard, subscribe, queue, ring, deliver }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      await deliver((id) => ({ id, kind: "not started" }));
      await ring();
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

  it("ends one that was renewed earlier: while a batch was on its way that has arrived", () =>
    withShard({}, async ({ shard, subscribe, request, ring, queue, deliver }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      const [first] = queue.splice(0);
      await shard.takeBatch(first?.batch ?? 0, undefined);
      await request("a");
      await ring();
      await shard.reportOutcomes(first?.batch ?? 0, "a", [delivered(1)]);
      await shard.publish(edition("b"));
      await deliver((id) => ({ id, kind: "gone" }));
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
    }));

  it("does not end one that was renewed while it was on its way", () =>
    withShard({}, async ({ shard, request, subscribe, queue, ring }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      const batch = queue[0]?.batch ?? 0;
      const job = await shard.takeBatch(batch, undefined);
      await request("a");
      await ring();
      await shard.reportOutcomes(batch, job?.payload?.etag ?? "", [{ id: 1, kind: "gone" }]);
      expect(await shard.status()).toMatchObject({ subscribers: 1, pending: 1 });
    }));
});

describe("verifying", () => {
  it("asks a second time where nobody answers, with another challenge, and not a third", () =>
    withShard({}, async ({ shard, request, ring, asked, weather, clock }) => {
      weather.answer = () => new Response(null, { status: 503 });
      await request("a");
      for (let count = 0; count < 4; count++) {
        await ring();
        clock.now += 60 * MINUTE;
      }
      expect(asked.map(({ searchParams }) => searchParams.get("hub.challenge"))).toEqual([
        "challenge-0",
        "challenge-1",
      ]);
      expect(await shard.has("https://reader.example.net/a")).toBe(false);
    }));

  it("counts for nothing where a newer request came while it was out", () =>
    withShard({}, async ({ shard, request, ring, weather }) => {
      weather.answer = async (url) => {
        // Only the first time.
        weather.answer = (other) => new Response(`not ${other.searchParams.get("hub.challenge")}`);
        await request("a", { mode: "subscribe", secret: "newer" });
        return new Response(url.searchParams.get("hub.challenge"));
      };
      await request("a", { mode: "subscribe", secret: "older" });
      await ring();
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
      await ring();
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
      expect(await shard.has("https://reader.example.net/a")).toBe(false);
    }));

  it("leaves a newer request alone where the older one is asked in vain", () =>
    withShard({}, async ({ request, ring, weather, asked, shard }) => {
      weather.answer = async () => {
        weather.answer = (url) => new Response(url.searchParams.get("hub.challenge"));
        await request("a", { secret: "new" });
        return new Response(null, { status: 503 });
      };
      await request("a");
      await ring();
      await ring();
      expect(asked).toHaveLength(2);
      expect(await shard.status()).toMatchObject({ subscribers: 1 });
    }));

  it("begins nothing later than one time-out after the first, and goes on at once", () =>
    withShard({}, async ({ request, ring, asked, weather, clock, state, shard }) => {
      weather.answer = () => {
        clock.now += 5000;
        return new Response(null, { status: 404 });
      };
      for (let index = 0; index < 20; index++) await request(`${index}`);
      await ring();
      expect(asked.length).toBeLessThan(10);
      expect(await state.storage.getAlarm()).toBe(clock.now + 1);
      for (let rings = 0; rings < 20; rings++) await ring();
      expect(asked.map(({ pathname }) => pathname)).toEqual([...new Set(asked.map(({ pathname }) => pathname))]);
      expect([asked.length, (await shard.status()).subscribers]).toEqual([20, 0]);
    }));

  it("asks subscribers first that renew or leave, and those last that did not answer before", () =>
    withShard({}, async ({ request, subscribe, ring, asked, weather, clock, shard }) => {
      await subscribe("renewing", "leaving");
      weather.answer = () => new Response(null, { status: 503 });
      await request("silent");
      await ring();
      clock.now += 60 * MINUTE;
      asked.length = 0;
      await shard.deny({ name: "x", topic: TOPIC, calls: 9999 }, callbackOf("denied"), "full");
      for (const path of ["new", "renewing"]) await request(path);
      clock.now += 1;
      await request("leaving", { mode: "unsubscribe" });
      await ring();
      expect(asked.map(({ pathname }) => pathname)).toEqual(["/renewing", "/leaving", "/new", "/silent", "/denied"]);
    }));

  it("always has room for subscribers that renew or leave", () =>
    withShard({}, async ({ request, subscribe }) => {
      await subscribe("good");
      for (let index = 0; index < 5000; index++) await request(`flood-${index}`);
      expect(await request("one-more")).toBe(false);
      expect(await request("good")).toBe(true);
      expect(await request("good", { mode: "unsubscribe" })).toBe(true);
    }));

  it("takes the places of those that did not answer", () =>
    withShard({}, async ({ request, ring, weather, told, clock }) => {
      weather.answer = () => new Response(null, { status: 503 });
      for (let index = 0; index < 40; index++) await request("", { callback: `https://silent-${index}.example.net/` });
      await ring();
      await ring();
      for (let index = 40; index < 5000; index++) await request(`${index}`);
      expect(await request("one-more")).toBe(true);
      told.length = 0;
      clock.now += 1;
      weather.answer = () => new Response("no");
      await ring();
      expect(told[0]?.hosts).toMatchObject({ "silent-0.example.net": 0, "silent-39.example.net": 0 });
    }));

  it("keeps a renewal that waits, though the subscription is given up meanwhile", () =>
    withShard({}, async ({ shard, subscribe, request, deliver, clock, ring, asked }) => {
      await subscribe("a");
      await shard.publish(edition("a"));
      await deliver(failed);
      clock.now += 3 * 24 * 60 * MINUTE;
      await ring();
      await request("a");
      await deliver(failed);
      asked.length = 0;
      await ring();
      expect(asked.map(({ searchParams }) => searchParams.get("hub.mode"))).toEqual(["subscribe"]);
    }));

  it("of a renewal that was asked for in time keeps the subscription, with what it has still to get", () =>
    withShard(MINUTE_LEASE, async ({ shard, request, subscribe, queue, clock, ring, weather, deliver, state }) => {
      await subscribe("a");
      clock.now += 30_000;
      await shard.publish(edition("x"));
      await deliver(failed);
      clock.now += 20_000;
      // It is just being restarted.
      weather.answer = () => new Response(null, { status: 503 });
      await request("a");
      await ring();
      clock.now += 20_000;
      await ring();
      expect(await shard.status()).toMatchObject({ subscribers: 1, pending: 1 });
      expect(await state.storage.getAlarm()).toBeGreaterThan(clock.now + 1);
      expect((await deliver(delivered))?.recipients).toBeUndefined();
      weather.answer = (url) => new Response(url.searchParams.get("hub.challenge"));
      clock.now += 60_000;
      await ring();
      await ring();
      expect(await shard.status()).toMatchObject({ subscribers: 1 });
      queue.splice(0, queue.length - 1);
      expect((await deliver(delivered))?.recipients).toHaveLength(1);
    }));

  it("of a renewal that nobody confirms does not make a lease last, however often it is asked for", () =>
    withShard(MINUTE_LEASE, async ({ shard, request, subscribe, clock, ring, weather }) => {
      await subscribe("a");
      weather.answer = () => new Response(null, { status: 503 });
      for (let requests = 0; requests < 3; requests++) {
        await request("a");
        clock.now += 30_000;
        await ring();
        await ring();
      }
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
    }));

  it("of who wants to leave does not make a lease last", () =>
    withShard(MINUTE_LEASE, async ({ shard, request, subscribe, clock, ring, weather }) => {
      await subscribe("a");
      weather.answer = () => new Response(null, { status: 503 });
      await request("a", { mode: "unsubscribe" });
      await ring();
      clock.now += 60_000;
      await ring();
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
    }));

  it("of a renewal that comes to nothing lets the lease end", () =>
    withShard(MINUTE_LEASE, async ({ shard, request, subscribe, clock, ring, weather }) => {
      await subscribe("a");
      weather.answer = () => new Response("no");
      clock.now += 61_000;
      await request("a");
      await ring();
      await ring();
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
    }));

  it("is over for all that wait where the feed is gone", () =>
    withShard({}, async ({ shard, request, subscribe, ring, asked }) => {
      await subscribe("a");
      await request("a");
      await request("b");
      asked.length = 0;
      expect(await shard.drop(undefined, "This feed is gone.")).toBe(2);
      await ring();
      expect(asked.map(({ searchParams }) => searchParams.get("hub.mode"))).toEqual(["denied", "denied"]);
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
      await ring();
      expect(await shard.drop(undefined, "Once more.")).toBe(0);
    }));

  it("asks forty callbacks at most in one go", () =>
    withShard({}, async ({ request, ring, asked }) => {
      for (let index = 0; index < 50; index++) await request(`${index}`);
      await ring();
      expect(asked).toHaveLength(40);
      await ring();
      expect(asked).toHaveLength(50);
    }));

  it("has room for five thousand, and no more: denials are dropped first", () =>
    withShard({}, async ({ shard, request, ring, asked, clock }) => {
      for (let index = 0; index < 5000; index++) expect(await request(`${index}`)).toBe(true);
      expect(await request("one-more")).toBe(false);
      await shard.deny({ name: "x", topic: TOPIC, calls: 9999 }, callbackOf("denied"), "full");
      clock.now += 1;
      await ring();
      expect(asked.some(({ pathname }) => pathname === "/denied")).toBe(false);
      expect(await request("later")).toBe(true);
    }));
});

describe("a subscription over rssCloud", () => {
  const HOUR = 60 * MINUTE;
  const rsscloud = { protocol: "rsscloud", leaseSeconds: 25 * 3600 } as const;

  it("is verified in its own words, waits in the same outbox, and ends after 25 hours", () =>
    withShard({}, async ({ shard, request, ring, asked, queue, deliver, clock }) => {
      await request("a", rsscloud);
      await ring();
      expect(asked.map(({ search }) => search)).toEqual([`?url=${encodeURIComponent(TOPIC)}&challenge=challenge-0`]);
      await shard.publish(edition("a"));
      expect((await deliver(delivered))?.recipients).toMatchObject([{ protocol: "rsscloud" }]);
      clock.now += 25 * HOUR - 1;
      await ring();
      expect(await shard.status()).toMatchObject({ subscribers: 1 });
      clock.now += 1;
      await ring();
      expect(await shard.status()).toMatchObject({ subscribers: 0 });
      expect(queue).toEqual([]);
    }));

  it("takes the place of one over WebSub at the same callback, and the other way round", () =>
    withShard({}, async ({ shard, request, ring, deliver }) => {
      const protocols: (string | undefined)[] = [];
      for (const [tag, more] of [
        ["a", {}],
        ["b", rsscloud],
        ["c", {}],
      ] as const) {
        await request("a", more);
        await ring();
        await shard.publish(edition(tag));
        protocols.push((await deliver(delivered))?.recipients.map(({ protocol }) => protocol).join());
      }
      expect(protocols).toEqual(["websub", "rsscloud", "websub"]);
    }));

  it("ends without a word, for which rssCloud has none", () =>
    withShard({}, async ({ shard, request, ring, asked, told }) => {
      await request("a", rsscloud);
      await ring();
      asked.length = 0;
      expect(await shard.drop(undefined, "Enough.")).toBe(1);
      await ring();
      expect(asked).toEqual([]);
      expect(told.at(-1)).toMatchObject({ subscribers: 0 });
    }));
});

describe("what it takes in rows, which Cloudflare charges for,", () => {
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
    withShard({}, async ({ request, ring, shard, queue, deliver, state }) => {
      const paths = Array.from({ length: count }, (_, index) => `${index}`);
      const subscribing = await rowsOf(state, count, async () => {
        for (const path of paths) await request("", { callback: `https://reader-${path}.example.net/` });
        for (let rings = 0; rings <= count / 40; rings++) await ring();
      });
      queue.length = 0;
      const delivering = await rowsOf(state, count, async () => {
        await shard.publish(edition("a"));
        while (queue.length > 0) await deliver(delivered);
        await ring();
      });
      expect(await shard.status()).toMatchObject({ subscribers: count, pending: 0 });
      expect({ subscribing, delivering }).toEqual({
        subscribing: { read: expect.any(Number), written: 18 },
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

describe("what the hub is told", () => {
  it("is also right where there was no room, and where an address changed", () =>
    withShard({}, async ({ request, ring, told, shard }) => {
      const of = (address: string) => ({ address });
      await request("a", of("192.88.98.1"));
      await ring();
      await request("a", of("192.88.98.2"));
      await ring();
      expect(Object.assign({}, ...told.map(({ hosts }) => hosts))).toEqual({
        "reader.example.net": 1,
        "192.88.98.1": 0,
        "192.88.98.2": 1,
      });
      await shard.drop(undefined, "Enough.");
      await ring();
      expect(told.at(-1)).toMatchObject({ subscribers: 0, hosts: { "192.88.98.2": 0 } });
    }));

  it("is that nobody is there for whom there was no room", () =>
    withShard({}, async ({ request, ring, told }) => {
      for (let index = 0; index < 5000; index++) await request(`${index}`);
      expect(await request("", { callback: "https://other.example.net/" })).toBe(false);
      await ring();
      expect(told[0]?.hosts).toMatchObject({ "other.example.net": 0 });
    }));

  it("is how many there are, by host, with those that wait", () =>
    withShard({}, async ({ request, ring, told, shard }) => {
      for (const path of ["a", "b", "c"]) await request(path);
      await ring();
      expect(told.at(-1)).toEqual({
        ...{ shard: `${TOPIC}#0/1`, topic: TOPIC, calls: 3, subscribers: 3 },
        hosts: { "reader.example.net": 3 },
      });
      await shard.drop("https://reader.example.net/a", "Enough.");
      await ring();
      expect(told.at(-1)).toMatchObject({ subscribers: 2, hosts: { "reader.example.net": 2 } });
    }));

  it("is told again where the hub did not hear it: an alarm that fails sets itself anew", () =>
    withShard({}, async ({ request, ring, told, weather, state }) => {
      const log = vi.spyOn(console, "error").mockImplementation(() => {});
      weather.count = () => Promise.reject(new Error("the hub is down"));
      await request("a");
      for (let times = 1; times <= 7; times++) {
        await ring();
        expect(told).toHaveLength(times);
        expect(await state.storage.getAlarm()).toBe(NOW + 10_000);
      }
      expect(log).toHaveBeenCalledWith(expect.any(String), new Error("the hub is down"));
      log.mockRestore();
      weather.count = async () => {};
      await ring();
      await ring();
      expect(told).toHaveLength(8);
      expect(told.at(-1)).toMatchObject({ subscribers: 1, hosts: { "reader.example.net": 1 } });
    }));

  it("is told anew where it changed while the hub was told", () =>
    withShard({}, async ({ request, ring, told, weather }) => {
      weather.count = async () => {
        weather.count = async () => {};
        await request("b");
      };
      await request("a");
      await ring();
      expect(told.map(({ hosts }) => hosts)).toEqual([{ "reader.example.net": 1 }]);
      await ring();
      await ring();
      expect(told.map(({ hosts }) => hosts)).toEqual([{ "reader.example.net": 1 }, { "reader.example.net": 2 }]);
    }));

  it("is that nobody is left where verification came to nothing", () =>
    withShard({}, async ({ request, ring, told, weather }) => {
      weather.answer = () => new Response("something else");
      await request("a");
      await ring();
      expect(told.at(-1)).toMatchObject({ subscribers: 0, hosts: { "reader.example.net": 0 } });
    }));
});
