import { openBundledContent } from "./app/content-source.ts";
import { createDeployedWorker } from "./app/deployed-worker.ts";
import type { SiteWorker, WorkerOptions } from "./app/site-worker.ts";

// The package's public face.

export type { Env } from "./app/environment.ts";
export type { SiteWorker, WorkerOptions } from "./app/site-worker.ts";

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
export const createWorker = (options: WorkerOptions): SiteWorker => createDeployedWorker(options, openBundledContent);
