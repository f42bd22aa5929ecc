import { DurableObject } from "cloudflare:workers";
import pMap from "p-map";
import { RETRY_AFTER_FAILURE_MS, runAlarm, setAlarmBy } from "../../schedule/alarm.ts";
import type { HubRequest } from "../protocol/protocol.ts";
import type { DeliveryBatch, DeliveryOutcome, Shard, ShardCall, ShardStatus } from "../rpc.ts";
import { CONCURRENCY, grantLeaseMs, MAX_CALLBACKS_PER_INVOCATION } from "../settings.ts";
import type { TopicEdition } from "../topic-edition.ts";
import { applyVerification } from "./apply-verification.ts";
import { openCountTracker } from "./count-tracker.ts";
import type { ShardDependencies } from "./dependencies.ts";
import { openEdition } from "./edition.ts";
import { openIdentity } from "./identity.ts";
import { recordOutcomes } from "./record-outcomes.ts";
import { SHARD_SCHEMA } from "./schema.ts";
import { openSubscriptions } from "./subscriptions.ts";
import { openVerificationQueue, type PendingVerification } from "./verification-queue.ts";
import { verifySubscriber } from "./verify-subscriber.ts";

/** With these a whole shard of the usual size is handed out in one go. For the rest the alarm comes at once. */
const MAX_BATCHES_AT_ONCE = 250;

/**
 * Makes the class of the Durable Object `TopicShard`. It keeps subscriptions of a topic, and the outbox: to whom the
 * latest edition is still to be delivered. Whatever dies on the way (a worker, a message of the queue, this object) is
 * noticed when it does not report in time, and the deliveries are handed out again.
 */
