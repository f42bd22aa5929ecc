import { setTimeout as sleep } from "node:timers/promises";
import { type Random, shuffled } from "../input/random.ts";
import { residentBytes } from "../memory/resident-bytes.ts";
import { startBareWorker } from "./bare-worker.ts";
import { type Deliverer, type DeliveryRun, runDelivery } from "./delivery-run.ts";
import { type Hub, startHub } from "./hub.ts";
import type { HubStatus } from "./hub-modules.ts";
import { now, openSink, type Sink } from "./sink.ts";

/** What is delivered, and how often. */
export interface Task {
  readonly subscribers: number;
  readonly rounds: number;
  /** In the feed. */
  readonly stories: number;
  /** Of every subscriber, if they have one. */
  readonly secret: string | undefined;
}

/** What was measured. */
export interface Measurements {
  readonly task: Task;
  /** Of an edition. */
  readonly bytes: number;
  /** Subscriptions per second, each verified. */
  readonly subscribing: number;
  /** An edition that our hub delivers to slow subscribers. */
  readonly slow: DeliveryRun;
  /** Of our hub and of the bare worker, by round. */
  readonly ours: readonly DeliveryRun[];
  readonly bare: readonly DeliveryRun[];
  readonly status: HubStatus;
  /**
   * Resident bytes of workerd with our hub: before anybody has subscribed, with subscribers, and after all deliveries.
   */
  readonly memory: readonly number[];
  /** Of workerd with the bare worker: at first, and after as many deliveries. */
  readonly bareMemory: readonly number[];
}

/** After how long a slow subscriber answers: so long that deliveries pile up at the sink, if they ever do. */
const SLOW_ANSWER_MS = 5;

const CONCURRENT_SUBSCRIPTIONS = 6;

const TIMEOUT_MS = 30_000;

const waitUntil = async (hub: Hub, isReached: (status: HubStatus) => boolean): Promise<void> => {
  const start = now();
  for (;;) {
    const status = await hub.status();
    if (isReached(status)) return;
    if (now() - start > TIMEOUT_MS) throw new Error(`The hub makes no progress: ${JSON.stringify(status)}`);
    await sleep(5);
  }
};

const subscribeAll = async (hub: Hub, { url }: Sink, { subscribers, secret }: Task): Promise<number> => {
  const start = now();
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < subscribers) await hub.subscribe(url + next++, secret);
  };
  await Promise.all(Array.from({ length: CONCURRENT_SUBSCRIPTIONS }, work));
  await waitUntil(hub, (status) => status.subscribers === subscribers);
  return (subscribers / (now() - start)) * 1000;
};

const residentOf = ({ pid = 0 }: Pick<Deliverer, "pid">): Promise<number> => residentBytes(pid);

/** Returns what our hub has delivered, for the bare worker to deliver the same. Each signs by itself. */
const deliveryOf = ({ arrivals: { sample } }: DeliveryRun, { subscribers, secret }: Task) => {
  const { link = "", "content-type": type = "", "x-hub-signature": signature } = sample.headers;
  if ((signature === undefined) !== (secret === undefined))
    throw new Error("A delivery is not signed as it should be.");
  return { count: subscribers, headers: { link, "content-type": type }, body: sample.body, secret };
};

/** Has our hub and a bare worker deliver in turn; who comes first in a round is left to chance. */
export const measure = async (task: Task, random: Random): Promise<Measurements> => {
  const { subscribers, rounds, stories } = task;
  await using sink = await openSink();
  await using hub = await startHub(stories);
  await using worker = await startBareWorker(sink);
  const { pid } = hub;
  const memory = [await residentOf(hub)];
  const bareMemory = [await residentOf(worker)];
  const subscribing = await subscribeAll(hub, sink, task);
  memory.push(await residentOf(hub));
  const deliver = async (): Promise<void> => {
    await hub.publish();
    await sink.arrivals();
    await waitUntil(hub, ({ pending }) => pending === 0);
  };
  // These runs warm up both.
  const slow = await runDelivery(sink, { pid, deliver }, subscribers, SLOW_ANSWER_MS);
  let latest = slow;
  const bare: Deliverer = { pid: worker.pid, deliver: () => worker.deliver(deliveryOf(latest, task)) };
  await runDelivery(sink, bare, subscribers);
  const [ours, theirs]: readonly [DeliveryRun[], DeliveryRun[]] = [[], []];
  const turns = [
    { deliverer: { pid, deliver }, runs: ours },
    { deliverer: bare, runs: theirs },
  ];
  for (let round = 0; round < rounds; round++) {
    for (const { deliverer, runs } of shuffled(turns, random))
      runs.push(await runDelivery(sink, deliverer, subscribers));
    latest = ours[round] ?? latest;
  }
  memory.push(await residentOf(hub));
  bareMemory.push(await residentOf(worker));
  const { byteLength: bytes } = latest.arrivals.sample.body;
  return { task, bytes, subscribing, slow, ours, bare: theirs, status: await hub.status(), memory, bareMemory };
};
