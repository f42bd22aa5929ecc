import type { Instant } from "./instant.ts";

/** Identifies what readers may see of a store: it changes whenever that does. What is hidden may change without it. */
export interface Revision {
  /** Opaque; different for anything else that readers may see. */
  readonly id: string;
  /** When readers could first see it; never moves back. Absent if nobody knows: there is no Last-Modified then. */
  readonly at?: Instant;
  /** Number of the revision, counted from the first; absent in a store whose content never changes. */
  readonly number?: number;
  /** Number of the last revision that removed a story which readers could see. */
  readonly lastRemoval?: number;
}

/** The state of a store at `now`. What readers may see is the same whenever revision and `since` are. */
export interface Snapshot {
  readonly now: Instant;
  readonly revision: Revision;
  /** The last transition: when a story last appeared, expired or lost its notice without an edit; 0 if none has yet. */
  readonly since: Instant;
  /** The next transition; Infinity if there is none. */
  readonly until: Instant;
  /** The store does not answer; this is the last state that it reported. */
  readonly isStale?: true;
}
