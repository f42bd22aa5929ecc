import { env } from "cloudflare:workers";
import publication from "../build/publication.txt";
import { createWorker } from "./app/create-worker.ts";
import { openNewsroom } from "./app/open-newsroom.ts";
import { cloudflarePlatform } from "./app/platform.ts";

// The newsroom: serves the stories of a database, written through the publish API.
const worker = createWorker(publication, cloudflarePlatform, openNewsroom);

// Opened at start-up, when time is free, and so that a wrong variable fails the deployment instead of requests.
worker.open(env);

export const { Scheduler, Hub, TopicShard, Usage } = worker;

const { fetch, scheduled, queue } = worker;

export default { fetch, scheduled, queue };
