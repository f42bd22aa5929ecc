import type { TopicEdition } from "./rpc.ts";

/**
 * How a topic stands now. `same`: it has the tag that was asked for. `gone`: withdrawn (410), for good. `missing`: there is no
 * such feed (404, or it has moved), but there may be one again.
 */
export type Current =
  | { readonly kind: "same" }
  | { readonly kind: "changed"; readonly edition: TopicEdition }
  | { readonly kind: "gone" }
  | { readonly kind: "missing" };

/** The edition of a topic, as readers get it; fails while nobody can tell. */
export type EditionOf = (topic: string, etag: string | undefined) => Promise<Current>;
