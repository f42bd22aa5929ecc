import { parseEntityTags } from "../http/etag.ts";
import { ByteWriter } from "./byte-writer.ts";
import { readDeltaTag, shortDigest } from "./edition-etag.ts";
import type { FeedDocument } from "./feed-document.ts";

/** The difference between an edition that a client has and the current document. */
export interface Delta {
  /** Entity tag of the client's edition, as the client sent it (RFC 3229 §10.5.1, Delta-Base). */
  readonly base: string;
  /** The entries that the client lacks, by their index in the document. */
  readonly lacking: readonly number[];
}

/** The smallest of the deltas to the editions that If-None-Match names. */
const smallestDelta = (document: FeedDocument, mark: string, ifNoneMatch: string): Delta | undefined => {
  let smallest: Delta | undefined;
  for (const base of parseEntityTags(ifNoneMatch)) {
    const known = readDeltaTag(base, mark);
    if (known === undefined) continue;
    const lacking = document.entries.flatMap(({ digest }, index) => (known.has(shortDigest(digest)) ? [] : [index]));
    if (smallest === undefined || lacking.length < smallest.lacking.length) smallest = { base, lacking };
  }
  return smallest;
};

/**
 * Finds the delta for a client that sends `ifNoneMatch` and accepts deltas; `mark` is that of the document's entity
 * tags. Undefined if none of the client's tags is of an edition at this address, or if it lacks more than half of the
 * entries: the whole document is ready, a delta would have to be compressed first.
 */
export const findDelta = (document: FeedDocument, mark: string, ifNoneMatch: string): Delta | undefined => {
  const delta = smallestDelta(document, mark, ifNoneMatch);
  return delta === undefined || delta.lacking.length * 2 > document.entries.length ? undefined : delta;
};

/** The document with only some of its entries, by index: what the instance manipulation `feed` of RFC 3229 sends. */
export const writeDelta = (document: FeedDocument, lacking: readonly number[]): Uint8Array => {
  const { body, entries, head, foot, separator } = document;
  const chosen = lacking.flatMap((index) => entries[index] ?? []);
  const writer = new ByteWriter(head + foot + chosen.reduce((sum, { start, end }) => sum + end - start + 1, 0));
  writer.bytes(body.subarray(0, head));
  chosen.forEach(({ start, end }, index) => {
    if (index > 0) writer.text(separator);
    writer.bytes(body.subarray(start, end));
  });
  writer.bytes(body.subarray(body.byteLength - foot));
  return writer.written(0);
};
