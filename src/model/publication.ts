import { PLACEHOLDER_ORIGIN } from "./address.ts";
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

/** A publication as the build hands it to the worker: its origin on a line by itself, then JSON. */
export const writePublication = (publication: Publication): string =>
  `${publication.url}\n${JSON.stringify(publication)}`;

// What comes in was written by writePublication a moment ago, from what the compiler checked.
const parse = (json: string): Publication => JSON.parse(json);

/**
 * Reads what `writePublication` wrote, with the site's real origin in the place of the placeholder, in
 * every URL at once. `origin` is the publication's own where it is absent.
 */
export const readPublication = (text: string, origin?: string): Publication => {
  const end = text.indexOf("\n");
  return parse(text.slice(end + 1).replaceAll(PLACEHOLDER_ORIGIN, () => origin ?? text.slice(0, end)));
};
