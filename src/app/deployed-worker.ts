import { env } from "cloudflare:workers";
import type { OpenContentSource } from "./content-source.ts";
import { createWorker } from "./create-worker.ts";
import { cloudflarePlatform } from "./platform.ts";
import type { SiteWorker, WorkerOptions } from "./site-worker.ts";

/** Creates a worker as it is deployed. Throws an Error that says what to change if a binding or variable is wrong. */
export const createDeployedWorker = ({ publication }: WorkerOptions, openSource: OpenContentSource): SiteWorker => {
  const worker = createWorker(publication, cloudflarePlatform, openSource);
  // At start-up, when time is free, and so that a wrong variable fails the deployment instead of requests.
  worker.open(env);
  return worker;
};
