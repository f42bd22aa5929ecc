import { DurableObject } from "cloudflare:workers";
import { deny, type Outside, verifyIntent } from "./ask-subscriber.ts";
import type { Delivered } from "./delivery.ts";
import type { HubRequest } from "./hub-request.ts";
import { inParallel } from "./in-parallel.ts";
import { AT_ONCE, CALLBACKS_A_MESSAGE, grantLease, type HubSettings, retryDelay } from "./settings.ts";
import { settleDelivery } from "./settle-delivery.ts";
import { openEditions } from "./shard-editions.ts";
import { openFacts } from "./shard-facts.ts";
import { type Intent, openIntents } from "./shard-intents.ts";
import { SHARD_SCHEMA } from "./shard-schema.ts";
import { openSubscriptions } from "./shard-subscriptions.ts";
import type { Announced, Census, DeliveryMessage, Job, Shard, ShardStatus } from "./stubs.ts";

/** What a shard works with. */
export interface ShardParts {
  readonly settings: HubSettings;
  readonly outside: Outside;
  /** The hub's own address. */
  readonly hub: string;
  readonly enqueue: (messages: readonly DeliveryMessage[]) => Promise<void>;
  /** Tells the hub how many subscriptions there are. */
  readonly count: (census: Census) => Promise<void>;
  /** Milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
  /** Random, and another one each time. */
  readonly challenge: () => string;
}

/** Callbacks asked before it looks again what else is due. */
const INTENTS_AT_ONCE = 30;

/** Milliseconds: an alarm may take fifteen minutes. */
const WORK_AT_ONCE = 60_000;
const MOST_ATTEMPTS_TO_VERIFY = 3;

/** Batches handed out in one go; for the rest it is called again at once. */
const BATCHES_AT_ONCE = 100;

/** Milliseconds. An alarm that fails six times in a row is never called again, so it must not fail. */
const AFTER_FAILURE = 10_000;

/**
 * Keeps subscriptions of a topic, and the outbox: whom the latest edition is still to be sent to. Whatever dies on the way
 * (a worker, a message, this object) is noticed when it does not come back in time. `partsOf` gives it what it works with.
 */
