import { env } from "cloudflare:workers";
import publication from "../build/publication.txt";
import { createWorker } from "./app/create-worker.ts";
import type { Env } from "./app/environment.ts";
import { openNewsroom } from "./app/open-newsroom.ts";
import { cloudflare } from "./app/platform.ts";
import type { DeliveryMessage } from "./push/rpc.ts";

// The newsroom: serves the stories of a database, written through the publish API.
const worker = createWorker(publication, cloudflare, openNewsroom);

// Opened while the worker starts, when there is time; a wrong variable stops the deployment instead of the readers.
worker.open(env);

export const { Scheduler, Hub, TopicShard } = worker;

const { fetch, scheduled, queue } = worker;

export default { fetch, scheduled, queue } satisfies ExportedHandler<Env, DeliveryMessage>;
