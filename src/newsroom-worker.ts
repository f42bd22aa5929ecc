import publication from "../build/publication.txt";
import { createNewsroom } from "./exports/newsroom.ts";

// The newsroom: serves the stories of a database, written through the publish API.
const worker = createNewsroom({ publication });

export const { Scheduler, Hub, TopicShard, Usage } = worker;

const { fetch, scheduled, queue } = worker;

export default { fetch, scheduled, queue };
