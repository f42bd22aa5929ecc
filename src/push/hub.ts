import { DurableObject } from "cloudflare:workers";
import type { Outside } from "./ask-subscriber.ts";
import type { EditionOf } from "./edition-of.ts";
import { openDirectory } from "./hub-directory.ts";
import type { HubRequest } from "./hub-request.ts";
import { HUB_SCHEMA } from "./hub-schema.ts";
import { inParallel } from "./in-parallel.ts";
import { openPings, type Ping } from "./pings.ts";
import { sendPing } from "./send-ping.ts";
import { AT_ONCE, type HubSettings, retryDelay } from "./settings.ts";
import { layoutOf, shardName } from "./shard-name.ts";
import type { Admission, Census, Hub, Shard, TopicStatus } from "./stubs.ts";

/** What the hub works with. */
export interface HubParts {
  readonly settings: HubSettings;
  readonly shard: (name: string) => Shard;
  readonly editionOf: EditionOf;
  /** Forgets what `editionOf` knows: something may have changed since. */
  readonly refresh: () => void;
  /** Hubs elsewhere, and the topics that they are told of. */
  readonly outsideHubs: readonly string[];
  readonly publicTopics: () => Promise<readonly string[]>;
  readonly outside: Pick<Outside, "fetch" | "timeOut">;
  /** Milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
}

const TOPICS_AT_ONCE = 100;
const TOPICS_TOLD = 20;
const PINGS_AT_ONCE = 100;
const MOST_PINGS = 8;

/** Milliseconds. An alarm that fails six times in a row is never called again, so it must not fail. */
const AFTER_FAILURE = 10_000;

/** One for the whole site. `partsOf` gives it what it works with. */
export const createHub = <Bindings>(partsOf: (bindings: Bindings) => HubParts) =>
  class HubObject extends DurableObject<Bindings> implements Hub {
    readonly #directory = openDirectory(this.ctx.storage.sql);
    readonly #pings = openPings(this.ctx.storage.sql);
    readonly #parts = partsOf(this.env);

    constructor(ctx: DurableObjectState, env: Bindings) {
      super(ctx, env);
      ctx.storage.sql.exec(HUB_SCHEMA);
    }

