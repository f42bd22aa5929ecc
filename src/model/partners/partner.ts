import type { Instant } from "../instant.ts";
import type { Selection } from "../selection.ts";

/** A token of a partner. */
export interface PartnerToken {
  /** SHA-256 of the token, 64 hex digits. */
  readonly sha256: string;
  /** When it ends, if it is being replaced by another one. */
  readonly until?: Instant;
}

/** How much of each story's text a partner gets: all of it, its summary, or so many of its first blocks. */
export type PartnerText = "full" | "summary" | { readonly lead: number };

/** How often a partner may ask. */
export const RATES = ["standard", "high"] as const;

/** A partner's contract: who may take which stories, in which form. */
export interface Partner {
  /** Name in URLs. */
  readonly name: string;
  /** Who answers for it: an address for the publisher, never shown to anybody else. */
  readonly contact?: string;
  readonly enabled: boolean;
  readonly expires?: Instant;
  /** None if the contract is open. */
  readonly tokens: readonly PartnerToken[];
  /** Anybody may read its feeds: for partners that can only take an address. */
  readonly open: boolean;
  /** A header in which it sends its token, beside Authorization. In lower case. */
  readonly header?: string;
  /** Networks from which it asks (CIDR); any, if there are none. */
  readonly networks: readonly string[];
  readonly rate: (typeof RATES)[number];
  readonly selection: Selection;
  readonly text: PartnerText;
  /** Number of stories in a feed; that of the publication's feeds, if it is absent. */
  readonly length?: number;
  /** Stories that were published longer ago are in no feed. */
  readonly hours?: number;
  /** Seconds after which a story first appears. */
  readonly delaySeconds: number;
  /** Names of the formats and dialects that it may have. */
  readonly formats: readonly string[];
  /** The line at the end of each text by language, `*` for any other; the publication's words, if it is absent; `false` for none. */
  readonly attribution?: Readonly<Record<string, string>> | false;
  /** URL of the licence by which it has the stories. */
  readonly license?: string;
}
