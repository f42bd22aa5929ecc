// What Durable Objects and the consumer of the queue say to one another. The entry of the worker makes `Hub` and
// `Shard` of its bindings.

import type { HubRequest, Payload, Protocol } from "./protocol/protocol.ts";
import type { TopicEdition } from "./topic-edition.ts";

/**
 * A message of the queue: names a batch, which its shard holds. Without a `kind` these are deliveries, as in messages of
 * version 0.1; a patient delivery goes to subscribers that take long to answer.
 */
export interface QueueMessage {
  readonly shard: string;
  readonly batch: number;
  readonly kind?: "patient delivery" | "verification";
}

/** A subscriber to whom an edition is to be delivered. */
export interface Recipient {
  /** Of the subscription, in its shard. */
  readonly id: number;
  readonly callback: string;
  readonly protocol: Protocol;
  readonly secret?: string;
  /** IP address of the callback's host, if it was looked up. */
  readonly address?: string;
}

/**
 * How much time subscribers get to answer a delivery: the full time-out (`patient`) if they take long, little if nothing
 * was delivered to them yet (`unproven`), enough for others (`proven`).
 */
export type Patience = "patient" | "proven" | "unproven";

/** A batch of deliveries that are to be made now. */
export interface DeliveryBatch {
  readonly recipients: readonly Recipient[];
  readonly patience: Patience;
  /** Absent if whoever takes the batch has the current one already. */
  readonly payload?: Payload;
}

/** What became of a delivery; `id` is the recipient's. */
export type DeliveryOutcome =
  /** The callback answered 2xx; `isSlow`: only after so long that it needs patience. */
  | { readonly id: number; readonly kind: "delivered"; readonly isSlow?: true }
  /** The callback wants no more (410). */
  | { readonly id: number; readonly kind: "gone" }
  /** It could not be told whether anything may be sent to the callback. */
  | { readonly id: number; readonly kind: "unchecked" }
  /** The callback did not answer in the little time that it had; or its host, domain or network is slow. */
  | { readonly id: number; readonly kind: "slow" }
  /** There was no time left for it. */
  | { readonly id: number; readonly kind: "not started" }
  /** `retryAfterMs`: how long the callback asked us to wait; `isTimeout`: it did not answer in time. */
  | {
      readonly id: number;
      readonly kind: "failed";
      readonly reason: string;
      readonly retryAfterMs?: number;
      readonly isTimeout?: true;
    };

/** What a callback is to be asked (to confirm a request), or told (that it is denied). */
export interface Verification {
  readonly callback: string;
  readonly protocol: Protocol;
  readonly mode: "denied" | "subscribe" | "unsubscribe";
  /** IP address of the callback's host, if it was looked up. */
  readonly address: string | null;
  /** For how long the subscription will hold. */
  readonly leaseMs: number;
  /** Is echoed, if the request had one. */
  readonly verifyToken: string | null;
  /** Of a denial. */
  readonly reason: string | null;
  /** Tells the question from one about a newer request of the same callback. */
  readonly challenge: string;
  /** Whether it renews or ends a subscription that there is. */
  readonly isSubscriber: boolean;
}

/** A batch of callbacks that are to be asked or told now. */
export interface VerificationBatch {
  readonly topic: string;
  /** Whether they get the full time-out: they did not answer in the short one. */
  readonly isPatient: boolean;
  readonly verifications: readonly Verification[];
}

/** What a subscriber says when it is asked to confirm its request. `hung`: nothing, until the time was up. */
export type VerificationAnswer = "confirmed" | "hung" | "no answer" | "not confirmed";

/** What became of a verification. */
export interface VerificationOutcome extends Pick<Verification, "callback" | "challenge"> {
  /** `told`: the denial was sent. `slow`: not asked, as its host, domain or network is slow. `not asked`: there was no time. */
  readonly answer: VerificationAnswer | "not asked" | "slow" | "told";
}

/** A callback to which deliveries fail. Times in milliseconds since 1970. */
export interface DeliveryFailure {
  readonly callback: string;
  readonly attempts: number;
  readonly since: number;
  readonly next: number;
  readonly reason: string;
}

/** How a shard stands, for the publisher. */
export interface ShardStatus {
  readonly subscribers: number;
  /** Deliveries that are still to be made. */
  readonly pending: number;
  /** Milliseconds since 1970; absent if nothing was delivered yet. */
  readonly lastDelivery?: number;
  /** The oldest first, a few at most. */
  readonly failures: readonly DeliveryFailure[];
}

