import type { HttpClient } from "../../outbound/guarded-fetch.ts";
import type { Shard } from "../rpc.ts";
import type { HubSettings } from "../settings.ts";
import type { EditionOf } from "../topic-edition.ts";

/** What the hub works with. */
export interface HubDependencies {
  readonly settings: HubSettings;
  /** Of the worker's version and content. */
  readonly deployment: string;
  readonly shard: (name: string) => Shard;
  readonly editionOf: EditionOf;
  /** Forgets what `editionOf` knows: something may have changed since. */
  readonly refresh: () => void;
  /** Whether the site is to have a hub; else all its subscriptions end. */
  readonly isOpen: boolean;
  /** Hubs elsewhere, and the topics that they are told of. */
  readonly externalHubs: readonly string[];
  readonly publicTopics: () => Promise<readonly string[]>;
  readonly outbound: HttpClient;
  /** Milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
}
