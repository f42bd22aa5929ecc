import { DurableObject } from "cloudflare:workers";
import { inParallel } from "../../outbound/concurrency.ts";
import { AFTER_FAILURE, callBy, keepAlarm } from "../../schedule/alarm.ts";
import type { Outcome } from "../delivery/deliver.ts";
import type { HubRequest } from "../protocol/websub.ts";
import type { Announced, Job, Shard, ShardStatus, Visit } from "../rpc.ts";
import { AT_ONCE, CALLBACKS_A_MESSAGE, grantLease } from "../settings.ts";
import { heedAnswer } from "./apply-verification.ts";
import type { ShardParts } from "./dependencies.ts";
import { openFacts } from "./identity.ts";
import { settleBatch } from "./record-outcomes.ts";
import { SHARD_SCHEMA } from "./schema.ts";
import { openShardCensus } from "./subscriber-counts.ts";
import { openSubscriptions } from "./subscriptions.ts";
import { openEdition } from "./topic-edition.ts";
import { openErrands } from "./verification-queue.ts";
import { askSubscriber } from "./verify-subscriber.ts";

/** Batches handed out in one go: a whole shard of usual size. For the rest it is called again at once. */
const BATCHES_AT_ONCE = 250;

/**
 * Keeps subscriptions of a topic, and the outbox: whom the latest edition is still to be sent to. Whatever dies on the way
 * (a worker, a message, this object) is noticed when it does not come back in time. `partsOf` gives it what it works with.
 */
