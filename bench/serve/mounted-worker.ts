import { Feed } from "feed";
import { fromFeed } from "../../src/exports/interop.ts";
import { createWorker } from "../../src/index.ts";

// A worker of somebody else that mounts a Feed: what its bundle has beside its own code is measured.
const load = (): Feed => new Feed({ title: "The Company", link: "https://company.example/news", language: "en" });

const news = createWorker({ publication: fromFeed(load), path: "/news" });

// All that our wrangler.toml binds.
export const { Scheduler, Hub, TopicShard, Usage } = news;

export default { fetch: news.fetch };
