import { env } from "cloudflare:workers";
import { openBundledContent } from "./app/content-source.ts";
import { createWorker as createSiteWorker } from "./app/create-worker.ts";
import { cloudflarePlatform } from "./app/platform.ts";
import type { SiteWorker } from "./app/site-worker.ts";

// The package's public face.

export type { Env } from "./app/environment.ts";
export type { SiteWorker } from "./app/site-worker.ts";

/** What a worker is made of. */
export interface WorkerOptions {
  /** The text that `feedwright build` writes into build/publication.txt. */
  readonly publication: string;
}

/**
 * Creates the reading worker of a publication: its handlers, and the classes of its Durable Objects, which the entry of the worker
 * exports by name. Throws an Error that says what to change if a binding or variable is wrong.
 *
 * @example
 * import { createWorker } from "feedwright";
 * import publication from "./build/publication.txt";
 *
 * const worker = createWorker({ publication });
 * export const { Scheduler, Hub, TopicShard, Usage } = worker;
 * const { fetch, scheduled, queue } = worker;
 * export default { fetch, scheduled, queue };
 */
export const createWorker = ({ publication }: WorkerOptions): SiteWorker => {
  const worker = createSiteWorker(publication, cloudflarePlatform, openBundledContent);
  // At start-up, when time is free, and so that a wrong variable fails the deployment instead of requests.
  worker.open(env);
  return worker;
};
