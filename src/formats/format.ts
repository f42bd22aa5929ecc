import type { Channel } from "../model/channel.ts";
import type { Feed } from "../model/feed.ts";
import type { Item } from "../model/item.ts";
import type { Tombstone } from "../model/tombstone.ts";
import type { View } from "../model/view.ts";

/** One row of the table of formats. */
export interface Format {
  readonly name: "rss" | "atom" | "json";
  /** Last part of a feed's path in this format. */
  readonly fileName: string;
  /** Without parameters, as links name it. */
  readonly mediaType: string;
  /** Other media types that someone who asks for them means this format by. */
  readonly alsoKnownAs: readonly string[];
  /** A document is its head, the departures it names, the items, and its foot. All of these are pure. */
  readonly renderHead: (feed: Feed) => string;
  /** The departures that this format tells readers of. */
  readonly tombstonesOf: (feed: Feed) => readonly Tombstone[];
  readonly renderTombstone: (tombstone: Tombstone, channel: Channel) => string;
  /**
   * A story as a fragment: it depends on nothing else in the feed. In pieces to be written one after another, so that a long
   * text need not be copied to be joined with what stands around it.
   */
  readonly renderItem: (item: Item, channel: Channel, text: View["text"]) => readonly string[];
  /** Stands between any two departures or items. */
  readonly separator: string;
  readonly foot: string;
}

/** The feed's own address in a format. */
export const selfUrl = (feed: Feed, fileName: string): string => feed.base + fileName;
