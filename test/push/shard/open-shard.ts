import { env } from "cloudflare:workers";
import { createBoundedCache } from "../../../src/lib/bounded-cache.ts";
import { createHangTracker } from "../../../src/outbound/hang-tracker.ts";
import type { Outbound } from "../../../src/outbound/outbound.ts";
import type { ConsumerContext } from "../../../src/push/consumer-context.ts";
import type { HubRequest } from "../../../src/push/protocol/protocol.ts";
import type { DeliveryOutcome, QueueMessage, SubscriberCounts } from "../../../src/push/rpc.ts";
import { type HubVariables, readHubSettings } from "../../../src/push/settings.ts";
import { createTopicShard } from "../../../src/push/shard/topic-shard.ts";
import type { TopicEdition } from "../../../src/push/topic-edition.ts";
import { verifyBatch } from "../../../src/push/verification/verify-batch.ts";
import { fireAlarm, inDurableObject, NOW } from "../in-durable-object.ts";

/** The topic of these shards. */
export const TOPIC = "https://courier.example.org/rss.xml";
export const MINUTE = 60_000;

/** An edition with an entity tag. */
export const edition = (etag: string, body = new TextEncoder().encode(`edition ${etag}`)): TopicEdition => ({
  ...{ etag, body },
  contentType: "application/rss+xml; charset=utf-8",
});

/** Opens a shard with real storage; its clock, subscribers, hub and queue are the test's. Verifications are consumed. */
export const withShard = (
  variables: HubVariables,
  test: (opened: Awaited<ReturnType<typeof openShard>>) => Promise<void>,
) => inDurableObject(async (state) => test(await openShard(state, variables)));

/** The same in the storage of an object. */
export const openShard = async (state: DurableObjectState, variables: HubVariables) => {
  const clock = { now: NOW };
  /** Deliveries, which a test consumes. */
  const queue: QueueMessage[] = [];
  const verifications: QueueMessage[] = [];
  const reports: SubscriberCounts[] = [];
  const requested: URL[] = [];
  const fakes = {
    isQueueUp: true,
    /** Is called before the queue takes messages. */
    beforeEnqueue: async (): Promise<void> => {},
    random: (): number => 1,
    beforeReport: async (): Promise<void> => {},
    answer: ({ searchParams }: URL): Response | Promise<Response> =>
      new Response(searchParams.get("hub.challenge") ?? searchParams.get("challenge")),
  };
  let challenges = 0;
  const Shard = createTopicShard<unknown>(() => ({
    settings: readHubSettings(variables),
    hubUrl: "https://courier.example.org/hub",
    now: () => clock.now,
    random: () => fakes.random(),
    challenge: () => `challenge-${challenges++}`,
    async reportCounts(counts) {
      reports.push(counts);
      await fakes.beforeReport();
    },
    async enqueue(messages) {
      if (!fakes.isQueueUp) throw new Error("the queue is down");
      await fakes.beforeEnqueue();
      for (const message of messages) (message.kind === "verification" ? verifications : queue).push(message);
    },
  }));
  const shard = new Shard(state, env);
  const outbound: Outbound = {
    timeoutMs: 1000,
    userAgent: "Tests",
    check: async () => undefined,
    addressOf: async () => undefined,
    async fetch(input) {
      const url = new URL(String(input));
      requested.push(url);
      return fakes.answer(url);
    },
  };
  const consumer: ConsumerContext = {
    settings: readHubSettings(variables),
    outbound,
    shard: () => shard,
    signature: "sha256",
    payloads: createBoundedCache(0, () => 1),
    hangs: createHangTracker(),
    patientHangs: createHangTracker(),
    now: () => clock.now,
  };
  /** Has callbacks asked, as many as the queue has. */
  const verify = async (): Promise<void> => {
    for (const message of verifications.splice(0)) await verifyBatch(message, consumer);
  };
  const fire = (): Promise<void> => fireAlarm(state, shard);
  /** Calls the alarm, has callbacks asked, and calls it again for what they answer. */
  const alarm = async (): Promise<void> => {
    await fire();
    if (verifications.length === 0) return;
    await verify();
    await fire();
  };
  let calls = 0;
  const request = (path: string, more: Partial<HubRequest> = {}) =>
    shard.request(
      { name: `${TOPIC}#0/1`, topic: TOPIC, calls: ++calls },
      { protocol: "websub", mode: "subscribe", topic: TOPIC, callback: `https://reader.example.net/${path}`, ...more },
    );
  const subscribe = async (...paths: readonly string[]): Promise<void> => {
    for (const path of paths) await request(path);
    await alarm();
    queue.length = 0;
  };
  /** Takes the next message, and reports the same of all its recipients. */
  const deliver = async (outcome: (id: number) => DeliveryOutcome) => {
    const message = queue.shift();
    const taken = message && (await shard.takeBatch(message.batch, undefined));
    if (message && taken)
      await shard.reportOutcomes(
        message.batch,
        taken.payload?.etag ?? "",
        taken.recipients.map(({ id }) => outcome(id)),
      );
    return taken;
  };
  return {
    ...{ clock, queue, verifications, reports, requested, fakes, shard, consumer },
    ...{ alarm, fire, verify, request, subscribe, deliver, state },
  };
};
