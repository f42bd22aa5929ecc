import { DurableObject } from "cloudflare:workers";
import { callBy, keepAlarm } from "../alarm/keep-alarm.ts";
import { openDirectory } from "./hub-directory.ts";
import type { HubParts } from "./hub-parts.ts";
import type { HubRequest } from "./hub-request.ts";
import { HUB_SCHEMA } from "./hub-schema.ts";
import { inParallel } from "./in-parallel.ts";
import { pingHubs } from "./ping-hubs.ts";
import { openPings } from "./pings.ts";
import { AT_ONCE } from "./settings.ts";
import { layoutOf, shardName } from "./shard-name.ts";
import type { Admission, Census, Hub, Shard, TopicStatus, Visit } from "./stubs.ts";
import { sumStatus } from "./sum-status.ts";

/** How often it was told of changes since it looked last. */
const CHANGES = "changes";

/** What it looked at last, and when. */
const DEPLOYMENT = "deployment";
const LOOKED = "looked";

const TOPICS_AT_ONCE = 100;
const TOPICS_TOLD = 20;

/** Milliseconds between looks that anybody may ask for. */
const NUDGES_APART = 10_000;

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
      const { topic, callback, address, mode } = request;
      const holders = await this.#holdersOf(topic, callback);
      if (mode === "unsubscribe") {
        // Nobody is asked about what they never had.
        let isNoted = true;
        for (const name of holders) {
          isNoted = (await shard(name).request(this.#visit(name, topic, etag, []), request)) && isNoted;
        }
        return isNoted ? "accepted" : "busy";
      }
      const layout = (): number => this.#directory.layoutFor(topic, settings.shardSize);
      const name = holders[0] ?? shardName(topic, callback, layout());
      const hosts = [new URL(callback).hostname, ...(address === undefined ? [] : [address])];
      const full = holders.length === 0 ? this.#whyFull(topic, hosts) : undefined;
      await this.#lookIfNew(name, topic);
      const visit = this.#visit(name, topic, etag, holders.length === 0 && full === undefined ? hosts : []);
      if (full === undefined) return (await shard(name).request(visit, request)) ? "accepted" : "busy";
      await shard(name).deny(visit, request, full);
      return "accepted";
    }

    #visit(name: string, topic: string, etag: string, hosts: readonly string[]): Visit {
      return { name, topic, visits: this.#directory.visit(name, topic, etag, hosts) };
    }

    /** What was read before a topic was known may be old by now: it is looked at again. */
    async #lookIfNew(name: string, topic: string): Promise<void> {
      if (!this.#directory.shardsOf(topic).some(({ shard }) => shard === name)) await this.changed();
    }

    /** The shards that keep a callback's subscription, in any layout: subscriptions stay where they are. */
    async #holdersOf(topic: string, callback: string): Promise<readonly string[]> {
      const known = this.#directory.shardsOf(topic).map(({ shard }) => shard);
      const layouts = [...new Set(known.map(layoutOf))];
      const names = layouts.map((layout) => shardName(topic, callback, layout)).filter((one) => known.includes(one));
      const held: string[] = [];
      for (const name of names) if (await this.#parts.shard(name).has(callback)) held.push(name);
      return held;
    }

    #whyFull(topic: string, hosts: readonly string[]): string | undefined {
      const { mostPerTopic, mostPerHost } = this.#parts.settings;
      if (this.#directory.subscribersOf(topic) >= mostPerTopic) return "This topic has as many subscribers as it can.";
      const full = hosts.find((host) => this.#directory.onHost(host) >= mostPerHost);
      return full === undefined ? undefined : `There are too many subscriptions of ${full}.`;
    }

    async changed(deployment?: string): Promise<void> {
      if (deployment !== undefined && (await this.ctx.storage.get(DEPLOYMENT)) === deployment) return;
      await this.ctx.storage.put(CHANGES, 1 + ((await this.ctx.storage.get<number>(CHANGES)) ?? 0));
      await this.#callNow();
    }

    async nudge(): Promise<void> {
      const looked = (await this.ctx.storage.get<number>(LOOKED)) ?? 0;
      if (this.#parts.now() - looked >= NUDGES_APART) await this.changed();
    }

    async noteCensus(census: Census): Promise<void> {
      this.#directory.noteCensus(census);
    }

    async status(after: string): Promise<readonly TopicStatus[]> {
      return inParallel(this.#directory.after(after, TOPICS_TOLD), AT_ONCE, async (topic) => {
        const shards = this.#directory.shardsOf(topic);
        const told = await inParallel(shards, AT_ONCE, ({ shard }) => this.#parts.shard(shard).status());
        return { topic, ...sumStatus(told) };
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
      for (const { shard } of this.#directory.shardsOf(topic)) sum += await act(this.#parts.shard(shard));
      return sum;
    }

    override alarm(): Promise<void> {
      return keepAlarm(this.ctx.storage, "the hub", this.#parts.now, async () => {
        const failures: unknown[] = [];
        // Neither waits for the other that fails.
        for (const work of [() => this.#look(failures), () => pingHubs(this.#pings, this.#parts)]) {
          await work().catch((error: unknown) => failures.push(error));
        }
        await callBy(this.ctx.storage, this.#pings.next(), this.#parts.now());
        if (failures.length > 0) throw new AggregateError(failures, failures.join("; "));
        if ((await this.ctx.storage.get(CHANGES)) !== undefined) await this.#callNow();
      });
    }

    #callNow(): Promise<void> {
      const now = this.#parts.now();
      return callBy(this.ctx.storage, now, now);
    }

    /** Looks at every topic that has subscribers. Only then are changes forgotten: who dies on the way looks again. */
    async #look(failures: unknown[]): Promise<void> {
      const { storage } = this.ctx;
      const { refresh, deployment, now, editionOf, outsideHubs, publicTopics } = this.#parts;
      const changes = await storage.get<number>(CHANGES);
      if (changes === undefined) return;
      refresh();
      for (let topics = this.#directory.after("", TOPICS_AT_ONCE); topics.length > 0; ) {
        for (const topic of topics) await this.#lookAt(topic).catch((error: unknown) => failures.push(error));
        topics = this.#directory.after(topics.at(-1) ?? "", TOPICS_AT_ONCE);
      }
      this.#pings.forgetAllBut(outsideHubs);
      for (const topic of outsideHubs.length === 0 ? [] : await publicTopics()) {
        const known = this.#pings.compare(outsideHubs, topic, editionOf, now());
        await known.catch((error: unknown) => failures.push(error));
      }
      await storage.put(LOOKED, now());
      if (failures.length > 0 || (await storage.get<number>(CHANGES)) !== changes) return;
      await storage.delete(CHANGES);
      await storage.put(DEPLOYMENT, deployment);
    }

    async #lookAt(topic: string): Promise<void> {
      const { editionOf, shard } = this.#parts;
      const shards = this.#directory.shardsOf(topic);
      const [tag, ...others] = new Set(shards.map(({ etag }) => etag));
      const current = await editionOf(topic, others.length === 0 ? tag : undefined);
      if (current.kind === "gone") await this.drop(topic, undefined, "This feed is gone.");
      if (current.kind !== "changed") return;
      for (const known of shards.filter(({ etag }) => etag !== current.edition.etag)) {
        await shard(known.shard).announce(current.edition);
        this.#directory.announced(known.shard, current.edition.etag);
      }
    }
  };
