import type { Outside } from "../../outbound/outbound.ts";
import type { Census, DeliveryMessage } from "../rpc.ts";
import type { HubSettings } from "../settings.ts";

/** What a shard works with. */
export interface ShardParts {
  readonly settings: HubSettings;
  readonly outside: Outside;
  /** The hub's own address. */
  readonly hubUrl: string;
  readonly enqueue: (messages: readonly DeliveryMessage[]) => Promise<void>;
  /** Tells the hub how many subscriptions there are. */
  readonly sendCensus: (census: Census) => Promise<void>;
  /** Milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
  /** Random, and another one each time. */
  readonly challenge: () => string;
}
