import type { Coding } from "../http/accept-encoding.ts";
import {
  createEncodedRepresentation,
  type EncodedRepresentation,
  type Representation,
} from "../http/representation.ts";
import type { Instant } from "../model/instant.ts";
import type { FeedDocument } from "./feed-document.ts";

/** A document that is ready to be served, with its bytes in each content-coding that has been requested so far. */
export interface Edition {
  readonly representation: Representation;
  /** The bytes without a content-coding. */
  readonly body: Uint8Array;
  /** Of a feed only: its entries and, if it offers deltas, the mark of its entity tags. */
  readonly feed?: { readonly document: FeedDocument; readonly mark?: string };
  /**
   * When the first of its stories is removed: from then on it must not be served. Infinity if that is not known of any.
   */
  readonly goodUntil: Instant;
  /**
   * When the first of its stories or notices is taken from readers: no cache may hold it for longer. What is still hidden
   * has no part in it. Infinity if that is not known of any.
   */
  readonly freshUntil: Instant;
  /** Number of the store's revision that it was rendered from; 0 if the store counts none. */
  readonly revision: number;
  /** Grows as content-codings are requested; each is made once. */
  readonly encodings: Map<Coding, EncodedRepresentation>;
  /** How many deltas to it have been made. */
  readonly deltas: { made: number };
}

/** Estimated bytes of headers and bookkeeping in memory, beside the body. */
export const OVERHEAD_BYTES = 4096;

/** Estimated bytes of one entry of a feed in the index of fragments. */
const ENTRY_BYTES = 256;

/** Estimated bytes of an edition in memory. Counts the whole buffer of each body, which may be larger than the body. */
export const sizeOfEdition = ({ body, feed, encodings }: Edition): number =>
  [...encodings.values()].reduce(
    (sum, one) => sum + (one.body === body ? 0 : one.body.buffer.byteLength + OVERHEAD_BYTES),
    body.buffer.byteLength + OVERHEAD_BYTES + (feed?.document.entries.length ?? 0) * ENTRY_BYTES,
  );

/** Creates an edition without any content-coding yet. */
export const createEdition = (
  representation: Representation,
  body: Uint8Array,
  more: Pick<Edition, "feed" | "freshUntil" | "goodUntil" | "revision">,
): Edition => ({
  representation,
  body,
  ...more,
  encodings: new Map([["identity", createEncodedRepresentation(representation, "identity", body)]]),
  deltas: { made: 0 },
});