export const createTopicShard = <Bindings>(dependenciesOf: (bindings: Bindings) => ShardDependencies) =>
  class TopicShard extends DurableObject<Bindings> implements Shard {
    readonly #sql = this.ctx.storage.sql;
    readonly #identity = openIdentity(this.#sql);
    readonly #counts = openCountTracker(this.#sql);
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
      this.#identity.recordCall(call);
      const isSubscriber = this.#subscriptions.has(request.callback);
      const leaseMs = grantLeaseMs(settings, request.leaseSeconds);
      const isAdded = this.#verifications.add(request, leaseMs, isSubscriber, now());
      await this.#setAlarm();
      return isAdded;
    }

    async deny(call: ShardCall, request: HubRequest, reason: string): Promise<void> {
      this.#identity.recordCall(call);
      this.#verifications.addDenial(request, reason, this.#dependencies.now());
      await this.#setAlarm();
    }

    async publish(edition: TopicEdition): Promise<void> {
      if (this.#edition.etag() !== edition.etag) {
        this.ctx.storage.transactionSync(() => {
          this.#edition.replace(edition);
          this.#subscriptions.markAllDue(this.#dependencies.now());
        });
      }
      // Set before anything can go wrong.
      await this.#setAlarm();
      // Not left to the alarm, which may wait for callbacks that are slow to answer.
      await this.#enqueueBatches();
    }

    async takeBatch(batch: number, known: string | undefined): Promise<DeliveryBatch | undefined> {
      const { settings, now, hubUrl } = this.#dependencies;
      const recipients = this.#subscriptions.takeBatch(batch, now(), now() + settings.claimMs);
      const etag = this.#edition.etag();
      if (recipients.length === 0) return undefined;
      if (etag !== undefined && etag === known) return { recipients };
      const edition = this.#edition.read();
      return edition && { recipients, payload: { topic: this.#topic(), hubUrl, ...edition } };
    }

    async reportOutcomes(batch: number, etag: string, outcomes: readonly DeliveryOutcome[]): Promise<void> {
      const { settings, now, random } = this.#dependencies;
      this.ctx.storage.transactionSync(() => {
        recordOutcomes(batch, outcomes, {
          subscriptions: this.#subscriptions,
          settings,
          random,
          now: now(),
          isOutdated: this.#edition.etag() !== etag,
          endSubscription: (callback, reason) => this.#endSubscription(callback, reason),
        });
        if (outcomes.some(({ kind }) => kind === "delivered")) this.#identity.recordDelivery(now());
      });
      await this.#setAlarm();
    }

    #endSubscription(callback: string, reason: string): void {
      const [subscriber] = this.#subscriptions.find(callback);
      if (subscriber === undefined) return;
      this.#subscriptions.remove(callback);
      console.log(`subscriptions to ${this.#topic()} ended: 1; ${reason}`);
      this.#verifications.addDenial(subscriber, reason, this.#dependencies.now());
    }

    async has(callback: string): Promise<boolean> {
      return this.#subscriptions.has(callback) || this.#verifications.has(callback);
    }

    async suspend(): Promise<void> {
      this.ctx.storage.transactionSync(() => {
        this.#edition.clear();
        this.#subscriptions.cancelDeliveries();
      });
    }

    async drop(callback: string | undefined, reason: string): Promise<number> {
      const { now } = this.#dependencies;
      const found = [...this.#subscriptions.find(callback), ...this.#verifications.find(callback)];
      const dropped = [...new Map(found.map((one) => [one.callback, one])).values()];
      this.ctx.storage.transactionSync(() => {
        for (const { callback: one } of dropped) {
          this.#subscriptions.remove(one);
          // A request that waits would bring it back.
          this.#verifications.remove(one);
        }
        // Until there is no room for more.
        dropped.every((one) => this.#verifications.addDenial(one, reason, now()));
      });
      if (dropped.length > 0) console.log(`subscriptions to ${this.#topic()} ended: ${dropped.length}; ${reason}`);
      await this.#setAlarm();
      return dropped.length;
    }

    #topic(): string {
      return this.#identity.lastCall().topic;
    }

    async replay(callback: string | undefined): Promise<number> {
      if (this.#edition.etag() === undefined) return 0;
      const count = this.#subscriptions.replay(callback, this.#dependencies.now());
      await this.#setAlarm();
      return count;
    }

    async status(): Promise<ShardStatus> {
      const lastDelivery = this.#identity.lastDelivery();
      return {
        ...this.#subscriptions.counts(),
        failures: this.#subscriptions.failures(),
        ...(lastDelivery > 0 && { lastDelivery }),
      };
    }

    override alarm(): Promise<void> {
      const { now } = this.#dependencies;
      return runAlarm(this.ctx.storage, "a shard of the hub", now, async () => {
        this.#subscriptions.removeExpired(now());
        await this.#enqueueBatches();
        await this.#verifySubscribers();
        await this.#reportCounts();
        await this.#setAlarm();
      });
    }

    /** Puts the deliveries that are due into batches, and sends a message to the queue for each. */
    async #enqueueBatches(): Promise<void> {
      const { now, settings, enqueue } = this.#dependencies;
      if (this.#edition.etag() === undefined) return;
      const batches = this.ctx.storage.transactionSync(() => {
        const again = now() + settings.claimMs;
        const first = this.#identity.lastBatch() + 1;
        const fill = (batch: number): boolean =>
          this.#subscriptions.fillBatch(batch, now(), MAX_CALLBACKS_PER_INVOCATION, again);
        let next = first;
        while (next < first + MAX_BATCHES_AT_ONCE && fill(next)) next += 1;
        if (next > first) this.#identity.recordBatch(next - 1);
        return Array.from({ length: next - first }, (_, index) => first + index);
      });
      if (batches.length === 0) return;
      const { name } = this.#identity.lastCall();
      try {
        await enqueue(batches.map((batch) => ({ shard: name, batch })));
      } catch (error) {
        console.error("the queue took no deliveries, so they are tried again", error);
        this.#subscriptions.releaseBatches(batches, now() + RETRY_AFTER_FAILURE_MS);
      }
    }

    /**
     * Asks callbacks whether they meant their requests, and tells others that they are denied: as many as one
     * invocation may send requests to, and none is begun later than one time-out after the first, as other work waits
     * for the alarm. The alarm comes again at once for the rest.
     */
    async #verifySubscribers(): Promise<void> {
      const { now, settings, challenge, outbound } = this.#dependencies;
      const context = {
        ...this.#dependencies,
        verifications: this.#verifications,
        subscriptions: this.#subscriptions,
      };
      const start = now();
      // Longer than all of it may take: until then, whoever asks is still at work.
      const again = start + 2 * settings.timeoutMs * Math.ceil(MAX_CALLBACKS_PER_INVOCATION / CONCURRENCY);
      const verify = async (verification: PendingVerification): Promise<void> => {
        if (now() - start >= settings.timeoutMs) return this.#verifications.postpone(verification, now());
        const answer = await verifySubscriber(outbound, this.#topic(), verification);
        // At once: a new subscriber must not miss what is published while others let us wait.
        this.ctx.storage.transactionSync(() => applyVerification(verification, answer, context));
      };
      const due = this.#verifications.take(start, MAX_CALLBACKS_PER_INVOCATION, again, challenge);
      await pMap(due, verify, { concurrency: CONCURRENCY });
    }

    /** Reports to the hub how many subscribers there are, where their number has changed. */
    async #reportCounts(): Promise<void> {
      const hosts = this.#counts.unreported();
      if (Object.keys(hosts).length === 0) return;
      const { name, topic, calls } = this.#identity.lastCall();
      // Whoever comes next shall not get what was current long ago.
      if (this.#counts.isEmpty()) this.#edition.clear();
      const subscribers = this.#counts.countSubscribers();
      await this.#dependencies.reportCounts({ shard: name, topic, calls, hosts, subscribers });
      this.#counts.markReported(hosts);
    }

    /** Has the alarm come when the shard has something to do next. */
    #setAlarm(): Promise<void> {
      const now = this.#dependencies.now();
      return setAlarmBy(this.ctx.storage, this.#subscriptions.nextDue(now), now);
    }
  };
