/** An edition of a topic as readers get it, without a content-coding. */
export interface TopicEdition {
  /** Its entity tag. */
  readonly etag: string;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/**
 * How a topic stands now. `same`: it has the entity tag that was asked for. `gone`: withdrawn for good (410).
 * `missing`: there is no such feed (404, or it has moved), but there may be one again.
 */
export type EditionLookup =
  | { readonly kind: "same" }
  | { readonly kind: "changed"; readonly edition: TopicEdition }
  | { readonly kind: "gone" }
  | { readonly kind: "missing" };

/** Looks up the edition of a topic unless it still has the given entity tag. Rejects while that cannot be told. */
export type EditionOf = (topic: string, etag: string | undefined) => Promise<EditionLookup>;