    async admit(etag: string, request: HubRequest): Promise<Admission> {
      const { settings, shard } = this.#parts;
      const { topic, callback, mode } = request;
      this.#directory.meet(topic, etag);
      const newest = shardName(topic, callback, this.#directory.shardsFor(topic, settings.shardSize));
      const name = (await this.#holderOf(topic, callback, newest)) ?? newest;
      const full = mode === "subscribe" ? this.#whyFull(topic, callback) : undefined;
      if (full !== undefined && !(await shard(name).has(callback))) {
        await shard(name).refuse(name, topic, callback, full);
        return "accepted";
      }
      return (await shard(name).request(name, topic, request)) ? "accepted" : "busy";
    }

    /** The shard of an older layout that keeps a callback's subscription: these stay where they are. */
    async #holderOf(topic: string, callback: string, newest: string): Promise<string | undefined> {
      const layouts = new Set(this.#directory.shardsOf(topic).map(layoutOf));
      for (const layout of layouts) {
        const name = shardName(topic, callback, layout);
        if (name !== newest && (await this.#parts.shard(name).has(callback))) return name;
      }
      return undefined;
    }

    #whyFull(topic: string, callback: string): string | undefined {
      const { mostPerTopic, mostPerHost } = this.#parts.settings;
      const { hostname } = new URL(callback);
      if (this.#directory.subscribersOf(topic) >= mostPerTopic) return "This topic has as many subscribers as it can.";
      if (this.#directory.onHost(hostname) >= mostPerHost) return `There are too many subscriptions of ${hostname}.`;
      return undefined;
    }

    async changed(deployment?: string): Promise<void> {
      if (deployment !== undefined) {
        if ((await this.ctx.storage.get("deployment")) === deployment) return;
        await this.ctx.storage.put("deployment", deployment);
      }
      await this.ctx.storage.put("changed", true);
      await this.ctx.storage.setAlarm(this.#parts.now());
    }

    async count(census: Census): Promise<void> {
      this.#directory.count(census);
    }

    async status(after: string): Promise<readonly TopicStatus[]> {
      return inParallel(this.#directory.after(after, TOPICS_TOLD), AT_ONCE, async ({ topic }) => {
        const shards = await inParallel(this.#directory.shardsOf(topic), AT_ONCE, (name) =>
          this.#parts.shard(name).status(),
        );
        const lastDelivery = Math.max(0, ...shards.map((one) => one.lastDelivery ?? 0));
        return {
          topic,
          subscribers: shards.reduce((sum, { subscribers }) => sum + subscribers, 0),
          pending: shards.reduce((sum, { pending }) => sum + pending, 0),
          ...(lastDelivery > 0 && { lastDelivery }),
          failures: shards.flatMap(({ failures }) => failures),
        };
      });
    }

    drop(topic: string, callback: string | undefined, reason: string): Promise<number> {
      return this.#inShards(topic, (shard) => shard.drop(callback, reason));
    }

    replay(topic: string, callback: string | undefined): Promise<number> {
      return this.#inShards(topic, (shard) => shard.replay(callback));
    }

    async #inShards(topic: string, act: (shard: Shard) => Promise<number>): Promise<number> {
      let sum = 0;
      for (const name of this.#directory.shardsOf(topic)) sum += await act(this.#parts.shard(name));
      return sum;
    }

    override async alarm(): Promise<void> {
      const { now } = this.#parts;
      try {
        await this.#work();
        const next = this.#pings.next();
        if (next !== null) await this.ctx.storage.setAlarm(next);
      } catch (error) {
        console.error("the hub failed, and will try again", error);
        await this.ctx.storage.setAlarm(now() + AFTER_FAILURE);
      }
    }

    async #work(): Promise<void> {
      if ((await this.ctx.storage.get("changed")) === true) {
        // Who calls while it looks has it look again.
        await this.ctx.storage.delete("changed");
        try {
          this.#parts.refresh();
          await this.#lookAtTopics();
          await this.#lookForPings();
        } catch (error) {
          await this.ctx.storage.put("changed", true);
          throw error;
        }
      }
      await inParallel(this.#pings.due(this.#parts.now(), PINGS_AT_ONCE), AT_ONCE, (ping) => this.#ping(ping));
    }

    async #lookAtTopics(): Promise<void> {
      let last = "";
      let failure: unknown;
      for (;;) {
        const topics = this.#directory.after(last, TOPICS_AT_ONCE);
        for (const { topic, etag } of topics) {
          try {
            await this.#lookAt(topic, etag);
          } catch (error) {
            // The others shall not wait for this one.
            failure = error;
          }
          last = topic;
        }
        if (topics.length < TOPICS_AT_ONCE) break;
      }
      if (failure !== undefined) throw failure;
    }

    async #lookAt(topic: string, etag: string): Promise<void> {
      const { editionOf, shard } = this.#parts;
      const current = await editionOf(topic, etag);
      if (current.kind === "gone") await this.drop(topic, undefined, "This feed is gone.");
      if (current.kind !== "changed") return;
      for (const name of this.#directory.shardsOf(topic)) await shard(name).announce(current.edition);
      this.#directory.announced(topic, current.edition.etag);
    }

    async #lookForPings(): Promise<void> {
      const { outsideHubs, publicTopics, editionOf, now } = this.#parts;
      if (outsideHubs.length === 0) return;
      for (const topic of await publicTopics()) {
        const current = await editionOf(topic, undefined);
        if (current.kind !== "changed") continue;
        const { etag } = current.edition;
        for (const hub of outsideHubs)
          if (this.#pings.tagOf(hub, topic) !== etag) this.#pings.add(hub, topic, etag, now());
      }
    }

    async #ping(ping: Ping): Promise<void> {
      const { outside, now, settings, random } = this.#parts;
      const failure = await sendPing(outside, ping.hub, ping.topic);
      if (failure !== undefined)
        console.error(`${ping.hub} could not be told that ${ping.topic} has changed: ${failure}`);
      const isOver = failure === undefined || ping.attempts + 1 >= MOST_PINGS;
      this.#pings.settle(ping, isOver ? null : now() + retryDelay(settings, ping.attempts + 1, random));
    }
  };
