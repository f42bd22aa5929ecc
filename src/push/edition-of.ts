import type { Announced } from "./stubs.ts";

/** How a topic stands now. `same`: it has the tag that was asked for. */
export type Current =
  | { readonly kind: "same" }
  | { readonly kind: "changed"; readonly edition: Announced }
  | { readonly kind: "gone" }
  | { readonly kind: "missing" };

/** The edition of a topic, as readers get it; fails while nobody can tell. */
export type EditionOf = (topic: string, etag: string | undefined) => Promise<Current>;