export const createTopicShard = <Bindings>(partsOf: (bindings: Bindings) => ShardParts) =>
  class TopicShard extends DurableObject<Bindings> implements Shard {
    readonly #sql = this.ctx.storage.sql;
    readonly #facts = openFacts(this.#sql);
    readonly #editions = openEditions(this.#sql);
    readonly #intents = openIntents(this.#sql);
    readonly #subscriptions = openSubscriptions(this.#sql);
    readonly #parts = partsOf(this.env);

    constructor(ctx: DurableObjectState, env: Bindings) {
      super(ctx, env);
      this.#sql.exec(SHARD_SCHEMA);
    }

    async request(name: string, topic: string, request: HubRequest): Promise<boolean> {
      this.#facts.remember({ name, topic });
      const { settings, now } = this.#parts;
      const isNoted = this.#intents.add(request, grantLease(settings, request.lease), now());
      await this.#arm();
      return isNoted;
    }

    async refuse(name: string, topic: string, callback: string, reason: string): Promise<void> {
      this.#facts.remember({ name, topic });
      this.#intents.deny(callback, reason, this.#parts.now());
      await this.#arm();
    }

    async announce(edition: Announced): Promise<void> {
      if (this.#editions.tag() === edition.etag) return;
      this.ctx.storage.transactionSync(() => {
        this.#editions.replace(edition);
        this.#subscriptions.wakeAll(this.#parts.now());
      });
      await this.#arm();
    }

    async take(batch: number, known: string | undefined): Promise<Job | undefined> {
      const { settings, now, hub } = this.#parts;
      const recipients = this.#subscriptions.take(batch, now() + settings.claim);
      const tag = this.#editions.tag();
      if (recipients.length === 0) return undefined;
      if (tag !== undefined && tag === known) return { etag: tag, recipients };
      const edition = this.#editions.read();
      if (edition === undefined) return undefined;
      const { etag, contentType, body } = edition;
      return { etag, recipients, payload: { topic: this.#facts.identity().topic, hub, contentType, body } };
    }

    async report(batch: number, etag: string, outcomes: readonly Delivered[]): Promise<void> {
      const { settings, now, random } = this.#parts;
      this.ctx.storage.transactionSync(() => {
        const settling = {
          ...{ subscriptions: this.#subscriptions, settings, random, now: now() },
          isOutdated: this.#editions.tag() !== etag,
          end: (callback: string, reason: string) => this.#end(callback, reason),
        };
        for (const outcome of outcomes) settleDelivery(batch, outcome, settling);
        if (outcomes.some(({ kind }) => kind === "taken")) {
          this.#facts.delivered(settling.now);
        }
      });
      await this.#arm();
    }

    #end(callback: string, reason: string): void {
      if (!this.#subscriptions.remove(callback)) return;
      console.log(`subscription to ${this.#facts.identity().topic} ended: ${reason}`);
      this.#intents.deny(callback, reason, this.#parts.now());
    }

    async has(callback: string): Promise<boolean> {
      return this.#subscriptions.has(callback);
    }

    async drop(callback: string | undefined, reason: string): Promise<number> {
      const callbacks = callback === undefined ? this.#subscriptions.all() : [callback];
      const ending = callbacks.filter((one) => this.#subscriptions.has(one));
      for (const one of ending) this.#end(one, reason);
      await this.#arm();
      return ending.length;
    }

    async replay(callback: string | undefined): Promise<number> {
      if (this.#editions.tag() === undefined) return 0;
      const count = this.#subscriptions.replay(callback, this.#parts.now());
      await this.#arm();
      return count;
    }

    async status(): Promise<ShardStatus> {
      const lastDelivery = this.#facts.lastDelivery();
      return {
        ...this.#subscriptions.counts(),
        ...(lastDelivery > 0 && { lastDelivery }),
        failures: this.#subscriptions.failures(),
      };
    }

    override async alarm(): Promise<void> {
      try {
        await this.#work();
        await this.#arm();
      } catch (error) {
        console.error("a shard of the hub failed, and will try again", error);
        await this.ctx.storage.setAlarm(this.#parts.now() + AFTER_FAILURE);
      }
    }

    async #work(): Promise<void> {
      const { now } = this.#parts;
      const end = now() + WORK_AT_ONCE;
      this.#subscriptions.expire(now());
      do await this.#handOut();
      while ((await this.#askSome()) && now() < end);
      await this.#count();
    }

    /** Whether there may be more to ask. */
    async #askSome(): Promise<boolean> {
      const { now, settings, challenge } = this.#parts;
      // Twice the time that asking may take: whoever asks is still there.
      const again = now() + (2 * settings.timeOut * INTENTS_AT_ONCE) / AT_ONCE;
      const asking = this.#intents.take(now(), INTENTS_AT_ONCE, again, challenge);
      await inParallel(asking, AT_ONCE, (intent) => this.#ask(intent, intent.challenge));
      return asking.length === INTENTS_AT_ONCE;
    }

    async #handOut(): Promise<void> {
      const { now, settings, enqueue } = this.#parts;
      if (this.#editions.tag() === undefined) return;
      const batches = this.ctx.storage.transactionSync(() =>
        this.#subscriptions.batch(now(), CALLBACKS_A_MESSAGE, BATCHES_AT_ONCE, now() + settings.claim),
      );
      const { name } = this.#facts.identity();
      if (batches.length > 0) await enqueue(batches.map((batch) => ({ shard: name, batch })));
    }

    async #ask({ callback, mode, secret, lease, reason, attempts }: Intent, challenge: string): Promise<void> {
      const { outside, now, settings, random } = this.#parts;
      const { topic } = this.#facts.identity();
      if (mode === "denied") {
        await deny(outside, callback, topic, reason ?? "");
        this.#intents.end(callback, challenge);
        return;
      }
      const answer = await verifyIntent(outside, callback, { mode, topic, lease: lease / 1000 }, challenge);
      if (answer === "does not answer" && attempts + 1 < MOST_ATTEMPTS_TO_VERIFY) {
        this.#intents.postpone(callback, challenge, now() + retryDelay(settings, attempts + 1, random));
        return;
      }
      if (!this.#intents.end(callback, challenge) || answer !== "agrees") return;
      if (mode === "subscribe") this.#subscriptions.save({ callback, secret, expires: now() + lease });
      else this.#subscriptions.remove(callback);
    }

    async #count(): Promise<void> {
      const hosts = this.#subscriptions.uncounted();
      if (Object.keys(hosts).length === 0) return;
      const { name, topic } = this.#facts.identity();
      const { subscribers } = this.#subscriptions.counts();
      // Whoever comes next shall not get what was current long ago.
      if (subscribers === 0) this.#editions.clear();
      await this.#parts.count({ shard: name, topic, hosts, subscribers });
      this.#subscriptions.counted(hosts);
    }

    async #arm(): Promise<void> {
      const next = this.#subscriptions.next();
      if (next !== null) await this.ctx.storage.setAlarm(Math.max(next, this.#parts.now()));
    }
  };
