import publication from "../build/publication.txt";
import { createWorker } from "./index.ts";

// The reading worker: serves the stories of content/. Its bundle contains no compiler and no publish API.
const worker = createWorker({ publication });

export const { Scheduler, Hub, TopicShard, Usage } = worker;

const { fetch, scheduled, queue } = worker;

export default { fetch, scheduled, queue };
