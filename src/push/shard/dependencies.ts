import type { Outbound } from "../../outbound/outbound.ts";
import type { DeliveryMessage, SubscriberCounts } from "../rpc.ts";
import type { HubSettings } from "../settings.ts";

/** What a shard works with. */
export interface ShardDependencies {
  readonly settings: HubSettings;
  readonly outbound: Outbound;
  /** The hub's own address. */
  readonly hubUrl: string;
  readonly enqueue: (messages: readonly DeliveryMessage[]) => Promise<void>;
  /** Tells the hub how many subscriptions there are. */
  readonly reportCounts: (counts: SubscriberCounts) => Promise<void>;
  /** Milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
  /** Random, and another one each time. */
  readonly challenge: () => string;
}
