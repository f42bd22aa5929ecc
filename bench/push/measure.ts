import { setTimeout as sleep } from "node:timers/promises";
import { type Random, shuffled } from "../input/random.ts";
import { residentBytes } from "../memory/resident-bytes.ts";
import { startBare } from "./bare.ts";
import type { HubStatus } from "./counter.ts";
import { type Hub, startHub } from "./hub.ts";
import { type Lap, type Runner, runLap } from "./lap.ts";
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

/** What came of it. */
export interface Outcome {
  readonly task: Task;
  /** Of an edition. */
  readonly bytes: number;
  /** Subscriptions per second, each verified. */
  readonly subscribing: number;
  /** An edition of our hub to subscribers who take their time. */
  readonly slow: Lap;
  /** By round. */
  readonly ours: readonly Lap[];
  readonly bare: readonly Lap[];
  readonly status: HubStatus;
  /** Resident bytes of workerd with our hub: before anybody has subscribed, with subscribers, and after all deliveries. */
  readonly memory: readonly number[];
  /** Of workerd with the bare worker: at first, and after as many deliveries. */
  readonly bareMemory: readonly number[];
}

/** Milliseconds: so long that requests pile up at the sink, if they ever do. */
const SLOWLY = 5;

const SUBSCRIBING_AT_ONCE = 6;

const PATIENCE = 30_000;

const until = async (hub: Hub, isSo: (status: HubStatus) => boolean): Promise<void> => {
  const start = now();
  for (;;) {
    const status = await hub.status();
    if (isSo(status)) return;
    if (now() - start > PATIENCE) throw new Error(`The hub does not get on: ${JSON.stringify(status)}`);
    await sleep(5);
  }
};

const subscribeAll = async (hub: Hub, { url }: Sink, { subscribers, secret }: Task): Promise<number> => {
  const start = now();
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < subscribers) await hub.subscribe(url + next++, secret);
  };
  await Promise.all(Array.from({ length: SUBSCRIBING_AT_ONCE }, work));
  await until(hub, (status) => status.subscribers === subscribers);
  return (subscribers / (now() - start)) * 1000;
};

const residentOf = ({ pid = 0 }: Pick<Runner, "pid">): Promise<number> => residentBytes(pid);

/** What our hub sends, for the bare worker to send the same; each signs for itself. */
const errandOf = ({ arrived: { sample } }: Lap, { subscribers, secret }: Task) => {
  const { link = "", "content-type": type = "", "x-hub-signature": signature } = sample.headers;
  if ((signature === undefined) !== (secret === undefined))
    throw new Error("A delivery is not signed as it should be.");
  return { count: subscribers, headers: { link, "content-type": type }, body: sample.body, secret };
};

/** Lets our hub and a bare worker deliver in turn; who comes first in a round is left to chance. */
export const measure = async (task: Task, random: Random): Promise<Outcome> => {
  const { subscribers, rounds, stories } = task;
  await using sink = await openSink();
  await using hub = await startHub(stories);
  await using worker = await startBare(sink);
  const { pid } = hub;
  const memory = [await residentOf(hub)];
  const bareMemory = [await residentOf(worker)];
  const subscribing = await subscribeAll(hub, sink, task);
  memory.push(await residentOf(hub));
  const deliver = async (): Promise<void> => {
    await hub.publish();
    await sink.arrived();
    await until(hub, ({ pending }) => pending === 0);
  };
  // These laps warm up both.
  const slow = await runLap(sink, { pid, deliver }, subscribers, SLOWLY);
  let latest = slow;
  const bare: Runner = { pid: worker.pid, deliver: () => worker.deliver(errandOf(latest, task)) };
  await runLap(sink, bare, subscribers);
  const [ours, theirs]: readonly [Lap[], Lap[]] = [[], []];
  const turns = [
    { runner: { pid, deliver }, laps: ours },
    { runner: bare, laps: theirs },
  ];
  for (let round = 0; round < rounds; round++) {
    for (const { runner, laps } of shuffled(turns, random)) laps.push(await runLap(sink, runner, subscribers));
    latest = ours[round] ?? latest;
  }
  memory.push(await residentOf(hub));
  bareMemory.push(await residentOf(worker));
  const { byteLength: bytes } = latest.arrived.sample.body;
  return { task, bytes, subscribing, slow, ours, bare: theirs, status: await hub.status(), memory, bareMemory };
};
