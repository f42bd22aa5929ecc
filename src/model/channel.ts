import type { Author, Category } from "./item.ts";
import type { Image } from "./media.ts";

/** The few words that Feedwright itself puts before readers; site.yaml may translate them. */
export interface Words {
  readonly source: string;
  readonly correction: string;
  readonly withdrawn: string;
}

export const englishWords: Words = { source: "Source", correction: "Correction", withdrawn: "Withdrawn" };

/** Seconds for which an answer is fresh, and for which a stale one may be used (RFC 5861). */
export interface Freshness {
  readonly maxAge: number;
  readonly staleWhileRevalidate: number;
  readonly staleIfError: number;
}

/** How site.yaml calls the hub of the site itself, among `hubs`. */
export const BUILT_IN_HUB = "built-in";

/** What is true of the whole publication: content/site.yaml, checked. */
export interface Channel {
  /** Absolute IRI that never changes; the ids of all feeds begin with it. */
  readonly id: string;
  /** Origin of the site, without a slash at its end. */
  readonly url: string;
  readonly title: string;
  readonly description: string;
  /** BCP 47. */
  readonly language: string;
  readonly authors: readonly Author[];
  readonly sections: readonly Category[];
  readonly rights?: string;
  /** URL of the licence. */
  readonly license?: string;
  /** At most 144 × 400 pixels (RSS `image`). */
  readonly image?: Image;
  /** Meant to be square. */
  readonly icon?: Image;
  /** WebSub hubs that are told of changes. */
  readonly hubs: readonly string[];
  /** Paths of an older site, each with the path or URL that answers now. */
  readonly redirects: Readonly<Record<string, string>>;
  /** How many stories a feed holds. */
  readonly feedLength: number;
  /** Whether feeds may be asked for what is new in them only (RFC 3229). */
  readonly deltas: boolean;
  /** Days for which a withdrawn story stands as a notice in RSS and JSON Feed. */
  readonly noticeDays: number;
  readonly freshness: Freshness;
  readonly words: Words;
  /** Paths of the local media files it uses. */
  readonly media: readonly string[];
}
