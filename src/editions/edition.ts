import type { Coding } from "../http/accept-encoding.ts";
import {
  createEncodedRepresentation,
  type EncodedRepresentation,
  type Representation,
} from "../http/representation.ts";
import type { Instant } from "../model/instant.ts";
import type { FeedDocument } from "./document.ts";

/** A document that is ready to be served, in each content-coding that has been requested so far. */
export interface Edition {
  readonly representation: Representation;
  /** Without a content-coding. */
  readonly body: Uint8Array;
  /** Of a feed: its entries and, if deltas may be requested of it, the mark of its entity tags. */
  readonly feed?: { readonly document: FeedDocument; readonly mark?: string };
  /** When the first of its stories leaves: from then on it must not be shown. Infinity if none is known to. */
  readonly goodUntil: Instant;
  /** Number of the store's revision that it was rendered from; 0 if the store counts none. */
  readonly revision: number;
  /** Grows: each content-coding is made once. */
  readonly encodings: Map<Coding, EncodedRepresentation>;
}

/** What headers and bookkeeping take in memory, beside the body. */
export const OVERHEAD_BYTES = 4096;

/** What one entry of a feed takes in the index of fragments. */
const ENTRY_BYTES = 256;

/** Bytes that an edition takes in memory. Of each body the whole buffer counts, which may be larger. */
export const sizeOfEdition = ({ body, feed, encodings }: Edition): number =>
  [...encodings.values()].reduce(
    (sum, one) => sum + (one.body === body ? 0 : one.body.buffer.byteLength + OVERHEAD_BYTES),
    body.buffer.byteLength + OVERHEAD_BYTES + (feed?.document.entries.length ?? 0) * ENTRY_BYTES,
  );

/** An edition that has not been encoded yet. */
export const createEdition = (
  representation: Representation,
  body: Uint8Array,
  more: Pick<Edition, "feed" | "goodUntil" | "revision">,
): Edition => ({
  representation,
  body,
  ...more,
  encodings: new Map([["identity", createEncodedRepresentation(representation, "identity", body)]]),
});
