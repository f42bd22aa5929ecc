import { DurableObject } from "cloudflare:workers";
import { mapInTurns } from "../../lib/map-in-turns.ts";
import type { AlarmHandler, ObjectClass } from "../../lib/object-class.ts";
import { applySchemaSteps } from "../../lib/schema-steps.ts";
import { runAlarm, setAlarmBy } from "../../schedule/alarm.ts";
import type { HubRequest } from "../protocol/protocol.ts";
import type { Admission, Hub, Shard, ShardCall, ShardStatus, SubscriberCounts, TopicStatus } from "../rpc.ts";
import { CONCURRENCY } from "../settings.ts";
import { shardCountOf, shardName } from "../shard/shard-name.ts";
import { checkTopic } from "./check-topic.ts";
import type { HubDependencies } from "./dependencies.ts";
import { openPings, sendPings } from "./external-hub-pings.ts";
import { HUB_SCHEMA } from "./schema.ts";
import { type KnownShard, openDirectory } from "./shard-directory.ts";
import { type DueTopic, openTopics } from "./topics.ts";

/** For `mapInTurns`: nobody goes first. */
const alike = (): readonly string[] => [];

// Keys of the object's storage.

/** Number of the last change that the hub was told of. */
const CHANGE = "change";
/** Number of the change after which the public topics were listed last. */
const LISTED_CHANGE = "listed_change";
/** Deployment of the code that checked topics last. */
const DEPLOYMENT = "deployment";
/** When somebody pinged the hub last. */
const LAST_PING = "last_ping";

/** More would take more queries of D1 than one invocation may send. */
const MAX_TOPICS_PER_ALARM = 100;

const STATUS_PAGE_SIZE = 20;

const MIN_PING_INTERVAL_MS = 10_000;

/** Sums how the shards of a topic stand. */
const sumStatus = (shards: readonly ShardStatus[]): ShardStatus => {
  const lastDelivery = Math.max(0, ...shards.map((one) => one.lastDelivery ?? 0));
  return {
    subscribers: shards.reduce((sum, { subscribers }) => sum + subscribers, 0),
    pending: shards.reduce((sum, { pending }) => sum + pending, 0),
    ...(lastDelivery > 0 && { lastDelivery }),
    failures: shards.flatMap(({ failures }) => failures),
  };
};

/** Opens what the hub stores. Throws if a newer version of the worker has written it. */
const openStored = (storage: DurableObjectStorage) => {
  applySchemaSteps(storage, "Hub", HUB_SCHEMA);
  const { sql } = storage;
  return { storage, directory: openDirectory(sql), topics: openTopics(sql), pings: openPings(sql) };
};

type StoredParts = ReturnType<typeof openStored>;

