import { createDeployedWorker } from "../app/deployed-worker.ts";
import { openNewsroom } from "../app/open-newsroom.ts";
import type { SiteWorker, WorkerOptions } from "../app/site-worker.ts";

// `feedwright/newsroom`: the worker with the compiler and the publish API.

export type { Env } from "../app/environment.ts";
export type { SiteWorker, WorkerOptions } from "../app/site-worker.ts";

/** Creates the newsroom of a publication: its stories are in D1, and written through the publish API. */
export const createNewsroom = (options: WorkerOptions): SiteWorker => createDeployedWorker(options, openNewsroom);