/** Goes with each request of the hub to a shard: who the shard is, and the number of the request. */
export interface ShardCall {
  readonly name: string;
  readonly topic: string;
  /** Grows with each call. */
  readonly calls: number;
}

/** The Durable Object `TopicShard`: keeps some of a topic's subscriptions, or all of them unless they are many. */
export interface Shard {
  /**
   * Notes a subscriber's request, which is carried out once it is verified. False if too many wait to be verified
   * already.
   */
  request(call: ShardCall, request: HubRequest): Promise<boolean>;
  /** Notes that whoever sent a request is to be told that it is denied. */
  deny(call: ShardCall, request: HubRequest, reason: string): Promise<void>;
  /** Delivers an edition to all subscribers, unless it is the one that they were sent last. */
  publish(edition: TopicEdition): Promise<void>;
  /**
   * Hands a batch to whoever asks first; undefined if it was handed out already, or given up. `etag` is that of the
   * payload that the caller has.
   */
  takeBatch(batch: number, etag: string | undefined): Promise<DeliveryBatch | undefined>;
  /** Records what became of a batch; `etag` is that of the payload that was sent. */
  reportOutcomes(batch: number, etag: string, outcomes: readonly DeliveryOutcome[]): Promise<void>;
  /** Hands out verifications to whoever asks first; undefined if they were handed out already, or given up. */
  takeVerifications(batch: number): Promise<VerificationBatch | undefined>;
  /** Records what became of verifications. What is outdated has no effect. */
  reportVerifications(outcomes: readonly VerificationOutcome[]): Promise<void>;
  /** Whether a callback has subscribed, or waits to be verified as a subscriber. */
  has(callback: string): Promise<boolean>;
  /** Delivers nothing more of the edition that it has: there is no such feed now. */
  suspend(): Promise<void>;
  /**
   * Ends the subscription of a callback, or all of them, those that wait to be verified included, and tells the
   * subscribers why. Returns their number.
   */
  drop(callback: string | undefined, reason: string): Promise<number>;
  /** Delivers the last edition once more, to a callback or to all to which it failed. Returns their number. */
  replay(callback: string | undefined): Promise<number>;
  /** Returns how the shard stands. */
  status(): Promise<ShardStatus>;
}

/**
 * How many subscribers a shard has, as it reports to the hub: totals and not differences, so that a report may come
 * twice.
 */
export interface SubscriberCounts {
  readonly shard: string;
  readonly topic: string;
  /** Number of the last call that reached the shard. */
  readonly calls: number;
  /** Those that wait to be verified included. */
  readonly subscribers: number;
  /** The same by the name and by the address of their callbacks' hosts, for those whose number has changed. */
  readonly hosts: Readonly<Record<string, number>>;
}

/** What the hub says to a request: it will be verified, or too many wait to be verified just now. */
export type Admission = "accepted" | "busy";

/** How a topic stands, for the publisher. */
export interface TopicStatus extends ShardStatus {
  readonly topic: string;
}

/** The Durable Object `Hub`: knows which topics have subscribers, and in which shards, and tells these of changes. */
export interface Hub {
  /** Takes a subscriber's request for a topic that exists; `etag` is the one that the topic has now. */
  admit(etag: string, request: HubRequest): Promise<Admission>;
  /**
   * Says that something may have changed: soon all topics are checked that have subscribers, or of which hubs elsewhere
   * are told. With a `deployment` only if they were not checked since that was deployed.
   */
  changed(deployment?: string): Promise<void>;
  /** The same where anybody may say so: has no effect if it was called a moment ago. */
  ping(): Promise<void>;
  /** Records how many subscribers a shard has. */
  updateCounts(counts: SubscriberCounts): Promise<void>;
  /** Returns how topics stand: a page of them, in the order of their addresses, beginning behind `after`. */
  status(after: string): Promise<readonly TopicStatus[]>;
  /** Ends subscriptions: see `Shard`. */
  drop(topic: string, callback: string | undefined, reason: string): Promise<number>;
  /** Delivers the last edition once more: see `Shard`. Undefined if nobody has subscribed to the topic. */
  replay(topic: string, callback: string | undefined): Promise<number | undefined>;
}
