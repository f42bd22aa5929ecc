import { DurableObject } from "cloudflare:workers";
import { mapConcurrently } from "../../outbound/concurrency.ts";
import { runAlarm, setAlarmBy } from "../../schedule/alarm.ts";
import type { HubRequest } from "../protocol/protocol.ts";
import type { Admission, Hub, Shard, ShardCall, ShardStatus, SubscriberCounts, TopicStatus } from "../rpc.ts";
import { CONCURRENCY } from "../settings.ts";
import { shardCountOf, shardName } from "../shard/shard-name.ts";
import { checkTopic } from "./check-topic.ts";
import type { HubDependencies } from "./dependencies.ts";
import { type KnownShard, openDirectory } from "./directory.ts";
import { pingHubs } from "./ping-hubs.ts";
import { openPings } from "./pings.ts";
import { HUB_SCHEMA } from "./schema.ts";
import { sumStatus } from "./sum-status.ts";
import { openTopics, type Wanted } from "./topics.ts";

/** Number of the last change that it was told of. */
const CHANGE = "change";

/** After which change it asked last for the topics that hubs elsewhere are told of. */
const LISTED = "listed";

/** Which one it looked at last, and when somebody nudged it. */
const DEPLOYMENT = "deployment";
const NUDGED = "nudged";

/** More take more queries of D1 than one invocation may send. */
const TOPICS_A_LOOK = 100;
const TOPICS_TOLD = 20;

/** Milliseconds between looks that anybody may ask for. */
const NUDGES_APART = 10_000;

