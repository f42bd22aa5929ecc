import type { Instant } from "./instant.ts";
import type { Attachment, Image } from "./media.ts";

/** A person or desk; `key` is its name in URLs. */
export interface Author {
  readonly key: string;
  readonly name: string;
  readonly url?: string;
  readonly email?: string;
}

/** A tag or a section: `key` is its name in URLs, `name` what people read. */
export interface Category {
  readonly key: string;
  readonly name: string;
}

/** Whose reporting a story rests on. */
export interface Source {
  readonly title: string;
  readonly url?: string;
  readonly author?: string;
}

/** A mistake that was put right, in the publisher's words. */
export interface Correction {
  readonly at: Instant;
  readonly note: string;
}

/** The publisher took the story back. */
export interface Withdrawal {
  readonly at: Instant;
  /** Plain text, for readers. */
  readonly reason: string;
}

/**
 * One story. Only `content/compile.ts` makes Items, so whoever holds one may rely on this: it is
 * valid, its HTML is sanitised, every URL in it is absolute, and every character fits into XML 1.0.
 */
export interface Item {
  /** Absolute IRI that never changes: Atom id, RSS guid, JSON Feed id. */
  readonly id: string;
  /** Last part of the story's address on this site. */
  readonly slug: string;
  /** The story's page on this site, absolute. */
  readonly url: string;
  /** Where the story lives, if not here. */
  readonly canonical?: string;
  /** Plain text on one line. */
  readonly title: string;
  /** Plain text on one line. */
  readonly summary: string;
  /** The full text as HTML, with the source credit and the corrections at its end. */
  readonly html: string;
  readonly published: Instant;
  /** The newest of `updated` and the corrections; `published` where there are none. */
  readonly updated: Instant;
  readonly authors: readonly Author[];
  readonly section?: Category;
  readonly tags: readonly Category[];
  readonly image?: Image;
  readonly attachments: readonly Attachment[];
  /** BCP 47; absent where it is the publication's. */
  readonly language?: string;
  /** Earlier slugs. */
  readonly aliases: readonly string[];
  readonly source?: Source;
  /** URL of the licence. */
  readonly license?: string;
  readonly draft: boolean;
  readonly expires?: Instant;
  readonly withdrawn?: Withdrawal;
  readonly corrections: readonly Correction[];
  /** Paths of the local media files it uses, such as `media/x.jpg`. */
  readonly media: readonly string[];
}

/** Where a reader of the story should be sent: its canonical address, else its page here. */
export const linkOf = (item: Item): string => item.canonical ?? item.url;

/** The section and the tags, in the order in which feeds name them. */
export const categoriesOf = (item: Item): readonly Category[] =>
  item.section === undefined ? item.tags : [item.section, ...item.tags];
