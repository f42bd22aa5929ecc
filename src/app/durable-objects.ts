import { hubUrl } from "../model/address.ts";
import { hubDependencies, hubOf, shardDependencies } from "../push/bindings.ts";
import { createHub } from "../push/hub/hub.ts";
import { createTopicShard } from "../push/shard/topic-shard.ts";
import type { Reading } from "../routes/site.ts";
import { editionOf, publicTopics } from "../routes/topics.ts";
import { createScheduler } from "../schedule/scheduler.ts";
import type { Env } from "./environment.ts";

/** What the Durable Objects need of their worker. */
export interface WorkerParts {
  readonly reading: (env: Env) => Reading;
  /** Identifies the version of the worker and its content. */
  readonly deployment: (env: Env) => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The classes of the Durable Objects that wrangler.toml binds. */
export const createDurableObjects = ({ reading, deployment, now }: WorkerParts) => {
  /** One for the whole site: notices what appears or leaves without an edit, at the very minute. */
  class Scheduler extends createScheduler((env: Env) => {
    const { store } = reading(env);
    return {
      store,
      now,
      async onTransitions(items) {
        if (items.length > 0) console.log(`appeared or left: ${items.map(({ slug }) => slug).join(", ")}`);
        if (store.channel.hubs.length > 0 && env.HUB !== undefined) await hubOf(env).changed();
      },
    };
  }) {}

  /** One for the whole site: knows which topics have subscribers. */
  class Hub extends createHub((env: Env) => {
    const { store } = reading(env);
    const { url, hubs } = store.channel;
    return hubDependencies(url, env, {
      deployment: deployment(env),
      editionOf: editionOf(reading(env)),
      refresh: () => store.refresh(),
      isOpen: hubs.includes(hubUrl(url)),
      externalHubs: hubs.filter((hub) => hub !== hubUrl(url)),
      publicTopics: () => publicTopics(reading(env)),
    });
  }) {}

  /** Keeps subscriptions of a topic. */
  class TopicShard extends createTopicShard((env: Env) => {
    const { url } = reading(env).store.channel;
    return shardDependencies(url, env, hubUrl(url));
  }) {}

  return { Scheduler, Hub, TopicShard };
};
