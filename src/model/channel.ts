import type { Author, Category, Usage } from "./item.ts";
import type { Image } from "./media.ts";
import type { Accent, Fonts } from "./pages/appearance.ts";
import type { MenuLink, OwnPage } from "./pages/own-page.ts";
import type { NamedFeed } from "./selection.ts";
import type { SignatureMethod } from "./signature-method.ts";
import type { Words } from "./words/words.ts";

/** Seconds for which an answer is fresh, and for which a stale one may be used (RFC 5861). */
export interface Freshness {
  readonly maxAge: number;
  readonly staleWhileRevalidate: number;
  readonly staleIfError: number;
}

/** Name of the built-in hub among the `hubs` of site.yaml. */
export const BUILT_IN_HUB = "built-in";

/** What is true of the whole publication: content/site.yaml after validation. */
export interface Channel {
  /** Absolute IRI that never changes. The ids of all feeds begin with it. */
  readonly id: string;
  /** Origin of the site, without a trailing slash. */
  readonly url: string;
  readonly title: string;
  readonly description: string;
  /** BCP 47. */
  readonly language: string;
  /** IANA: the zone of the dates that people read. */
  readonly timeZone: string;
  readonly authors: readonly Author[];
  readonly sections: readonly Category[];
  /** The feeds that site.yaml names by a selection. */
  readonly feeds: readonly NamedFeed[];
  readonly rights?: string;
  /** URL of the licence. */
  readonly license?: string;
  /** What machines may do with the stories. */
  readonly usage?: Usage;
  /** Whether anybody may republish the stories; absent: as their licence allows. */
  readonly republish?: boolean;
  /** At most 144 × 400 pixels (RSS `image`). */
  readonly image?: Image;
  /** Whether the stories are there as Markdown, too. */
  readonly markdown?: boolean;
  /** Should be square. */
  readonly icon?: Image;
  /** Stands in the masthead of pages, in place of the title. */
  readonly logo?: Image;
  /** The colour of links and the like on both backgrounds, as `#` and six hexadecimal digits. */
  readonly accent?: Accent;
  readonly fonts?: Fonts;
  /** The publisher's own rules for the style sheet: content/theme.css. */
  readonly theme?: string;
  /** The publisher's own pages, in the order of their names. */
  readonly pages?: readonly OwnPage[];
  /** Links in the masthead; absent: the sections. */
  readonly menu?: readonly MenuLink[];
  /** Links at the foot of pages; absent: the publisher's own pages. */
  readonly footer?: readonly MenuLink[];
  /** URLs of the WebSub hubs that are notified of changes; the built-in one is among them under its own URL. */
  readonly hubs: readonly string[];
  /** How the built-in hub signs deliveries to subscribers with a secret. */
  readonly signature: SignatureMethod;
  /** Target (path or URL) by the path of an older site. */
  readonly redirects: Readonly<Record<string, string>>;
  /** Number of stories in a feed, and in an archive page. */
  readonly feedLength: number;
  /** Whether clients may request deltas of feeds (RFC 3229). */
  readonly deltas: boolean;
  /** Whether a browser that navigates to a feed gets a page of it. */
  readonly feedPages: boolean;
  /** Days for which feeds show a notice in place of a withdrawn story. */
  readonly noticeDays: number;
  readonly freshness: Freshness;
  /**
   * By language: Feedwright's own, with those of site.yaml in their place. They are data, so that no worker carries them
   * as code.
   */
  readonly words: Readonly<Record<string, Words>>;
  /** Paths of the media files that site.yaml, the publisher's own pages and theme.css use, such as `media/icon.png`. */
  readonly media: readonly string[];
}
