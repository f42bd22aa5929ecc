/** Where the worker below says how its hub stands. */
export const HUB_STATUS = "/bench/hub";

/** How a hub stands. */
export interface HubStatus {
  readonly subscribers: number;
  /** Deliveries that are not settled yet. */
  readonly pending: number;
  /** Messages of the queue that were worked on. */
  readonly messages: number;
  /** The most requests that one of these invocations made to the outside. */
  readonly mostFetches: number;
}

// Runs before our worker does. What it calls later, however deep, is counted for the invocation that it is part of.
const COUNTER = `import { AsyncLocalStorage } from "node:async_hooks";
const invocations = new AsyncLocalStorage();
const { fetch } = globalThis;
export const counts = { messages: 0, mostFetches: 0 };
globalThis.fetch = (input, init) => {
  const invocation = invocations.getStore();
  if (invocation !== undefined) counts.mostFetches = Math.max(counts.mostFetches, ++invocation.fetches);
  return fetch(input, init);
};
export const count = (invoke) => {
  counts.messages += 1;
  return invocations.run({ fetches: 0 }, invoke);
};
`;

const ENTRY = `import { count, counts } from "./counter.js";
import worker from "./feedwright.js";
export { Hub, Scheduler, TopicShard } from "./feedwright.js";
export default {
  ...worker,
  queue: (batch, env, context) => count(() => worker.queue(batch, env, context)),
  async fetch(request, env, context) {
    if (new URL(request.url).pathname !== "${HUB_STATUS}") return worker.fetch(request, env, context);
    const [topic] = await env.HUB.getByName("hub").status("");
    return Response.json({ subscribers: topic?.subscribers ?? 0, pending: topic?.pending ?? 0, ...counts });
  },
};
`;

/** Modules, the entry first, that run `worker` as it is, count what its deliveries fetch, and tell how its hub stands. */
export const hubModules = (worker: string): readonly (readonly [name: string, code: string])[] => [
  ["worker.js", ENTRY],
  ["counter.js", COUNTER],
  ["feedwright.js", worker],
];
