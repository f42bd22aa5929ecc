/** The path at which the worker below says how its hub stands. */
export const HUB_STATUS_PATH = "/bench/hub";

/** How a hub stands. */
export interface HubStatus {
  readonly subscribers: number;
  /** Deliveries of which the hub does not know yet what became of them. */
  readonly pending: number;
  /** Messages of the queue that were consumed. */
  readonly messages: number;
  /** The most requests that the consumer of one message sent. */
  readonly maxFetches: number;
}

// Runs before our worker does. Its fetch counts for the invocation that it is part of, however deep it is called.
const COUNTER = `import { AsyncLocalStorage } from "node:async_hooks";
const invocations = new AsyncLocalStorage();
const { fetch } = globalThis;
export const counts = { messages: 0, maxFetches: 0 };
globalThis.fetch = (input, init) => {
  const invocation = invocations.getStore();
  if (invocation !== undefined) counts.maxFetches = Math.max(counts.maxFetches, ++invocation.fetches);
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
    if (new URL(request.url).pathname !== "${HUB_STATUS_PATH}") return worker.fetch(request, env, context);
    const [topic] = await env.HUB.getByName("hub").status("");
    return Response.json({ subscribers: topic?.subscribers ?? 0, pending: topic?.pending ?? 0, ...counts });
  },
};
`;

/**
 * Returns modules, the entry first, that run `worker` as it is, count what its deliveries fetch, and tell how its hub
 * stands.
 */
export const hubModules = (worker: string): readonly (readonly [name: string, code: string])[] => [
  ["worker.js", ENTRY],
  ["counter.js", COUNTER],
  ["feedwright.js", worker],
];
