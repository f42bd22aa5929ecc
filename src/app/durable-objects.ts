import { hubUrl } from "../model/address.ts";
import { hubDependencies, hubOf, shardDependencies } from "../push/bindings.ts";
import { createHub } from "../push/hub/hub.ts";
import { createTopicShard } from "../push/shard/topic-shard.ts";
import { editionOf, publicTopics } from "../routes/topics.ts";
import { createLoadingScheduler } from "../schedule/loading-scheduler.ts";
import { createScheduler } from "../schedule/scheduler.ts";
import { openBundled } from "../store/bundled/bundled-store.ts";
import type { PublicationSource, ServedPublication } from "../store/loaded/publication-source.ts";
import { createUsageObject } from "../usage/usage-object.ts";
import type { Env } from "./environment.ts";
import type { OpenedSite } from "./open-site.ts";
import type { DurableObjectClasses } from "./site-worker.ts";
import { deploymentOf, type Sites } from "./sites.ts";

/** A publication that is loaded while the worker runs, and the path below which it is served. */
export interface MountedSource {
  readonly source: PublicationSource;
  readonly basePath: string;
}

/** Tells the hub, if the site has one, that something may have changed. */
const notifyHub = async (env: Env, hubs: readonly string[]): Promise<void> => {
  if (hubs.length > 0 && env.HUB !== undefined) await hubOf(env).changed();
};

/** The store of a publication that was loaded. */
const storeOf = ({ text, id, at }: ServedPublication, { SITE_URL = "" }: Env) =>
  openBundled(text, SITE_URL, { id, ...(at !== undefined && { at }) });

/** The scheduler of a publication that is loaded while the worker runs. */
const loadingScheduler = ({ source, basePath }: MountedSource, now: () => number) =>
  createLoadingScheduler((env: Env) => ({
    ...{ source, basePath, now, deployment: deploymentOf(env) },
    snapshotOf: (served, time) => storeOf(served, env).snapshotAt(time),
    onChange: (served) => notifyHub(env, storeOf(served, env).channel.hubs),
  }));

/** The scheduler of a publication that the build compiled, or of the newsroom. */
const storeScheduler = (sites: Sites) =>
  createScheduler((env: Env) => {
    const { site, source } = sites.known(env);
    const { store, now } = site;
    return {
      store,
      now,
      ...(source.recompile && { recompile: source.recompile }),
      async onTransitions(items) {
        if (items.length > 0) console.log(`appeared or left: ${items.map(({ slug }) => slug).join(", ")}`);
        await notifyHub(env, store.channel.hubs);
      },
    };
  });

/** What an object works with, made of the site that is current and the first bindings; remembered as long as the site is there. */
const oncePerSite = <Made>(sites: Sites, make: (opened: OpenedSite, env: Env) => Made): ((env: Env) => Made) => {
  const known = new WeakMap<OpenedSite, Made>();
  return (env) => {
    const opened = sites.known(env);
    const made = known.get(opened) ?? make(opened, env);
    known.set(opened, made);
    return made;
  };
};

/** The classes of the Durable Objects that wrangler.toml binds. Each object opens the site in its own isolate. */
export const createDurableObjects = (
  sites: Sites,
  now: () => number,
  mounted?: MountedSource,
): DurableObjectClasses => {
  /** Has an object wait for a site that must be asked for, before it is called. */
  const prepare = async (state: DurableObjectState, env: Env): Promise<void> => {
    if (mounted !== undefined) await state.blockConcurrencyWhile(async () => sites.current(env));
  };

  /** One for the whole site: notices at the very minute what appears or leaves without an edit. */
  class Scheduler extends (mounted === undefined ? storeScheduler(sites) : loadingScheduler(mounted, now)) {}

  /** One for the whole site: knows which topics have subscribers. */
  class Hub extends createHub(
    oncePerSite(sites, ({ site, deployment, namesHub }, env) => {
      const { url, hubs } = site.store.channel;
      return hubDependencies(url, env, {
        deployment,
        editionOf: editionOf(site),
        refresh: () => sites.refresh(env),
        isOpen: namesHub,
        externalHubs: hubs.filter((hub) => hub !== hubUrl(url)),
        publicTopics: () => publicTopics(site),
      });
    }),
  ) {
    constructor(state: DurableObjectState, env: Env) {
      super(state, env);
      void prepare(state, env);
    }
  }

  /** One or more for each topic: keeps a part of its subscriptions, and what is to be delivered to them. */
  class TopicShard extends createTopicShard(
    oncePerSite(sites, ({ site }, env) => {
      const { url } = site.store.channel;
      return shardDependencies(url, env, hubUrl(url));
    }),
  ) {
    constructor(state: DurableObjectState, env: Env) {
      super(state, env);
      void prepare(state, env);
    }
  }

  /** One for the whole site: sums up what partners took. */
  class Usage extends createUsageObject<Env>(() => ({ now })) {}

  return { Scheduler, Hub, TopicShard, Usage };
};
