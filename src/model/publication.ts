import type { Channel } from "./channel.ts";
import type { Item } from "./item.ts";
import type { MediaFile } from "./media.ts";

/**
 * All of content/, compiled: what the bundled store serves. Every URL on this site stands on
 * PLACEHOLDER_ORIGIN, until the store puts `url`, or what SITE_URL says, in its place.
 */
export interface Publication {
  /** The site's origin as site.yaml states it. */
  readonly url: string;
  readonly channel: Channel;
  readonly items: readonly Item[];
  /** By path below content/, such as `media/x.jpg`. */
  readonly media: Readonly<Record<string, MediaFile>>;
}
