import { hubUrl } from "../model/address.ts";
import { hubDependencies, hubOf, shardDependencies } from "../push/bindings.ts";
import { createHub } from "../push/hub/hub.ts";
import { createTopicShard } from "../push/shard/topic-shard.ts";
import { editionOf, publicTopics } from "../routes/topics.ts";
import { createScheduler } from "../schedule/scheduler.ts";
import { createUsageObject } from "../usage/usage-object.ts";
import type { Env } from "./environment.ts";
import type { OpenedSite } from "./open-site.ts";
import type { DurableObjectClasses } from "./site-worker.ts";

/**
 * The classes of the Durable Objects that wrangler.toml binds. Each object opens the site in its own isolate, by
 * `open`.
 */
export const createDurableObjects = (
  open: (env: Env) => Pick<OpenedSite, "deployment" | "namesHub" | "site" | "source">,
): DurableObjectClasses => {
  /** One for the whole site: notices at the very minute what appears or leaves without an edit. */
  class Scheduler extends createScheduler((env: Env) => {
    const { site, source } = open(env);
    const { store, now } = site;
    return {
      store,
      now,
      ...(source.recompile && { recompile: source.recompile }),
      async onTransitions(items) {
        if (items.length > 0) console.log(`appeared or left: ${items.map(({ slug }) => slug).join(", ")}`);
        if (store.channel.hubs.length > 0 && env.HUB !== undefined) await hubOf(env).changed();
      },
    };
  }) {}

  /** One for the whole site: knows which topics have subscribers. */
  class Hub extends createHub((env: Env) => {
    const { site, deployment, namesHub } = open(env);
    const { url, hubs } = site.store.channel;
    return hubDependencies(url, env, {
      deployment,
      editionOf: editionOf(site),
      refresh: () => site.store.refresh(),
      isOpen: namesHub,
      externalHubs: hubs.filter((hub) => hub !== hubUrl(url)),
      publicTopics: () => publicTopics(site),
    });
  }) {}

  /** One or more for each topic: keeps a part of its subscriptions, and what is to be delivered to them. */
  class TopicShard extends createTopicShard((env: Env) => {
    const { url } = open(env).site.store.channel;
    return shardDependencies(url, env, hubUrl(url));
  }) {}

  /** One for the whole site: sums up what partners took. */
  class Usage extends createUsageObject((env: Env) => ({ now: open(env).site.now })) {}

  return { Scheduler, Hub, TopicShard, Usage };
};
