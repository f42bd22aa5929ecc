import type { Channel } from "../model/channel.ts";
import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { MediaFile } from "../model/media.ts";
import type { Scope, StoryList } from "../model/scope.ts";
import type { Snapshot } from "../model/snapshot.ts";

/** A media file and the stories that use it. */
export interface StoredMedia {
  readonly file: MediaFile;
  /** Path of its bytes among the assets: its path below content/, or a key that begins with `UPLOADED_PREFIX`. */
  readonly asset: string;
  /** Whether site.yaml itself names it: it is public then, whatever the stories do. */
  readonly isOfChannel: boolean;
  /** Stories that use it: at least one that is visible, if there is one. */
  readonly usedBy: readonly Item[];
}

/** What the keys of uploaded files in the bucket begin with. */
export const UPLOADED_PREFIX = "uploaded/";

/** A section, an author or a tag, and until when a story of it is visible for certain. */
export interface VisibleScope {
  readonly scope: Exclude<Scope, { readonly kind: "all" }>;
  /** When the newest of its visible stories leaves; Infinity if it stays. */
  readonly until: Instant;
}

/** The kinds of those scopes, in their order. */
export const LISTED_KINDS = ["section", "author", "tag"] as const;

/** Stories in some order, read no further than they are iterated. */
export type Stories = AsyncIterable<Item> | Iterable<Item>;

/**
 * Where stories live. It may also return stories that are hidden: what readers get goes through `catalog`, the
 * visibility gate. `now` and `limit` are hints that spare a database from reading rows which nobody needs; a store may
 * ignore them.
 */
export interface Store {
  readonly channel: Channel;
  /** The state of the store at `now`; not a Promise if it is known without asking a database. */
  snapshotAt(now: Instant): Snapshot | Promise<Snapshot>;
  /**
   * Makes the next `snapshotAt` and all reads after it ask the database, for a caller that must see the latest write.
   */
  refresh(): void;
  /**
   * Whether something that is public at `now`, or was, may have this name (`namesOf`). If not, whoever asks for it gets the
   * same answer for the same work, be it hidden or missing.
   */
  knows(name: string, now: Instant): boolean | Promise<boolean>;
  /** The stories of a list, such as those in the feed of a scope, newest first by (published, id). */
  stories(list: StoryList, now: Instant, limit: number): Stories;
  /**
   * The stories of a scope that no feed of the scope has, for pages, in the same order; only those that come after `before`, if
   * that is given.
   */
  storiesWithoutFeed(scope: Scope, now: Instant, limit: number, before?: Pick<Item, "id" | "published">): Stories;
  /**
   * The stories that were published after `since` and by `until`, be they in feeds or not, newest first by (published, id); their
   * HTML may be missing.
   */
  storiesBetween(since: Instant, until: Instant, now: Instant, limit: number): Stories;
  /** The stories that state rights of their own (`hasOwnRights`), newest first by (published, id); their HTML may be missing. */
  storiesWithRights(now: Instant, limit: number): Stories;
  /** Stories of a list that were updated after they were published, at `since` or later; the latest update first. */
  updatedSince(list: StoryList, since: Instant, limit: number): Stories;
  /** Stories of a list that were withdrawn or have an expiry date; the latest withdrawal or expiry first. */
  tombstones(list: StoryList, now: Instant, limit: number): Stories;
  /**
   * The latest date of a story of a list that is not after `at`, and the earliest that is. Only stories count that are still
   * there `ageMs` milliseconds after their date: no drafts, none that was withdrawn, none that expires before.
   */
  publishedAround(
    list: StoryList,
    at: Instant,
    ageMs: number,
  ): Promise<{ readonly before?: Instant | undefined; readonly after?: Instant | undefined }>;
  /**
   * How many stories of a list had appeared by `now`: all but drafts that were published by then, also those that left
   * since.
   */
  countAppeared(list: StoryList, now: Instant): Promise<number>;
  /** How many stories of a scope, drafts apart, were published by `at`, which is not after `now`. Not the members of named feeds. */
  countPublished(scope: Scope, at: Instant): Promise<number>;
  /** Of each month in which a story was published that is visible at `now`, the newest; newest first. Their HTML may be missing. */
  newestOfMonths(now: Instant): Promise<readonly Item[]>;
  /**
   * Stories of a scope that have appeared or will appear, oldest first by (published, id): those numbered `from`
   * (counted from 0) up to, but without, `to`.
   */
  appeared(scope: Scope, from: number, to: number): Stories;
  /** The same of any list; their HTML may be missing. */
  appearedWithoutHtml(list: StoryList, from: number, to: number): Stories;
  /**
   * The sections, authors and tags in whose feeds a story is visible at `now`, in this order, each kind in the order of the names by
   * code points, `limit` of each at most.
   */
  visibleScopes(now: Instant, limit: number): Promise<readonly VisibleScope[]>;
  /** Stories that appear or leave without an edit after `from` and by `to`. */
  itemsChangingBetween(from: Instant, to: Instant): Stories;
  /**
   * Takes stories that expired after `from` and by `to` off the list that `stories` reads, so that it does not slow
   * down.
   */
  unlistExpired(from: Instant, to: Instant): Promise<void>;
  /**
   * Does a step of what the store makes of stories that were stored before there was a use for it: the names that `knows`
   * goes by, which returns true for any name until then, and the members of named feeds. Returns whether all is done.
   */
  catchUp(): Promise<boolean>;
  /** The story that has this slug. */
  findBySlug(slug: string): Promise<Item | undefined>;
  /** The story that had this slug before. */
  findByAlias(alias: string): Promise<Item | undefined>;
  /** The story that has this id. */
  findById(id: string): Promise<Item | undefined>;
  /** The stories that name the one with this id as their original (`translationOf`), newest first by (published, id). */
  translationsOf(id: string, now: Instant, limit: number): Stories;
  /**
   * Scopes of names whose key was that of `former` until 0.2, and of which a story had appeared by `now`: the first ones
   * in the order of their names by code points.
   */
  formerScopes(former: Scope, now: Instant): Promise<readonly Scope[]>;
  /** The media file with this path below content/, such as `media/x.jpg`. */
  findMedia(path: string, now: Instant): Promise<StoredMedia | undefined>;
}
