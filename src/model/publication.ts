import { PLACEHOLDER_ORIGIN } from "./address.ts";
import type { Channel } from "./channel.ts";
import type { Instant } from "./instant.ts";
import type { Item } from "./item.ts";
import type { MediaFile } from "./media.ts";
import type { FormerScope } from "./names/former-scopes.ts";
import type { OwnPage } from "./pages/own-page.ts";
import type { Partner } from "./partners/partner.ts";

/** All of content/, compiled: what the bundled store serves. Every URL of the site begins with PLACEHOLDER_ORIGIN. */
export interface Publication {
  /** The site's address, by site.yaml. */
  readonly url: string;
  readonly channel: Channel;
  /** The publisher's own pages that are drafts, with the media that they use: they are none of the channel's. */
  readonly draftPages?: readonly { readonly page: OwnPage; readonly media: readonly string[] }[];
  readonly items: readonly Item[];
  /** By path below content/, such as `media/x.jpg`. */
  readonly media: Readonly<Record<string, MediaFile>>;
  /** Of all items, each once; ascending by the name of the scope. */
  readonly formerScopes: readonly FormerScope[];
  /** Of each named feed, the indexes of its items, ascending. */
  readonly feedMembers: Readonly<Record<string, readonly number[]>>;
  /** The contracts of content/partners.yaml, ascending by name. */
  readonly partners: readonly Partner[];
  /** Of each selection of a contract, by its name, the indexes of its items, ascending; without that of all stories. */
  readonly partnerMembers: Readonly<Record<string, readonly number[]>>;
}

/**
 * Serializes a publication for the worker's bundle: its origin on a line of its own, then JSON. `changedAt` stands on that line too
 * if it is given: when what readers see of the publication last changed.
 */
export const writePublication = (publication: Publication, changedAt?: Instant): string =>
  `${publication.url}${changedAt === undefined ? "" : ` ${changedAt}`}\n${JSON.stringify(publication)}`;

// The JSON is what writePublication wrote in the same build, so its shape needs no check.
const parse = (json: string): Publication => {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new Error(
      "This text is no publication. Pass that of build/publication.txt, which `feedwright build` writes.",
      { cause },
    );
  }
};

const headOf = (text: string): readonly (string | undefined)[] => text.slice(0, text.indexOf("\n")).split(" ");

/** The `changedAt` that `writePublication` was given; undefined if it was given none. */
export const changedAtOf = (text: string): Instant | undefined => {
  const changedAt = headOf(text)[1];
  return changedAt === undefined ? undefined : Number(changedAt);
};

/**
 * Parses what `writePublication` wrote. Replaces PLACEHOLDER_ORIGIN in every URL by `origin`, by default the
 * publication's own. Throws an Error that says what to pass if the text is none.
 */
export const readPublication = (text: string, origin?: string): Publication => {
  const json = text.slice(text.indexOf("\n") + 1);
  return parse(json.replaceAll(PLACEHOLDER_ORIGIN, () => origin ?? headOf(text)[0] ?? ""));
};
