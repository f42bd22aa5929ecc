import type { Channel } from "./channel.ts";
import type { Instant } from "./instant.ts";
import type { Item } from "./item.ts";
import type { Scope } from "./scope.ts";
import type { Tombstone } from "./tombstone.ts";
import type { View } from "./view.ts";

/** A view of the publication with the items that it selects: all that a renderer needs, and no clock. */
export interface BareFeed {
  readonly channel: Channel;
  readonly view: View;
  /** Absolute IRI that never changes and is unique to the view. All archive pages share the id of their feed. */
  readonly id: string;
  readonly title: string;
  /** URL of the page with the same content for people. */
  readonly page: string;
  /**
   * Absolute URL to which a format's file name is appended: `https://example.org/tags/iraq/`. Absent in a partner's feed, which
   * all partners with equal terms share.
   */
  readonly base?: string;
  /** URLs of the WebSub hubs of this feed. */
  readonly hubs: readonly string[];
  /** Of an archive page: the base of the feed with the newest stories (RFC 5005 §4). */
  readonly current?: string;
  /** Base of the archive page with the stories before these, if there is one. */
  readonly previous?: string;
  /** Latest change among the items and tombstones; 0 if there are none. */
  readonly updated: Instant;
  /** Newest first. */
  readonly items: readonly Item[];
  /** The recent withdrawals among the tombstones: a notice stands in their place. Newest first. */
  readonly notices: readonly Tombstone[];
  /** Stories that were withdrawn or have expired: Atom lists them as deleted entries (RFC 6721). Newest first. */
  readonly tombstones: readonly Tombstone[];
}

/** A feed with an address of its own. */
export interface Feed extends BareFeed {
  readonly base: string;
}

/** A public feed that readers can choose, such as that of a tag. */
export interface ListedFeed {
  readonly scope: Scope;
  /** What people call what it is about. */
  readonly name: string;
  /** Its newest story, whose HTML may be missing; absent if no story that was looked at is in it. */
  readonly newest?: Item;
}

/** The public feeds of a publication, apart from the main one. */
export interface ListedFeeds {
  readonly sections: readonly ListedFeed[];
  /** Those that site.yaml names. */
  readonly named: readonly ListedFeed[];
  /** Those with the newest stories first. */
  readonly tags: readonly ListedFeed[];
  /** Likewise. */
  readonly authors: readonly ListedFeed[];
  /** Whether there may be more tags and authors, whose stories are older. */
  readonly isCut: boolean;
}
