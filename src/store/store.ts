import type { Channel } from "../model/channel.ts";
import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { MediaFile } from "../model/media.ts";
import type { Scope } from "../model/view.ts";

/** What changes whenever the stored publication does. */
export interface Revision {
  /** Opaque; another one for every other content. */
  readonly id: string;
  /** When it came to be; never moves back. */
  readonly at: Instant;
}

/** A media file and the stories that use it. */
export interface StoredMedia {
  readonly file: MediaFile;
  /** Whether the publication itself uses it, whatever the stories do. */
  readonly isOfChannel: boolean;
  readonly usedBy: readonly Item[];
}

/**
 * Where stories live. Knows nothing of the time: it hands out hidden stories as well, and only
 * catalog.ts, the visibility gate, may call it.
 */
export interface Store {
  readonly channel: Channel;
  readonly revision: Revision;
  /** Every moment at which something appears or disappears by itself, ascending. */
  readonly transitions: readonly Instant[];
  /** The stories of a scope, newest first by (published, id). Read no further than needed. */
  stories(scope: Scope): AsyncIterable<Item> | Iterable<Item>;
  /** Those of them that were updated after they were published, the latest update first. */
  updated(scope: Scope): AsyncIterable<Item> | Iterable<Item>;
  /** How many of them had appeared by `now`: all that were published and are no drafts, also those that left again. */
  countAppeared(scope: Scope, now: Instant): Promise<number>;
  /** Those that ever appear, oldest first by (published, id): from number `from`, counted from 0, up to `to`. */
  appeared(scope: Scope, from: number, to: number): AsyncIterable<Item> | Iterable<Item>;
  /** Those of them that are withdrawn or will expire, the latest departure first. */
  departing(scope: Scope): AsyncIterable<Item> | Iterable<Item>;
  /** The story with this slug. */
  find(slug: string): Promise<Item | undefined>;
  /** The story that once had this slug. */
  findAlias(alias: string): Promise<Item | undefined>;
  media(path: string): Promise<StoredMedia | undefined>;
}
