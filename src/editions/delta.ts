import { ByteWriter } from "./byte-writer.ts";
import type { FeedDocument } from "./document.ts";
import { shortDigest } from "./entity-tag.ts";

/**
 * The document with only those entries that a client lacks (RFC 3229 with the `feed` instance manipulation). `known`
 * are the short digests of those that it holds.
 */
export const writeDelta = (document: FeedDocument, known: ReadonlySet<string>): Uint8Array => {
  const { body, entries, head, foot, separator } = document;
  const lacking = entries.filter(({ digest }) => !known.has(shortDigest(digest)));
  const writer = new ByteWriter(head + foot + lacking.reduce((sum, { start, end }) => sum + end - start + 1, 0));
  writer.bytes(body.subarray(0, head));
  lacking.forEach(({ start, end }, index) => {
    if (index > 0) writer.text(separator);
    writer.bytes(body.subarray(start, end));
  });
  writer.bytes(body.subarray(body.byteLength - foot));
  return writer.written(0);
};
