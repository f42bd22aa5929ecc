import { DurableObject } from "cloudflare:workers";
import { mapConcurrently } from "../../outbound/concurrency.ts";
import { RETRY_AFTER_FAILURE_MS, runAlarm, setAlarmBy } from "../../schedule/alarm.ts";
import type { Outcome } from "../delivery/deliver.ts";
import type { HubRequest } from "../protocol/websub.ts";
import type { Job, Shard, ShardCall, ShardStatus, TopicEdition } from "../rpc.ts";
import { CALLBACKS_A_MESSAGE, CONCURRENCY, grantLease } from "../settings.ts";
import { applyVerification } from "./apply-verification.ts";
import type { ShardDependencies } from "./dependencies.ts";
import { openIdentity } from "./identity.ts";
import { recordOutcomes } from "./record-outcomes.ts";
import { SHARD_SCHEMA } from "./schema.ts";
import { openSubscriberCounts } from "./subscriber-counts.ts";
import { openSubscriptions } from "./subscriptions.ts";
import { openEdition } from "./topic-edition.ts";
import { openVerificationQueue } from "./verification-queue.ts";
import { askSubscriber } from "./verify-subscriber.ts";

/** Batches handed out in one go: a whole shard of usual size. For the rest it is called again at once. */
const BATCHES_AT_ONCE = 250;

/**
 * Keeps subscriptions of a topic, and the outbox: whom the latest edition is still to be sent to. Whatever dies on the way
 * (a worker, a message, this object) is noticed when it does not come back in time. `partsOf` gives it what it works with.
 */