/** Makes the class of the Durable Object `Hub`, of which there is one for the whole site. */
export const createHub = <Bindings>(
  dependenciesOf: (bindings: Bindings) => HubDependencies,
): ObjectClass<Bindings, Hub & AlarmHandler> =>
  class HubObject extends DurableObject<Bindings> implements Hub {
    /** Those of this very moment: the site may have been loaded anew. */
    get #dependencies(): HubDependencies {
      return dependenciesOf(this.env);
    }

    #opened: StoredParts | undefined;

    /** Opened by the first call, and not by the constructor: of an alarm that fails there the platform gives up. */
    get #stored(): StoredParts {
      this.#opened ??= openStored(this.ctx.storage);
      return this.#opened;
    }

    async admit(etag: string, request: HubRequest): Promise<Admission> {
      const holders = await this.#holdersOf(request.topic, request.callback);
      return request.mode === "unsubscribe"
        ? this.#unsubscribe(holders, etag, request)
        : this.#subscribe(holders[0], etag, request);
    }

    /**
     * Ends a subscription where it is held. Nobody is asked to confirm the end of a subscription that they never had.
     */
    async #unsubscribe(holders: readonly string[], etag: string, request: HubRequest): Promise<Admission> {
      let isNoted = true;
      for (const name of holders) {
        const call = this.#recordCall(name, request.topic, etag, []);
        isNoted = (await this.#dependencies.shard(name).request(call, request)) && isNoted;
      }
      return isNoted ? "accepted" : "busy";
    }

    /** Adds a subscription, or renews it in the shard that holds it. */
    async #subscribe(holder: string | undefined, etag: string, request: HubRequest): Promise<Admission> {
      const { settings, shard } = this.#dependencies;
      const { topic, callback, address } = request;
      const name =
        holder ?? shardName(topic, callback, this.#stored.directory.shardCountFor(topic, settings.shardSize));
      const hosts =
        holder !== undefined ? [] : [new URL(callback).hostname, ...(address === undefined ? [] : [address])];
      const denial = this.#reasonForDenial(topic, hosts);
      const isNew = !this.#isKnown(name, topic);
      const countedHosts = denial === undefined ? hosts : [];
      const call = this.#recordCall(name, topic, etag, countedHosts);
      if (isNew) await this.#checkAgain(topic);
      try {
        if (denial === undefined) return (await shard(name).request(call, request)) ? "accepted" : "busy";
        await shard(name).deny(call, request, denial);
        return "accepted";
      } catch (error) {
        this.#stored.directory.undoCall(name, call.calls, countedHosts);
        this.#stored.topics.deleteUnused();
        throw error;
      }
    }

    #recordCall(name: string, topic: string, etag: string, hosts: readonly string[]): ShardCall {
      return {
        name,
        topic,
        calls: this.#stored.directory.recordCall(name, topic, etag, hosts, this.#dependencies.now()),
      };
    }

    #isKnown(name: string, topic: string): boolean {
      return this.#stored.directory.shardsOf(topic).some(({ shard }) => shard === name);
    }

    /** Has a topic checked at once: what was read before one of its shards was known may be outdated. */
    #checkAgain(topic: string): Promise<void> {
      this.#stored.topics.markUnchecked(topic);
      return this.#setAlarmNow();
    }

    /**
     * Returns the shards that hold a callback's subscription, however many shards there were when it came: it stays
     * where it is.
     */
    async #holdersOf(topic: string, callback: string): Promise<readonly string[]> {
      const known = this.#stored.directory.shardsOf(topic).map(({ shard }) => shard);
      const shardCounts = [...new Set(known.map(shardCountOf))];
      const names = shardCounts.map((count) => shardName(topic, callback, count)).filter((one) => known.includes(one));
      const holders: string[] = [];
      for (const name of names) if (await this.#dependencies.shard(name).has(callback)) holders.push(name);
      return holders;
    }

    /**
     * Returns why there is no room for a new subscription that is counted for these hosts. A renewal is counted for
     * none.
     */
    #reasonForDenial(topic: string, hosts: readonly string[]): string | undefined {
      if (hosts.length === 0) return undefined;
      const { maxPerTopic, maxPerHost } = this.#dependencies.settings;
      if (this.#stored.directory.countSubscribers(topic) >= maxPerTopic)
        return "This topic has as many subscribers as it can.";
      const full = hosts.find((host) => this.#stored.directory.countOnHost(host) >= maxPerHost);
      return full === undefined ? undefined : `There are too many subscriptions of ${full}.`;
    }

    async changed(deployment?: string): Promise<void> {
      if (deployment !== undefined && (await this.#stored.storage.get(DEPLOYMENT)) === deployment) return;
      await this.#stored.storage.put(CHANGE, 1 + (await this.#lastChange()));
      await this.#setAlarmNow();
    }

    async #lastChange(): Promise<number> {
      return (await this.#stored.storage.get<number>(CHANGE)) ?? 1;
    }

    async ping(): Promise<void> {
      const now = this.#dependencies.now();
      if (now - ((await this.#stored.storage.get<number>(LAST_PING)) ?? 0) < MIN_PING_INTERVAL_MS) return;
      await this.#stored.storage.put(LAST_PING, now);
      await this.changed();
    }

    async updateCounts(counts: SubscriberCounts): Promise<void> {
      const { shard, topic, subscribers } = counts;
      const isNew = subscribers > 0 && !this.#isKnown(shard, topic);
      this.#stored.directory.updateCounts(counts);
      if (isNew) await this.#checkAgain(topic);
    }

    async status(after: string): Promise<readonly TopicStatus[]> {
      const shardStatus = ({ shard }: KnownShard): Promise<ShardStatus> => this.#dependencies.shard(shard).status();
      const topicStatus = async (topic: string): Promise<TopicStatus> => {
        const shards = this.#stored.directory.shardsOf(topic);
        return { topic, ...sumStatus(await mapInTurns(shards, alike, shardStatus, { max: CONCURRENCY })) };
      };
      const topics = this.#stored.directory.topicsAfter(after, STATUS_PAGE_SIZE);
      return mapInTurns(topics, alike, topicStatus, { max: CONCURRENCY });
    }

    drop(topic: string, callback: string | undefined, reason: string): Promise<number> {
      return this.#sumOverShards(topic, (shard) => shard.drop(callback, reason));
    }

    async replay(topic: string, callback: string | undefined): Promise<number | undefined> {
      if (this.#stored.directory.shardsOf(topic).length === 0) return undefined;
      return this.#sumOverShards(topic, (shard) => shard.replay(callback));
    }

    async #sumOverShards(topic: string, call: (shard: Shard) => Promise<number>): Promise<number> {
      let sum = 0;
      for (const { shard } of this.#stored.directory.shardsOf(topic))
        sum += await call(this.#dependencies.shard(shard));
      return sum;
    }

    override alarm(): Promise<void> {
      const { storage } = this.ctx;
      const { now, refresh } = this.#dependencies;
      return runAlarm(storage, "the hub", now, async () => {
        await refresh();
        const errors: unknown[] = [];
        const sendDuePings = (): Promise<void> => sendPings(this.#stored.pings, this.#dependencies);
        // Each is done even if another one fails.
        for (const work of [() => this.#listPublicTopics(), () => this.#checkTopics(), sendDuePings]) {
          await work().catch((error: unknown) => errors.push(error));
        }
        const times = [this.#stored.pings.nextDue(), this.#stored.topics.nextDue(await this.#lastChange())];
        await setAlarmBy(storage, Math.min(...times.map((time) => time ?? Number.POSITIVE_INFINITY)), now());
        if (errors.length > 0) throw errors[0];
      });
    }

    #setAlarmNow(): Promise<void> {
      const now = this.#dependencies.now();
      return setAlarmBy(this.ctx.storage, now, now);
    }

    /**
     * Checks topics that were not checked since the last change. If the object dies on the way, the others are still to
     * be checked.
     */
    async #checkTopics(): Promise<void> {
      const { deployment, now, externalHubs } = this.#dependencies;
      const change = await this.#lastChange();
      const context = {
        ...this.#dependencies,
        directory: this.#stored.directory,
        topics: this.#stored.topics,
        pings: this.#stored.pings,
        endSubscriptions: (topic: string, reason: string) => this.drop(topic, undefined, reason),
      };
      const errors: unknown[] = [];
      const check = async (due: DueTopic): Promise<void> => {
        try {
          await checkTopic(due.topic, context);
          this.#stored.topics.markChecked(due, change);
        } catch (error) {
          errors.push(error);
          this.#stored.topics.recordFailure(due, now());
        }
      };
      const due = this.#stored.topics.due(change, now(), MAX_TOPICS_PER_ALARM);
      await mapInTurns(due, alike, check, { max: CONCURRENCY });
      if (errors.length > 0)
        console.error(`the hub could not check ${errors.length} feeds, and will try again`, errors[0]);
      this.#stored.pings.deleteUnused(externalHubs);
      this.#stored.topics.deleteUnused();
      // Those that are left, or failed, are checked anyway.
      await this.#stored.storage.put(DEPLOYMENT, deployment);
    }

    /** Asks once after each change of which topics hubs elsewhere are told. */
    async #listPublicTopics(): Promise<void> {
      const { storage } = this.#stored;
      const change = await this.#lastChange();
      if ((await storage.get(LISTED_CHANGE)) === change) return;
      const { externalHubs, publicTopics } = this.#dependencies;
      this.#stored.topics.setPublic(externalHubs.length === 0 ? [] : await publicTopics());
      await storage.put(LISTED_CHANGE, change);
    }
  };
