import { parseEntityTags } from "../http/etag.ts";
import { ByteWriter } from "./byte-writer.ts";
import type { FeedDocument } from "./document.ts";
import { readDeltaTag, shortDigest } from "./edition-etag.ts";

/** The entries that a client lacks, by the tag of an edition that it holds. */
export interface Delta {
  /** The entity tag of the edition that the client holds: the delta's base (RFC 3229 §10.5.1). */
  readonly base: string;
  /** The entries that it lacks, by their index in the document. */
  readonly lacking: readonly number[];
}

/** Of all editions that a client says it holds, the delta to the one that has most of this document's entries. */
const smallestDelta = (document: FeedDocument, mark: string, ifNoneMatch: string): Delta | undefined => {
  let smallest: Delta | undefined;
  for (const base of parseEntityTags(ifNoneMatch)) {
    const held = readDeltaTag(base, mark);
    if (held === undefined) continue;
    const lacking = document.entries.flatMap(({ digest }, index) => (held.has(shortDigest(digest)) ? [] : [index]));
    if (smallest === undefined || lacking.length < smallest.lacking.length) smallest = { base, lacking };
  }
  return smallest;
};

/**
 * Decides what a client lacks that asks for a delta with If-None-Match. `mark` is that of the document's tags. Undefined if none of
 * its tags is of an edition at this address, or if it lacks more than half of the entries: the whole document lies ready, a delta
 * would have to be made.
 */
export const findDelta = (document: FeedDocument, mark: string, ifNoneMatch: string): Delta | undefined => {
  const delta = smallestDelta(document, mark, ifNoneMatch);
  return delta === undefined || delta.lacking.length * 2 > document.entries.length ? undefined : delta;
};

/** Writes a document with only some of its entries, given by index (RFC 3229 with the `feed` instance manipulation). */
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
