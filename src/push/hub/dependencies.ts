import type { HttpClient } from "../../outbound/guarded-fetch.ts";
import type { Shard } from "../rpc.ts";
import type { HubSettings } from "../settings.ts";
import type { EditionOf } from "../topic-edition.ts";

/** What the hub works with. */
export interface HubDependencies {
  readonly settings: HubSettings;
  /** Identifies the worker's version and content. */
  readonly deployment: string;
  /** The shard of a name. */
  readonly shard: (name: string) => Shard;
  readonly editionOf: EditionOf;
  /** Drops what `editionOf` and `publicTopics` have cached: something may have changed since. */
  readonly refresh: () => Promise<void>;
  /** Whether the site is to have a hub. If not, all subscriptions to it end. */
  readonly isOpen: boolean;
  /** The URLs of hubs elsewhere. */
  readonly externalHubs: readonly string[];
  /** The topics of which hubs elsewhere are told. Rejects while that cannot be told. */
  readonly publicTopics: () => Promise<readonly string[]>;
  /** Sends the pings to hubs elsewhere, whose addresses the publisher wrote and not a stranger. */
  readonly outbound: HttpClient;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
}
