import type { Coding } from "../http/accept-encoding.ts";
import {
  createEncodedRepresentation,
  type EncodedRepresentation,
  type Representation,
} from "../http/representation.ts";
import type { Instant } from "../model/instant.ts";
import type { FeedDocument } from "./document.ts";

/** A document that is ready to be served, in each content-coding that has been asked for so far. */
export interface Edition {
  readonly representation: Representation;
  /** Without a coding. */
  readonly body: Uint8Array;
  /** Where it is a feed: its entries and, if deltas may be asked of it, the mark of its tags. */
  readonly feed?: { readonly document: FeedDocument; readonly mark?: string };
  /** When the first of its stories expires: it may not be shown from then on. Infinity where none does. */
  readonly goodUntil: Instant;
  /** Number of the store's revision that it was made of; 0 where nobody counts them. */
  readonly revision: number;
  /** Grows: each coding is made once. */
  readonly encodings: Map<Coding, EncodedRepresentation>;
}

/** What headers and the entry itself take, beside the body. */
export const OVERHEAD_BYTES = 4096;

/** What one entry of a feed takes in the indexes. */
const ENTRY_BYTES = 256;

/** Bytes that an edition takes in memory: of each body all of its buffer, which may have room to spare. */
export const sizeOfEdition = ({ body, feed, encodings }: Edition): number =>
  [...encodings.values()].reduce(
    (sum, one) => sum + (one.body === body ? 0 : one.body.buffer.byteLength + OVERHEAD_BYTES),
    body.buffer.byteLength + OVERHEAD_BYTES + (feed?.document.entries.length ?? 0) * ENTRY_BYTES,
  );

/** An edition that has been asked for in no coding but its own. */
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
