/** A feed reader on the web to which a link adds a feed. */
export interface Reader {
  readonly name: string;
  /** Begins the link; the percent-encoded address of the feed follows. */
  readonly link: string;
}

/** Feed readers whose makers keep such an address; each asks its user before it subscribes. */
export const readers: readonly Reader[] = [
  { name: "Feedly", link: "https://feedly.com/i/subscription/feed%2F" },
  { name: "Inoreader", link: "https://www.inoreader.com/?add_feed=" },
  { name: "NewsBlur", link: "https://www.newsblur.com/?url=" },
  { name: "Feedbin", link: "https://feedbin.com/?subscribe=" },
  { name: "The Old Reader", link: "https://theoldreader.com/feeds/subscribe?url=" },
];

/** The address that opens the feed reader of a device, such as NetNewsWire: `feed:` before that of the feed. */
export const appLink = (feedUrl: string): string => `feed:${feedUrl}`;
