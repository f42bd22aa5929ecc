import { env, waitUntil } from "cloudflare:workers";
import publication from "../build/publication.txt";
import { createWorker } from "./app/create-worker.ts";
import type { Env } from "./app/environment.ts";
import { openEdgeCache } from "./editions/edge-cache.ts";
import { once } from "./lib/once.ts";
import { hubUrl } from "./model/address.ts";
import { deliveryContextOf, hubDependencies, hubOf, shardDependencies } from "./push/bindings.ts";
import { deliverBatch } from "./push/delivery/deliver-batch.ts";
import { createHub } from "./push/hub/hub.ts";
import type { DeliveryMessage } from "./push/rpc.ts";
import { createTopicShard } from "./push/shard/topic-shard.ts";
import { editionOf, publicTopics } from "./routes/topics.ts";
import { createScheduler } from "./schedule/scheduler.ts";

/** Lets the scheduler look around, and set its alarm. */
const wakeScheduler = async ({ SCHEDULER }: Env): Promise<void> => SCHEDULER?.getByName("scheduler").check();

const worker = createWorker(publication, {
  now: Date.now,
  waitUntil,
  onWritten: wakeScheduler,
  openEdgeCache: (origin) => openEdgeCache(origin, () => caches.open("editions")),
});

// While the worker starts there is a second of time, and a request has milliseconds. A wrong SITE_URL
// then stops the deployment instead of the readers.
worker.site(env);

/** Lets the hub look what has changed, for its own subscribers and for hubs elsewhere. */
const tellHub = async (bindings: Env): Promise<void> => {
  const { hubs } = worker.site(bindings).store.channel;
  if (hubs.length > 0 && bindings.HUB !== undefined) await hubOf(bindings).changed();
};

/** The first request to an instance tells the hub of its version, which may be a new one: also one without a hub any longer. */
const noticeDeployment = once(async (bindings: Env) => {
  if (bindings.HUB !== undefined) await hubOf(bindings).changed(worker.revision(bindings).id);
});

/** One for the whole site. */
export class Scheduler extends createScheduler((bindings: Env) => ({
  store: worker.site(bindings).store,
  now: Date.now,
  async onTransitions(items) {
    if (items.length > 0) console.log(`appeared or left: ${items.map(({ slug }) => slug).join(", ")}`);
    await tellHub(bindings);
  },
})) {}

/** One for the whole site: which topics have subscribers. */
export class Hub extends createHub((bindings: Env) => {
  const site = worker.site(bindings);
  const { url, hubs } = site.store.channel;
  return hubDependencies(url, bindings, {
    deployment: worker.revision(bindings).id,
    editionOf: editionOf(site),
    refresh: () => site.store.refresh(),
    isOpen: hubs.includes(hubUrl(url)),
    externalHubs: hubs.filter((hub) => hub !== hubUrl(url)),
    publicTopics: () => publicTopics(site),
  });
}) {}

/** Subscriptions of a topic. */
export class TopicShard extends createTopicShard((bindings: Env) => {
  const { url } = worker.site(bindings).store.channel;
  return shardDependencies(url, bindings, hubUrl(url));
}) {}

export default {
  fetch(request, bindings) {
    waitUntil(noticeDeployment(bindings));
    return worker.fetch(request, bindings);
  },
  async scheduled(_controller, bindings) {
    await Promise.all([wakeScheduler(bindings), worker.tidy(bindings)]);
  },
  async queue({ messages }, bindings) {
    const context = deliveryContextOf(worker.site(bindings).store.channel.url, bindings);
    for (const { body } of messages) await deliverBatch(body, context);
  },
} satisfies ExportedHandler<Env, DeliveryMessage>;