export const createTopicShard = <Bindings>(partsOf: (bindings: Bindings) => ShardParts) =>
  class TopicShard extends DurableObject<Bindings> implements Shard {
    readonly #sql = this.ctx.storage.sql;
    readonly #facts = openFacts(this.#sql);
    readonly #census = openShardCensus(this.#sql);
    readonly #edition = openEdition(this.#sql);
    readonly #errands = openErrands(this.#sql, this.#census);
    readonly #subscriptions = openSubscriptions(this.#sql, this.#census);
    readonly #parts = partsOf(this.env);

    constructor(ctx: DurableObjectState, env: Bindings) {
      super(ctx, env);
      this.#sql.exec(SHARD_SCHEMA);
    }

    async request(visit: Visit, request: HubRequest): Promise<boolean> {
      const { settings, now } = this.#parts;
      this.#facts.remember(visit);
      const isSubscriber = this.#subscriptions.has(request.callback);
      const isNoted = this.#errands.add(request, grantLease(settings, request.lease), isSubscriber, now());
      await this.#arm();
      return isNoted;
    }

    async deny(visit: Visit, request: HubRequest, reason: string): Promise<void> {
      this.#facts.remember(visit);
      this.#errands.deny(request, reason, this.#parts.now());
      await this.#arm();
    }

    async announce(edition: Announced): Promise<void> {
      if (this.#edition.etag() !== edition.etag) {
        this.ctx.storage.transactionSync(() => {
          this.#edition.replace(edition);
          this.#subscriptions.wakeAll(this.#parts.now());
        });
      }
      // Armed before anything can go wrong. And not left to the alarm, which may wait for callbacks that are slow to answer.
      await this.#arm();
      await this.#handOut();
    }

    async take(batch: number, known: string | undefined): Promise<Job | undefined> {
      const { settings, now, hubUrl } = this.#parts;
      const recipients = this.#subscriptions.take(batch, now(), now() + settings.claim);
      const etag = this.#edition.etag();
      if (recipients.length === 0) return undefined;
      if (etag !== undefined && etag === known) return { recipients };
      const edition = this.#edition.read();
      return edition && { recipients, payload: { topic: this.#topic(), hubUrl, ...edition } };
    }

    async report(batch: number, etag: string, outcomes: readonly Outcome[]): Promise<void> {
      const { settings, now, random } = this.#parts;
      this.ctx.storage.transactionSync(() => {
        settleBatch(batch, outcomes, {
          ...{ subscriptions: this.#subscriptions, settings, random, now: now() },
          isOutdated: this.#edition.etag() !== etag,
          end: (callback, reason) => this.#end(callback, reason),
        });
        if (outcomes.some(({ kind }) => kind === "taken")) this.#facts.delivered(now());
      });
      await this.#arm();
    }

    #end(callback: string, reason: string): void {
      const protocol = this.#subscriptions.protocolOf(callback);
      if (protocol === undefined) return;
      this.#subscriptions.remove(callback);
      console.log(`subscriptions to ${this.#topic()} ended: 1; ${reason}`);
      this.#errands.deny({ callback, protocol }, reason, this.#parts.now());
    }

    async has(callback: string): Promise<boolean> {
      return this.#subscriptions.has(callback) || this.#errands.has(callback);
    }

    async withhold(): Promise<void> {
      this.ctx.storage.transactionSync(() => {
        this.#edition.clear();
        this.#subscriptions.withhold();
      });
    }

    async drop(callback: string | undefined, reason: string): Promise<number> {
      const found = [...this.#subscriptions.named(callback), ...this.#errands.waiting(callback)];
      const ending = new Map(found.map((one) => [one.callback, one]));
      this.ctx.storage.transactionSync(() => {
        for (const { callback: one } of ending.values()) {
          this.#subscriptions.remove(one);
          // A request that waits would bring it back.
          this.#errands.forget(one);
        }
        [...ending.values()].every((one) => this.#errands.deny(one, reason, this.#parts.now()));
      });
      if (ending.size > 0) console.log(`subscriptions to ${this.#topic()} ended: ${ending.size}; ${reason}`);
      await this.#arm();
      return ending.size;
    }

    #topic(): string {
      return this.#facts.identity().topic;
    }

    async replay(callback: string | undefined): Promise<number> {
      if (this.#edition.etag() === undefined) return 0;
      const count = this.#subscriptions.replay(callback, this.#parts.now());
      await this.#arm();
      return count;
    }

    async status(): Promise<ShardStatus> {
      const lastDelivery = this.#facts.lastDelivery();
      const told = { ...this.#subscriptions.counts(), failures: this.#subscriptions.failures() };
      return lastDelivery > 0 ? { ...told, lastDelivery } : told;
    }

    override alarm(): Promise<void> {
      const { now } = this.#parts;
      return keepAlarm(this.ctx.storage, "a shard of the hub", now, async () => {
        this.#subscriptions.expire(now());
        await this.#handOut();
        await this.#runErrands();
        await this.#count();
        await this.#arm();
      });
    }

    async #handOut(): Promise<void> {
      const { now, settings, enqueue } = this.#parts;
      if (this.#edition.etag() === undefined) return;
      const batches = this.ctx.storage.transactionSync(() => {
        const first = this.#facts.lastBatch() + 1;
        const again = now() + settings.claim;
        let next = first;
        while (next < first + BATCHES_AT_ONCE && this.#subscriptions.fill(next, now(), CALLBACKS_A_MESSAGE, again))
          next += 1;
        if (next > first) this.#facts.noteBatch(next - 1);
        return Array.from({ length: next - first }, (_, index) => first + index);
      });
      if (batches.length === 0) return;
      const { name } = this.#facts.identity();
      try {
        await enqueue(batches.map((batch) => ({ shard: name, batch })));
      } catch (error) {
        console.error("the queue took no deliveries, so they are tried again", error);
        this.#subscriptions.giveBack(batches, now() + AFTER_FAILURE);
      }
    }

    /**
     * As many as one invocation may send requests, and none begun later than after one time-out: others wait for the alarm too.
     * The rest waits for the next one, which comes at once.
     */
    async #runErrands(): Promise<void> {
      const { now, settings, challenge, outside } = this.#parts;
      const parts = { ...this.#parts, errands: this.#errands, subscriptions: this.#subscriptions };
      const start = now();
      // Longer than all of it may take: whoever asks is still there.
      const again = start + 2 * settings.timeOut * Math.ceil(CALLBACKS_A_MESSAGE / AT_ONCE);
      await inParallel(this.#errands.take(start, CALLBACKS_A_MESSAGE, again, challenge), AT_ONCE, async (errand) => {
        if (now() - start >= settings.timeOut) return this.#errands.postpone(errand, now());
        const answer = await askSubscriber(outside, this.#topic(), errand);
        // At once: it must not miss what is announced while others let us wait.
        return this.ctx.storage.transactionSync(() => heedAnswer(errand, answer, parts));
      });
    }

    async #count(): Promise<void> {
      const hosts = this.#census.untold();
      if (Object.keys(hosts).length === 0) return;
      const { name, topic, visits } = this.#facts.identity();
      // Whoever comes next shall not get what was current long ago.
      if (this.#census.isEmpty()) this.#edition.clear();
      await this.#parts.sendCensus({ shard: name, topic, visits, hosts, subscribers: this.#census.subscribers() });
      this.#census.told(hosts);
    }

    #arm(): Promise<void> {
      return callBy(this.ctx.storage, this.#subscriptions.next(this.#parts.now()), this.#parts.now());
    }
  };
