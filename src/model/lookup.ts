import type { Instant } from "./instant.ts";

/** The outcome of looking something up by its name. Tells only what readers may know. */
export type Lookup<Value> =
  | { readonly kind: "found"; readonly value: Value }
  /** The story has another slug now. `until`: when it will be removed; Infinity if that is not known. */
  | { readonly kind: "moved"; readonly slug: string; readonly until: Instant }
  /** The tag or author had this key until 0.2, and has another one now. */
  | { readonly kind: "renamed"; readonly key: string }
  /**
   * Withdrawn, with the reason, or expired; `at` is on clocks that are `utcOffsetSeconds` ahead of UTC for readers. `language` is
   * the story's, if that is not the publication's.
   */
  | {
      readonly kind: "gone";
      readonly reason?: string;
      readonly at: Instant;
      readonly utcOffsetSeconds: number;
      readonly language?: string;
    }
  | { readonly kind: "missing" };

/** Nothing has that name, or nothing that readers may know of. */
export const MISSING = { kind: "missing" } as const;
