import { env } from "cloudflare:workers";
import publication from "../build/publication.txt";
import { openBundledContent } from "./app/content-source.ts";
import { createWorker } from "./app/create-worker.ts";
import type { Env } from "./app/environment.ts";
import { cloudflare } from "./app/platform.ts";
import type { DeliveryMessage } from "./push/rpc.ts";

// The reading worker: serves the stories of content/. It holds no compiler and no publish API.
const worker = createWorker(publication, cloudflare, openBundledContent);

// Opened while the worker starts, when there is time; a wrong variable stops the deployment instead of the readers.
worker.open(env);

export const { Scheduler, Hub, TopicShard } = worker;

const { fetch, scheduled, queue } = worker;

export default { fetch, scheduled, queue } satisfies ExportedHandler<Env, DeliveryMessage>;
