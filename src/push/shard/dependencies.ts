import type { QueueMessage, SubscriberCounts } from "../rpc.ts";
import type { HubSettings } from "../settings.ts";

/** What a shard works with. */
export interface ShardDependencies {
  readonly settings: HubSettings;
  /** The hub's own URL. */
  readonly hubUrl: string;
  /** Sends messages to the queue. */
  readonly enqueue: (messages: readonly QueueMessage[]) => Promise<void>;
  /** Reports to the hub how many subscribers there are. */
  readonly reportCounts: (counts: SubscriberCounts) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** A text that nobody can guess, another one each time. */
  readonly challenge: () => string;
}