export const createTopicShard = <Bindings>(dependenciesOf: (bindings: Bindings) => ShardDependencies) =>
  class TopicShard extends DurableObject<Bindings> implements Shard {
    readonly #sql = this.ctx.storage.sql;
    readonly #identity = openIdentity(this.#sql);
    readonly #counts = openSubscriberCounts(this.#sql);
    readonly #edition = openEdition(this.#sql);
    readonly #verifications = openVerificationQueue(this.#sql, this.#counts);
    readonly #subscriptions = openSubscriptions(this.#sql, this.#counts);
    readonly #dependencies = dependenciesOf(this.env);

    constructor(ctx: DurableObjectState, env: Bindings) {
      super(ctx, env);
      this.#sql.exec(SHARD_SCHEMA);
    }

    async request(call: ShardCall, request: HubRequest): Promise<boolean> {
      const { settings, now } = this.#dependencies;
      this.#identity.remember(call);
      const isSubscriber = this.#subscriptions.has(request.callback);
      const isNoted = this.#verifications.add(request, grantLease(settings, request.lease), isSubscriber, now());
      await this.#arm();
      return isNoted;
    }

    async deny(call: ShardCall, request: HubRequest, reason: string): Promise<void> {
      this.#identity.remember(call);
      this.#verifications.deny(request, reason, this.#dependencies.now());
      await this.#arm();
    }

    async publish(edition: TopicEdition): Promise<void> {
      if (this.#edition.etag() !== edition.etag) {
        this.ctx.storage.transactionSync(() => {
          this.#edition.replace(edition);
          this.#subscriptions.wakeAll(this.#dependencies.now());
        });
      }
      // Armed before anything can go wrong. And not left to the alarm, which may wait for callbacks that are slow to answer.
      await this.#arm();
      await this.#handOut();
    }

    async take(batch: number, known: string | undefined): Promise<Job | undefined> {
      const { settings, now, hubUrl } = this.#dependencies;
      const recipients = this.#subscriptions.take(batch, now(), now() + settings.claimMs);
      const etag = this.#edition.etag();
      if (recipients.length === 0) return undefined;
      if (etag !== undefined && etag === known) return { recipients };
      const edition = this.#edition.read();
      return edition && { recipients, payload: { topic: this.#topic(), hubUrl, ...edition } };
    }

    async report(batch: number, etag: string, outcomes: readonly Outcome[]): Promise<void> {
      const { settings, now, random } = this.#dependencies;
      this.ctx.storage.transactionSync(() => {
        recordOutcomes(batch, outcomes, {
          ...{ subscriptions: this.#subscriptions, settings, random, now: now() },
          isOutdated: this.#edition.etag() !== etag,
          end: (callback, reason) => this.#end(callback, reason),
        });
        if (outcomes.some(({ kind }) => kind === "taken")) this.#identity.delivered(now());
      });
      await this.#arm();
    }

    #end(callback: string, reason: string): void {
      const protocol = this.#subscriptions.protocolOf(callback);
      if (protocol === undefined) return;
      this.#subscriptions.remove(callback);
      console.log(`subscriptions to ${this.#topic()} ended: 1; ${reason}`);
      this.#verifications.deny({ callback, protocol }, reason, this.#dependencies.now());
    }

    async has(callback: string): Promise<boolean> {
      return this.#subscriptions.has(callback) || this.#verifications.has(callback);
    }

    async suspend(): Promise<void> {
      this.ctx.storage.transactionSync(() => {
        this.#edition.clear();
        this.#subscriptions.suspend();
      });
    }

    async drop(callback: string | undefined, reason: string): Promise<number> {
      const found = [...this.#subscriptions.named(callback), ...this.#verifications.waiting(callback)];
      const ending = new Map(found.map((one) => [one.callback, one]));
      this.ctx.storage.transactionSync(() => {
        for (const { callback: one } of ending.values()) {
          this.#subscriptions.remove(one);
          // A request that waits would bring it back.
          this.#verifications.forget(one);
        }
        [...ending.values()].every((one) => this.#verifications.deny(one, reason, this.#dependencies.now()));
      });
      if (ending.size > 0) console.log(`subscriptions to ${this.#topic()} ended: ${ending.size}; ${reason}`);
      await this.#arm();
      return ending.size;
    }

    #topic(): string {
      return this.#identity.identity().topic;
    }

    async replay(callback: string | undefined): Promise<number> {
      if (this.#edition.etag() === undefined) return 0;
      const count = this.#subscriptions.replay(callback, this.#dependencies.now());
      await this.#arm();
      return count;
    }

    async status(): Promise<ShardStatus> {
      const lastDelivery = this.#identity.lastDelivery();
      const told = { ...this.#subscriptions.counts(), failures: this.#subscriptions.failures() };
      return lastDelivery > 0 ? { ...told, lastDelivery } : told;
    }

    override alarm(): Promise<void> {
      const { now } = this.#dependencies;
      return runAlarm(this.ctx.storage, "a shard of the hub", now, async () => {
        this.#subscriptions.expire(now());
        await this.#handOut();
        await this.#runErrands();
        await this.#count();
        await this.#arm();
      });
    }

    async #handOut(): Promise<void> {
      const { now, settings, enqueue } = this.#dependencies;
      if (this.#edition.etag() === undefined) return;
      const batches = this.ctx.storage.transactionSync(() => {
        const first = this.#identity.lastBatch() + 1;
        const again = now() + settings.claimMs;
        let next = first;
        while (next < first + BATCHES_AT_ONCE && this.#subscriptions.fill(next, now(), CALLBACKS_A_MESSAGE, again))
          next += 1;
        if (next > first) this.#identity.noteBatch(next - 1);
        return Array.from({ length: next - first }, (_, index) => first + index);
      });
      if (batches.length === 0) return;
      const { name } = this.#identity.identity();
      try {
        await enqueue(batches.map((batch) => ({ shard: name, batch })));
      } catch (error) {
        console.error("the queue took no deliveries, so they are tried again", error);
        this.#subscriptions.giveBack(batches, now() + RETRY_AFTER_FAILURE_MS);
      }
    }

    /**
     * As many as one invocation may send requests, and none begun later than after one time-out: others wait for the alarm too.
     * The rest waits for the next one, which comes at once.
     */
    async #runErrands(): Promise<void> {
      const { now, settings, challenge, outbound } = this.#dependencies;
      const dependencies = {
        ...this.#dependencies,
        verifications: this.#verifications,
        subscriptions: this.#subscriptions,
      };
      const start = now();
      // Longer than all of it may take: whoever asks is still there.
      const again = start + 2 * settings.timeoutMs * Math.ceil(CALLBACKS_A_MESSAGE / CONCURRENCY);
      await mapConcurrently(
        this.#verifications.take(start, CALLBACKS_A_MESSAGE, again, challenge),
        async (verification) => {
          if (now() - start >= settings.timeoutMs) return this.#verifications.postpone(verification, now());
          const answer = await askSubscriber(outbound, this.#topic(), verification);
          // At once: it must not miss what is announced while others let us wait.
          return this.ctx.storage.transactionSync(() => applyVerification(verification, answer, dependencies));
        },
        { concurrency: CONCURRENCY },
      );
    }

    async #count(): Promise<void> {
      const hosts = this.#counts.untold();
      if (Object.keys(hosts).length === 0) return;
      const { name, topic, calls } = this.#identity.identity();
      // Whoever comes next shall not get what was current long ago.
      if (this.#counts.isEmpty()) this.#edition.clear();
      await this.#dependencies.reportCounts({
        shard: name,
        topic,
        calls,
        hosts,
        subscribers: this.#counts.subscribers(),
      });
      this.#counts.told(hosts);
    }

    #arm(): Promise<void> {
      return setAlarmBy(this.ctx.storage, this.#subscriptions.next(this.#dependencies.now()), this.#dependencies.now());
    }
  };