/** One for the whole site. `partsOf` gives it what it works with. */
export const createHub = <Bindings>(dependenciesOf: (bindings: Bindings) => HubDependencies) =>
  class HubObject extends DurableObject<Bindings> implements Hub {
    readonly #directory = openDirectory(this.ctx.storage.sql);
    readonly #topics = openTopics(this.ctx.storage.sql);
    readonly #pings = openPings(this.ctx.storage.sql);
    readonly #dependencies = dependenciesOf(this.env);

    constructor(ctx: DurableObjectState, env: Bindings) {
      super(ctx, env);
      ctx.storage.sql.exec(HUB_SCHEMA);
    }

    async admit(etag: string, request: HubRequest): Promise<Admission> {
      const { settings, shard } = this.#dependencies;
      const { topic, callback, address, mode } = request;
      const holders = await this.#holdersOf(topic, callback);
      if (mode === "unsubscribe") {
        // Nobody is asked about what they never had.
        let isNoted = true;
        for (const name of holders) {
          const call = this.#call(name, topic, etag, []);
          isNoted = (await shard(name).request(call, request)) && isNoted;
        }
        return isNoted ? "accepted" : "busy";
      }
      const layout = (): number => this.#directory.layoutFor(topic, settings.shardSize);
      const name = holders[0] ?? shardName(topic, callback, layout());
      const hosts = holders.length > 0 ? [] : [new URL(callback).hostname, ...(address === undefined ? [] : [address])];
      const full = this.#whyFull(topic, hosts);
      const isNew = !this.#knows(name, topic);
      const counted = full === undefined ? hosts : [];
      const call = this.#call(name, topic, etag, counted);
      if (isNew) await this.#lookAt(topic);
      try {
        if (full === undefined) return (await shard(name).request(call, request)) ? "accepted" : "busy";
        await shard(name).deny(call, request, full);
        return "accepted";
      } catch (error) {
        this.#directory.undoCall(name, call.calls, counted);
        this.#topics.forgetUnused();
        throw error;
      }
    }

    #call(name: string, topic: string, etag: string, hosts: readonly string[]): ShardCall {
      return { name, topic, calls: this.#directory.call(name, topic, etag, hosts, this.#dependencies.now()) };
    }

    #knows(name: string, topic: string): boolean {
      return this.#directory.shardsOf(topic).some(({ shard }) => shard === name);
    }

    /** What was read before a shard of the topic was known may be old by now. */
    #lookAt(topic: string): Promise<void> {
      this.#topics.note(topic);
      return this.#callNow();
    }

    /** The shards that keep a callback's subscription, in any layout: subscriptions stay where they are. */
    async #holdersOf(topic: string, callback: string): Promise<readonly string[]> {
      const known = this.#directory.shardsOf(topic).map(({ shard }) => shard);
      const layouts = [...new Set(known.map(shardCountOf))];
      const names = layouts.map((layout) => shardName(topic, callback, layout)).filter((one) => known.includes(one));
      const held: string[] = [];
      for (const name of names) if (await this.#dependencies.shard(name).has(callback)) held.push(name);
      return held;
    }

    /** Why there is no room for a new subscription that counts under these hosts; a renewal counts under none. */
    #whyFull(topic: string, hosts: readonly string[]): string | undefined {
      if (hosts.length === 0) return undefined;
      const { maxPerTopic, maxPerHost } = this.#dependencies.settings;
      if (this.#directory.subscribersOf(topic) >= maxPerTopic) return "This topic has as many subscribers as it can.";
      const full = hosts.find((host) => this.#directory.onHost(host) >= maxPerHost);
      return full === undefined ? undefined : `There are too many subscriptions of ${full}.`;
    }

    async changed(deployment?: string): Promise<void> {
      if (deployment !== undefined && (await this.ctx.storage.get(DEPLOYMENT)) === deployment) return;
      await this.ctx.storage.put(CHANGE, 1 + (await this.#change()));
      await this.#callNow();
    }

    async #change(): Promise<number> {
      return (await this.ctx.storage.get<number>(CHANGE)) ?? 1;
    }

    async ping(): Promise<void> {
      const now = this.#dependencies.now();
      if (now - ((await this.ctx.storage.get<number>(NUDGED)) ?? 0) < NUDGES_APART) return;
      await this.ctx.storage.put(NUDGED, now);
      await this.changed();
    }

    async updateCounts(counts: SubscriberCounts): Promise<void> {
      const { shard, topic, subscribers } = counts;
      const isNew = subscribers > 0 && !this.#knows(shard, topic);
      this.#directory.updateCounts(counts);
      if (isNew) await this.#lookAt(topic);
    }

    async status(after: string): Promise<readonly TopicStatus[]> {
      const statusOf = async (topic: string): Promise<TopicStatus> => {
        const shards = this.#directory.shardsOf(topic);
        const ask = ({ shard }: KnownShard): Promise<ShardStatus> => this.#dependencies.shard(shard).status();
        return { topic, ...sumStatus(await mapConcurrently(shards, ask, { concurrency: CONCURRENCY })) };
      };
      return mapConcurrently(this.#directory.after(after, TOPICS_TOLD), statusOf, { concurrency: CONCURRENCY });
    }

    drop(topic: string, callback: string | undefined, reason: string): Promise<number> {
      return this.#inShards(topic, (shard) => shard.drop(callback, reason));
    }

    async replay(topic: string, callback: string | undefined): Promise<number | undefined> {
      if (this.#directory.shardsOf(topic).length === 0) return undefined;
      return this.#inShards(topic, (shard) => shard.replay(callback));
    }

    async #inShards(topic: string, act: (shard: Shard) => Promise<number>): Promise<number> {
      let sum = 0;
      for (const { shard } of this.#directory.shardsOf(topic)) sum += await act(this.#dependencies.shard(shard));
      return sum;
    }

    override alarm(): Promise<void> {
      const { storage } = this.ctx;
      const { now } = this.#dependencies;
      return runAlarm(storage, "the hub", now, async () => {
        this.#dependencies.refresh();
        const failures: unknown[] = [];
        // None waits for another one that fails.
        for (const work of [() => this.#list(), () => this.#look(), () => pingHubs(this.#pings, this.#dependencies)]) {
          await work().catch((error: unknown) => failures.push(error));
        }
        const change = await this.#change();
        const times = [this.#pings.next(), this.#topics.next(change)].map((time) => time ?? Number.POSITIVE_INFINITY);
        await setAlarmBy(storage, Math.min(...times), now());
        if (failures.length > 0) throw failures[0];
      });
    }

    #callNow(): Promise<void> {
      const now = this.#dependencies.now();
      return setAlarmBy(this.ctx.storage, now, now);
    }

    /** Looks at topics that were not looked at since the last change. Who dies on the way goes on with the others. */
    async #look(): Promise<void> {
      const { storage } = this.ctx;
      const { deployment, now } = this.#dependencies;
      const change = await this.#change();
      const looking = {
        ...this.#dependencies,
        ...{ directory: this.#directory, topics: this.#topics, pings: this.#pings },
        end: (topic: string, reason: string) => this.drop(topic, undefined, reason),
      };
      const failures: unknown[] = [];
      const look = async (one: Wanted): Promise<void> => {
        try {
          await checkTopic(one.topic, looking);
          this.#topics.looked(one, change);
        } catch (error) {
          failures.push(error);
          this.#topics.failed(one, now());
        }
      };
      await mapConcurrently(this.#topics.wanted(change, now(), TOPICS_A_LOOK), look, { concurrency: CONCURRENCY });
      if (failures.length > 0)
        console.error(`the hub could not look at ${failures.length} feeds, and will try again`, failures[0]);
      this.#pings.forgetAllBut(this.#dependencies.externalHubs);
      this.#topics.forgetUnused();
      // Those that are left, or failed, are looked at anyway.
      await storage.put(DEPLOYMENT, deployment);
    }

    /** Asks once after each change which topics hubs elsewhere are told of. */
    async #list(): Promise<void> {
      const { storage } = this.ctx;
      const change = await this.#change();
      if ((await storage.get(LISTED)) === change) return;
      const { externalHubs, publicTopics } = this.#dependencies;
      this.#topics.publish(externalHubs.length === 0 ? [] : await publicTopics());
      await storage.put(LISTED, change);
    }
  };
