import type { Instant } from "./instant.ts";

/** Identifies the content of a store: it changes whenever the content does. */
export interface Revision {
  /** Opaque; different for any other content. */
  readonly id: string;
  /** When the revision was made; never moves back. */
  readonly at: Instant;
  /** How many changes went before; absent if the store does not count them, because it never changes. */
  readonly number?: number;
  /** Number of the last revision that took a story from readers. */
  readonly lastRemoval?: number;
}

/** How the store stands at `now`: what readers may see is the same at all moments with the same revision and `since`. */
export interface Snapshot {
  readonly now: Instant;
  readonly revision: Revision;
  /** When something last appeared or left without an edit; 0 if nothing has yet. */
  readonly since: Instant;
  /** When that will happen next; Infinity if nothing is to come. */
  readonly until: Instant;
  /** The store does not answer: this is what it said last. */
  readonly isStale?: true;
}
