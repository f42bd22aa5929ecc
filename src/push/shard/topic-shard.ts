import { DurableObject } from "cloudflare:workers";
import type { AlarmHandler, ObjectClass } from "../../lib/object-class.ts";
import { applySchemaSteps } from "../../lib/schema-steps.ts";
import { RETRY_AFTER_FAILURE_MS, runAlarm, setAlarmBy } from "../../schedule/alarm.ts";
import type { HubRequest } from "../protocol/protocol.ts";
import type {
  DeliveryBatch,
  DeliveryOutcome,
  QueueMessage,
  Shard,
  ShardCall,
  ShardStatus,
  VerificationBatch,
  VerificationOutcome,
} from "../rpc.ts";
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
import { openVerificationQueue } from "./verification-queue.ts";

/** With these a whole shard of the usual size is handed out in one go. For the rest the alarm comes at once. */
const MAX_BATCHES_AT_ONCE = 250;

/** Opens what a shard stores. Throws if a newer version of the worker has written it. */
const openStored = (storage: DurableObjectStorage) => {
  applySchemaSteps(storage, "TopicShard", SHARD_SCHEMA);
  const { sql } = storage;
  const counts = openCountTracker(sql);
  return {
    counts,
    identity: openIdentity(sql),
    edition: openEdition(sql),
    verifications: openVerificationQueue(sql, counts),
    subscriptions: openSubscriptions(sql, counts),
  };
};

type StoredParts = ReturnType<typeof openStored>;

/**
 * Makes the class of the Durable Object `TopicShard`. It keeps subscriptions of a topic, and the outbox: to whom the
 * latest edition is still to be delivered. Whatever dies on the way (a worker, a message of the queue, this object) is
 * noticed when it does not report in time, and the deliveries are handed out again.
 */
