import type { Renderer } from "../formats/renderer.ts";

/**
 * A format that a partner's system asks for. It is never linked from a page. Its rules, and the HTML that it takes, are in
 * `rules/`: only the compiler needs them.
 */
export interface Dialect extends Renderer {
  /** Its name in contracts, and the stem of its file's name: `msn`. */
  readonly name: string;
  /** Its name for people: `MSN`. */
  readonly label: string;
  /** Days after its publication for which a story may be in a feed. */
  readonly maxAgeDays?: number;
  /** Bytes of a feed: the oldest stories are left out beyond that. */
  readonly maxFeedBytes?: number;
  /** Whether all stories of a feed must be in its one language. */
  readonly isOfOneLanguage?: true;
  /** Whether the partner wants the whole text: a contract that gives less gets a warning. */
  readonly wantsFullText?: true;
}
