import type { Channel } from "../model/channel.ts";
import type { BareFeed } from "../model/feed.ts";
import type { Item } from "../model/item.ts";
import type { View } from "../model/view.ts";

/**
 * Renders feeds in one format. A document is its head, its tombstones and notices, its items and its foot, in this order. All
 * functions are pure: the same arguments give the same bytes.
 */
export interface Renderer {
  readonly name: string;
  /** The last segment of the path of a feed in this format. */
  readonly fileName: string;
  /** Without parameters. */
  readonly mediaType: string;
  readonly renderHead: (feed: BareFeed) => string;
  /** Renders what a document tells of the stories that left: tombstones and notices, each an entry of its own. */
  readonly renderTombstones: (feed: BareFeed) => readonly string[];
  /**
   * Renders a story as a fragment, which depends on nothing else in the feed. The fragment is the pieces one after another:
   * a long text that is a piece of its own need not be copied.
   */
  readonly renderItem: (item: Item, channel: Channel, text: View["text"]) => readonly string[];
  /** Stands between any two entries. */
  readonly separator: string;
  readonly foot: string;
}
