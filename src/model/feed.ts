import type { Channel } from "./channel.ts";
import type { Instant } from "./instant.ts";
import type { Item } from "./item.ts";
import type { Tombstone } from "./tombstone.ts";
import type { View } from "./view.ts";

/** A view of the publication with the items it selects: all that a renderer needs, and no clock. */
export interface Feed {
  readonly channel: Channel;
  readonly view: View;
  /** Absolute IRI that never changes, and differs from that of every other view. */
  readonly id: string;
  readonly title: string;
  /** The page that people should read instead. */
  readonly page: string;
  /** Absolute URL that a format's file name is added to: `https://example.org/tags/iraq/`. */
  readonly base: string;
  /** WebSub hubs that tell of changes to this feed. */
  readonly hubs: readonly string[];
  /** Of an archive page: the base of the feed with the newest stories (RFC 5005 §4). */
  readonly current?: string;
  /** Base of the archive page with the stories before these, where there is one. */
  readonly previous?: string;
  /** The newest change among the items and departures; 1970 where there are none. */
  readonly updated: Instant;
  /** Newest first. */
  readonly items: readonly Item[];
  /** Withdrawn not long ago: RSS and JSON Feed put a notice in their place. Newest first. */
  readonly notices: readonly Tombstone[];
  /** Withdrawn or expired: Atom names them as deleted (RFC 6721). Newest first. */
  readonly tombstones: readonly Tombstone[];
}
