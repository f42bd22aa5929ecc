import { env } from "cloudflare:workers";
import publication from "../build/publication.txt";
import { openBundledContent } from "./app/content-source.ts";
import { createWorker } from "./app/create-worker.ts";
import { cloudflarePlatform } from "./app/platform.ts";

// The reading worker: serves the stories of content/. Its bundle contains no compiler and no publish API.
const worker = createWorker(publication, cloudflarePlatform, openBundledContent);

// Opened at start-up, when time is free, and so that a wrong variable fails the deployment instead of requests.
worker.open(env);

export const { Scheduler, Hub, TopicShard, Usage } = worker;

const { fetch, scheduled, queue } = worker;

export default { fetch, scheduled, queue };
