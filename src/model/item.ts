import type { Instant } from "./instant.ts";
import type { Attachment, Image } from "./media.ts";

/** A person or a team. */
export interface Author {
  /** Name in URLs. */
  readonly key: string;
  readonly name: string;
  readonly url?: string;
  readonly email?: string;
  /** Absent: a person. */
  readonly type?: "organization" | "person";
}

/** A tag or a section. */
export interface Category {
  /** Name in URLs. */
  readonly key: string;
  readonly name: string;
}

/** The publication on whose reporting a story is based. */
export interface Source {
  readonly title: string;
  readonly url?: string;
  readonly author?: string;
}

/** A correction of a published story, in the publisher's words. */
export interface Correction {
  readonly at: Instant;
  readonly note: string;
}

/** The withdrawal of a published story. */
export interface Withdrawal {
  readonly at: Instant;
  /** Plain text, for readers. */
  readonly reason: string;
}

/**
 * What machines may do with texts: `usage` of site.yaml or of a story. What is absent is not stated, and no form says anything of
 * it.
 */
export interface Usage {
  /** Index them for a search that leads readers to them. */
  readonly search?: boolean;
  /** Let a model read them to answer somebody (grounding, retrieval, AI summaries). */
  readonly aiInput?: boolean;
  /** Train or tune a model with them. */
  readonly aiTrain?: boolean;
  /** URL of the terms for machines. */
  readonly license?: string;
}

/** How many seconds the publication's time zone is ahead of UTC at two instants. */
export interface UtcOffsets {
  readonly published: number;
  readonly updated: number;
}

/** A top-level block of a story's text, such as a paragraph: what is known of it, so that nothing parses HTML when serving. */
export interface Block {
  /** Where its HTML ends in that of the story (UTF-16 units). It begins where the block before it ends, or at 0. */
  readonly end: number;
  /** Its element, such as `p`; `text` for text without one. */
  readonly kind: string;
  /** All elements in it, its own included, each once, in the order of their names. */
  readonly elements: readonly string[];
  /** How deep elements are nested: 1 for a paragraph of nothing but text. */
  readonly depth: number;
  /** Characters (UTF-16 units) of its text. */
  readonly textLength: number;
  /** Absolute URLs of the pictures, films and sounds in it. */
  readonly media: readonly string[];
}

/** Blocks that are another for some partners: HTML by the number of the block, counted from 0; empty if nothing is left. */
export type ReplacedBlocks = Readonly<Record<number, string>>;

/**
 * One story. Only `content/compile.ts` makes Items, and it guarantees: the Item is valid, its HTML is sanitised, every
 * URL in it is absolute, and XML 1.0 can carry every character.
 */
export interface Item {
  /** Absolute IRI that never changes: Atom id, RSS guid, JSON Feed id. */
  readonly id: string;
  /** Last part of the story's address on this site. */
  readonly slug: string;
  /** The story's page on this site, absolute. */
  readonly url: string;
  /** URL of the story's original, if that is on another site. */
  readonly canonical?: string;
  /** Plain text, one line; empty if the story has none. */
  readonly title: string;
  /** What names a story without a title where a name is needed: the first words of its text. Only without a title. */
  readonly firstWords?: string;
  /** Plain text, one line. */
  readonly summary: string;
  /**
   * How the text begins, as plain text of one line, at least 300 UTF-16 units if it has as many: for partners that want a longer
   * description than the summary. Absent where no dialect in use does.
   */
  readonly opening?: string;
  /** The full text as HTML, with the source credit and the corrections at its end. */
  readonly html: string;
  /** The blocks of `html`, in order. What follows the last one are the source credit and the corrections. */
  readonly blocks: readonly Block[];
  /** The full text as Markdown, made of the same tree as `html`. Absent where site.yaml does not want it. */
  readonly markdown?: string;
  /** For partners without an HTML allow-list of their own, `partner`; for others, the name of their dialect. */
  readonly replacedBlocks?: Readonly<Record<string, ReplacedBlocks>>;
  /** Names of the dialects that must not have the story, as it breaks their rules. */
  readonly unfitFor?: readonly string[];
  /** NO_DATE of a draft that has no date yet. */
  readonly published: Instant;
  /** The newest of `updated` and the corrections; `published` if there are none. */
  readonly updated: Instant;
  /** For showing the two dates to people; absent where they are shown in UTC. */
  readonly utcOffsetSeconds?: UtcOffsets;
  readonly authors: readonly Author[];
  readonly section?: Category;
  readonly tags: readonly Category[];
  readonly image?: Image;
  readonly attachments: readonly Attachment[];
  /** BCP 47; absent if it is the publication's. */
  readonly language?: string;
  /** The id of the story of which it is a translation: of an original, which itself has no such key. */
  readonly translationOf?: string;
  /** Earlier slugs. */
  readonly aliases: readonly string[];
  readonly source?: Source;
  /** URL of the licence. */
  readonly license?: string;
  /** What machines may do with it, as far as it differs from the publication's. */
  readonly usage?: Usage;
  /** Whether anybody may republish it; absent: as the publication or its licence allows. */
  readonly republish?: boolean;
  readonly draft: boolean;
  readonly expires?: Instant;
  readonly withdrawn?: Withdrawal;
  readonly corrections: readonly Correction[];
  /** Keys of the named feeds that alone have the story: none, if it is in no feed at all. Absent: every feed that selects it. */
  readonly feeds?: readonly string[];
  /** Paths of the media files that it uses, such as `media/x.jpg`. */
  readonly media: readonly string[];
  /** Those of them that its front matter says must not leave the site, in whichever story they are. Absent: none. */
  readonly undistributable?: readonly string[];
}

/** What names a story where a name is needed, in lists and in the title of its page and its own feed. */
export const headlineOf = ({ title, firstWords = "" }: Pick<Item, "title" | "firstWords">): string =>
  title || firstWords;

/** The URL that feeds link a story to: the canonical one, otherwise its page on this site. */
export const linkOf = (item: Item): string => item.canonical ?? item.url;

/** The section and the tags, in the order in which feeds name them. */
export const categoriesOf = (item: Item): readonly Category[] =>
  item.section === undefined ? item.tags : [item.section, ...item.tags];
