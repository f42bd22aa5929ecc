import type { Outcome, Payload, Recipient } from "./delivery/deliver.ts";
import type { HubRequest } from "./protocol/websub.ts";

// What Durable Objects and the queue say to one another. worker.ts makes these of its bindings.

/** An edition, as readers get it. */
export interface TopicEdition {
  /** Its entity tag. */
  readonly etag: string;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** A message of the queue: names what a shard holds. */
export interface DeliveryMessage {
  readonly shard: string;
  readonly batch: number;
}

/** Deliveries to be made now. */
export interface Job {
  readonly recipients: readonly Recipient[];
  /** Absent where whoever asks has it. */
  readonly payload?: Payload;
}

/** A callback that fails. Times in milliseconds since 1970. */
export interface Failure {
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
  readonly lastDelivery?: number;
  /** The oldest first, a few at most. */
  readonly failures: readonly Failure[];
}

/** How a shard is called upon: by which name, and how often the hub has called so far. */
export interface ShardCall {
  readonly name: string;
  readonly topic: string;
  readonly calls: number;
}

/** Part of a topic's subscriptions: all of them, unless they are many. */
export interface Shard {
  /** Will verify and then do what a subscriber asks for; false where too many wait already. */
  request(call: ShardCall, request: HubRequest): Promise<boolean>;
  /** Will tell a would-be subscriber why it is none. */
  deny(call: ShardCall, request: HubRequest, reason: string): Promise<void>;
  /** Will send an edition to all subscribers, unless they have it. */
  publish(edition: TopicEdition): Promise<void>;
  /** Hands out a batch; nothing where it was handed out anew meanwhile. `known` is the tag of the payload at hand. */
  take(batch: number, known: string | undefined): Promise<Job | undefined>;
  /** Hears what became of a batch. */
  report(batch: number, etag: string, outcomes: readonly Outcome[]): Promise<void>;
  /** Whether a callback has subscribed, or waits to be verified. */
  has(callback: string): Promise<boolean>;
  /** Sends nothing more of what it has: there is no such feed now. */
  suspend(): Promise<void>;
  /** Ends subscriptions, of one callback or of all, and those that wait to be verified; tells them why. Gives their number. */
  drop(callback: string | undefined, reason: string): Promise<number>;
  /** Will send the last edition once more, to one callback or to all that failed. Gives their number. */
  replay(callback: string | undefined): Promise<number>;
  /** Tells how it stands, for the publisher. */
  status(): Promise<ShardStatus>;
}

/** What a shard tells the hub of itself: whole counts, so that saying it twice does no harm. */
export interface SubscriberCounts {
  readonly shard: string;
  readonly topic: string;
  /** Number of the last request that reached it. */
  readonly calls: number;
  /** With those that wait to be verified. */
  readonly subscribers: number;
  /** The same by the name or address of the host, of those whose number changed. */
  readonly hosts: Readonly<Record<string, number>>;
}

/** What became of a request to subscribe or unsubscribe: it will be verified, or there is no room for it just now. */
export type Admission = "accepted" | "busy";

/** How a topic stands, for the publisher. */
export interface TopicStatus extends ShardStatus {
  readonly topic: string;
}

/** Knows which topics have subscribers, and tells their shards of changes. */
export interface Hub {
  /** Takes a request for a topic that there is, with the tag that it has now. */
  admit(etag: string, request: HubRequest): Promise<Admission>;
  /** Something may have changed: all topics with subscribers are looked at. `deployment`: unless it has been looked at. */
  changed(deployment?: string): Promise<void>;
  /** Somebody says that something has changed: looks soon, but not again and again. */
  ping(): Promise<void>;
  /** Hears how many subscribers a shard has. */
  updateCounts(counts: SubscriberCounts): Promise<void>;
  /** Tells how topics stand: a few after one, in their order. */
  status(after: string): Promise<readonly TopicStatus[]>;
  /** See Shard. */
  drop(topic: string, callback: string | undefined, reason: string): Promise<number>;
  /** See Shard; nothing where nobody has subscribed to the topic. */
  replay(topic: string, callback: string | undefined): Promise<number | undefined>;
}
