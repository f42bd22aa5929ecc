import type { Channel } from "../model/channel.ts";
import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { MediaFile } from "../model/media.ts";
import type { Scope } from "../model/scope.ts";
import type { Snapshot } from "../model/snapshot.ts";

/** A media file and the stories that use it. */
export interface StoredMedia {
  readonly file: MediaFile;
  /** Where its bytes are among the assets: its path below content/, or a key that begins with UPLOADED. */
  readonly asset: string;
  /** Whether the publication itself uses it, whatever the stories do. */
  readonly isOfChannel: boolean;
  /** At least one that readers may see, if there is one. */
  readonly usedBy: readonly Item[];
}

/** What the keys of uploaded files begin with, in the bucket. */
export const UPLOADED = "uploaded/";

/** Stories in some order, read no further than needed. */
export type Stories = AsyncIterable<Item> | Iterable<Item>;

/**
 * Where stories live. It may hand out hidden stories as well: only catalog.ts, the visibility gate, may call it. `now` and
 * `most` are hints that spare a database rows nobody will look at.
 */
export interface Store {
  readonly channel: Channel;
  /** At once where it is known without asking anyone. */
  snapshotAt(now: Instant): Snapshot | Promise<Snapshot>;
  /** Looks again before it answers next, for who must not miss what was written a moment ago. */
  refresh(): void;
  /** The stories of a scope, newest first by (published, id). */
  stories(scope: Scope, now: Instant, limit: number): Stories;
  /** Those of them that were updated after they were published, at `since` or later, the latest update first. */
  updated(scope: Scope, since: Instant, limit: number): Stories;
  /** Those of them that are withdrawn or expire, the latest departure first. */
  tombstones(scope: Scope, now: Instant, limit: number): Stories;
  /** How many of them had appeared by `now`: all that were published and are no drafts, also those that left again. */
  countAppeared(scope: Scope, now: Instant): Promise<number>;
  /** Those that ever appear, oldest first by (published, id): from number `from`, counted from 0, up to `to`. */
  appeared(scope: Scope, from: number, to: number): Stories;
  /** Those that appear or leave by themselves after `from` and by `to`. */
  changing(from: Instant, to: Instant): Stories;
  /** Tells it that what expired after `from` and by `to` need not be looked at any longer. */
  retire(from: Instant, to: Instant): Promise<void>;
  /** The story with this slug. */
  find(slug: string): Promise<Item | undefined>;
  /** The story that once had this slug. */
  findAlias(alias: string): Promise<Item | undefined>;
  media(path: string, now: Instant): Promise<StoredMedia | undefined>;
}
