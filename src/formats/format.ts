import type { Feed } from "../model/feed.ts";

/** One row of the table of formats. */
export interface Format {
  readonly name: "rss" | "atom" | "json";
  /** Last part of a feed's path in this format. */
  readonly fileName: string;
  /** Without parameters, as links name it. */
  readonly mediaType: string;
  /** Other media types that someone who asks for them means this format by. */
  readonly alsoKnownAs: readonly string[];
  /** Pure: the same Feed gives the same text, always. */
  readonly render: (feed: Feed) => string;
}

/** The feed's own address in a format. */
export const selfUrl = (feed: Feed, fileName: string): string => feed.base + fileName;
