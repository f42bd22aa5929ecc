// What Durable Objects and the consumer of the queue say to one another. The entry of the worker makes `Hub` and
// `Shard` of its bindings.

import type { HubRequest, Payload, Protocol } from "./protocol/protocol.ts";
import type { TopicEdition } from "./topic-edition.ts";

/** A message of the queue: names a batch of deliveries, which its shard holds. */
export interface DeliveryMessage {
  readonly shard: string;
  readonly batch: number;
}

/** A subscriber to whom an edition is to be delivered. */
export interface Recipient {
  /** Of the subscription, in its shard. */
  readonly id: number;
  readonly callback: string;
  readonly protocol: Protocol;
  readonly secret?: string;
}

/** A batch of deliveries that are to be made now. */
export interface DeliveryBatch {
  readonly recipients: readonly Recipient[];
  /** Absent if whoever takes the batch has the current one already. */
  readonly payload?: Payload;
}

/** What became of a delivery; `id` is the recipient's. */
export type DeliveryOutcome =
  /** The callback answered 2xx. */
  | { readonly id: number; readonly kind: "delivered" }
  /** The callback wants no more (410). */
  | { readonly id: number; readonly kind: "gone" }
  /** It could not be told whether anything may be sent to the callback. */
  | { readonly id: number; readonly kind: "unchecked" }
  /** There was no time left for it. */
  | { readonly id: number; readonly kind: "not started" }
  /** `retryAfterMs`: how long the callback asked us to wait. */
  | { readonly id: number; readonly kind: "failed"; readonly reason: string; readonly retryAfterMs?: number };

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
