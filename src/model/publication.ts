import { PLACEHOLDER_ORIGIN } from "./address.ts";
import type { Channel } from "./channel.ts";
import type { FormerScope } from "./former-scopes.ts";
import type { Item } from "./item.ts";
import type { MediaFile } from "./media.ts";

/** All of content/, compiled: what the bundled store serves. Every URL of the site begins with PLACEHOLDER_ORIGIN. */
export interface Publication {
  /** The site's origin, by site.yaml. */
  readonly url: string;
  readonly channel: Channel;
  readonly items: readonly Item[];
  /** By path below content/, such as `media/x.jpg`. */
  readonly media: Readonly<Record<string, MediaFile>>;
  /** Of all items, each once; ascending by the name of the scope. */
  readonly formerScopes: readonly FormerScope[];
}

/** Serializes a publication for the worker's bundle: its origin on a line of its own, then JSON. */
export const writePublication = (publication: Publication): string =>
  `${publication.url}\n${JSON.stringify(publication)}`;

// The JSON is what writePublication wrote in the same build, so its shape needs no check.
const parse = (json: string): Publication => JSON.parse(json);

/**
 * Parses what `writePublication` wrote. Replaces PLACEHOLDER_ORIGIN in every URL by `origin`, by default the
 * publication's own.
 */
export const readPublication = (text: string, origin?: string): Publication => {
  const end = text.indexOf("\n");
  return parse(text.slice(end + 1).replaceAll(PLACEHOLDER_ORIGIN, () => origin ?? text.slice(0, end)));
};