export const createTopicShard = <Bindings>(
  dependenciesOf: (bindings: Bindings) => ShardDependencies,
): ObjectClass<Bindings, Shard & AlarmHandler> =>
  class TopicShard extends DurableObject<Bindings> implements Shard {
    get #dependencies(): ShardDependencies {
      return dependenciesOf(this.env);
    }

    #opened: StoredParts | undefined;

    /** Opened by the first call, and not by the constructor: of an alarm that fails there the platform gives up. */
    get #stored(): StoredParts {
      this.#opened ??= openStored(this.ctx.storage);
      return this.#opened;
    }

    async request(call: ShardCall, request: HubRequest): Promise<boolean> {
      const { settings, now } = this.#dependencies;
      this.#stored.identity.recordCall(call);
      const isSubscriber = this.#stored.subscriptions.has(request.callback);
      const leaseMs = grantLeaseMs(settings, request.leaseSeconds);
      const isAdded = this.#stored.verifications.add(request, leaseMs, isSubscriber, now());
      await this.#setAlarmNow();
      return isAdded;
    }

    async deny(call: ShardCall, request: HubRequest, reason: string): Promise<void> {
      this.#stored.identity.recordCall(call);
      this.#stored.verifications.addDenial(request, reason, this.#dependencies.now());
      await this.#setAlarmNow();
    }

    async publish(edition: TopicEdition): Promise<void> {
      if (this.#stored.edition.etag() !== edition.etag) {
        this.ctx.storage.transactionSync(() => {
          this.#stored.edition.replace(edition);
          this.#stored.subscriptions.markAllDue(this.#dependencies.now());
        });
      }
      // Set before anything can go wrong.
      await this.#setAlarm();
      await this.#enqueueBatches();
    }

    async takeBatch(batch: number, known: string | undefined): Promise<DeliveryBatch | undefined> {
      const { settings, now, hubUrl } = this.#dependencies;
      const taken = this.#stored.subscriptions.takeBatch(batch, now(), now() + settings.claimMs);
      const etag = this.#stored.edition.etag();
      if (taken.recipients.length === 0) return undefined;
      if (etag !== undefined && etag === known) return taken;
      const edition = this.#stored.edition.read();
      return edition && { ...taken, payload: { topic: this.#topic(), hubUrl, ...edition } };
    }

    async reportOutcomes(batch: number, etag: string, outcomes: readonly DeliveryOutcome[]): Promise<void> {
      const { settings, now, random } = this.#dependencies;
      this.ctx.storage.transactionSync(() => {
        recordOutcomes(batch, outcomes, {
          subscriptions: this.#stored.subscriptions,
          settings,
          random,
          now: now(),
          isOutdated: this.#stored.edition.etag() !== etag,
          endSubscription: (callback, reason) => this.#endSubscription(callback, reason),
        });
        if (outcomes.some(({ kind }) => kind === "delivered")) this.#stored.identity.recordDelivery(now());
      });
      await this.#setAlarm();
    }

    #endSubscription(callback: string, reason: string): void {
      const [subscriber] = this.#stored.subscriptions.find(callback);
      if (subscriber === undefined) return;
      this.#stored.subscriptions.remove(callback);
      console.log(`subscriptions to ${this.#topic()} ended: 1; ${reason}`);
      this.#stored.verifications.addDenial(subscriber, reason, this.#dependencies.now());
    }

    async has(callback: string): Promise<boolean> {
      return this.#stored.subscriptions.has(callback) || this.#stored.verifications.has(callback);
    }

    async suspend(): Promise<void> {
      this.ctx.storage.transactionSync(() => {
        this.#stored.edition.clear();
        this.#stored.subscriptions.cancelDeliveries();
      });
    }

    async drop(callback: string | undefined, reason: string): Promise<number> {
      const { now } = this.#dependencies;
      const found = [...this.#stored.subscriptions.find(callback), ...this.#stored.verifications.find(callback)];
      const dropped = [...new Map(found.map((one) => [one.callback, one])).values()];
      this.ctx.storage.transactionSync(() => {
        for (const { callback: one } of dropped) {
          this.#stored.subscriptions.remove(one);
          // A request that waits would bring it back.
          this.#stored.verifications.remove(one);
        }
        // Until there is no room for more.
        dropped.every((one) => this.#stored.verifications.addDenial(one, reason, now()));
      });
      if (dropped.length > 0) console.log(`subscriptions to ${this.#topic()} ended: ${dropped.length}; ${reason}`);
      await this.#setAlarm();
      return dropped.length;
    }

    #topic(): string {
      return this.#stored.identity.lastCall().topic;
    }

    async replay(callback: string | undefined): Promise<number> {
      if (this.#stored.edition.etag() === undefined) return 0;
      const count = this.#stored.subscriptions.replay(callback, this.#dependencies.now());
      await this.#setAlarm();
      return count;
    }

    async status(): Promise<ShardStatus> {
      const lastDelivery = this.#stored.identity.lastDelivery();
      return {
        ...this.#stored.subscriptions.counts(),
        failures: this.#stored.subscriptions.failures(),
        ...(lastDelivery > 0 && { lastDelivery }),
      };
    }

    override alarm(): Promise<void> {
      const { now } = this.#dependencies;
      return runAlarm(this.ctx.storage, "a shard of the hub", now, async () => {
        this.#stored.subscriptions.removeExpired(now());
        await this.#enqueueBatches();
        await this.#reportCounts();
        await this.#setAlarm();
      });
    }

    /** Puts what is due into batches, and sends a message to the queue for each: renewals first. */
    async #enqueueBatches(): Promise<void> {
      const { now, enqueue } = this.#dependencies;
      const messages = this.ctx.storage.transactionSync(() => [
        ...this.#fillVerifications(),
        ...this.#fillDeliveries(),
      ]);
      if (messages.length === 0) return;
      try {
        await enqueue(messages);
      } catch (error) {
        console.error("the queue took no messages, so they are sent again", error);
        const batches = messages.map(({ batch }) => batch);
        const due = now() + RETRY_AFTER_FAILURE_MS;
        this.#stored.subscriptions.releaseBatches(batches, due);
        this.#stored.verifications.releaseBatches(batches, due);
      }
    }

    #fillVerifications(): readonly QueueMessage[] {
      const { now, settings } = this.#dependencies;
      const { identity, verifications } = this.#stored;
      const batches = verifications.fillBatches(identity.lastBatch() + 1, now(), now() + settings.claimMs);
      return this.#messagesFor(batches, "verification");
    }

    #fillDeliveries(): readonly QueueMessage[] {
      const { now, settings } = this.#dependencies;
      const { identity, edition, subscriptions } = this.#stored;
      if (edition.etag() === undefined) return [];
      const again = now() + settings.claimMs;
      const first = identity.lastBatch() + 1;
      let next = first;
      while (
        next < first + MAX_BATCHES_AT_ONCE &&
        subscriptions.fillBatch(next, now(), MAX_CALLBACKS_PER_INVOCATION, again)
      )
        next += 1;
      const quick = this.#messagesFor(Array.from({ length: next - first }, (_, index) => first + index));
      const isPatient = subscriptions.fillPatientBatch(next, now(), CONCURRENCY, again);
      return [...quick, ...(isPatient ? this.#messagesFor([next], "patient delivery") : [])];
    }

    #messagesFor(batches: readonly number[], kind?: NonNullable<QueueMessage["kind"]>): readonly QueueMessage[] {
      const { identity } = this.#stored;
      const last = batches.at(-1);
      if (last !== undefined) identity.recordBatch(last);
      const { name } = identity.lastCall();
      return batches.map((batch) => ({ shard: name, batch, ...(kind !== undefined && { kind }) }));
    }

    async takeVerifications(batch: number): Promise<VerificationBatch | undefined> {
      const { settings, now, challenge } = this.#dependencies;
      const taken = this.#stored.verifications.takeBatch(batch, now() + settings.claimMs, challenge);
      return taken && { topic: this.#topic(), ...taken };
    }

    async reportVerifications(outcomes: readonly VerificationOutcome[]): Promise<void> {
      const { verifications, subscriptions } = this.#stored;
      const context = { ...this.#dependencies, verifications, subscriptions };
      this.ctx.storage.transactionSync(() => {
        for (const outcome of outcomes) applyVerification(outcome, context);
      });
      await this.#setAlarmNow();
    }

    /** Reports to the hub how many subscribers there are, where their number has changed. */
    async #reportCounts(): Promise<void> {
      const hosts = this.#stored.counts.unreported();
      if (Object.keys(hosts).length === 0) return;
      const { name, topic, calls } = this.#stored.identity.lastCall();
      // Whoever comes next shall not get what was current long ago.
      if (this.#stored.counts.isEmpty()) this.#stored.edition.clear();
      const subscribers = this.#stored.counts.countSubscribers();
      await this.#dependencies.reportCounts({ shard: name, topic, calls, hosts, subscribers });
      this.#stored.counts.markReported(hosts);
    }

    /** Has the alarm come at once: it finds out what there is to do. */
    #setAlarmNow(): Promise<void> {
      const now = this.#dependencies.now();
      return setAlarmBy(this.ctx.storage, now, now);
    }

    /** Has the alarm come when the shard has something to do next. */
    #setAlarm(): Promise<void> {
      const now = this.#dependencies.now();
      const { counts, subscriptions, verifications } = this.#stored;
      const times = [counts.hasUnreported() ? now : null, subscriptions.nextDue(now), verifications.nextDue()];
      const next = Math.min(...times.map((time) => time ?? Number.POSITIVE_INFINITY));
      return setAlarmBy(this.ctx.storage, next, now);
    }
  };
