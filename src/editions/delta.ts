import { ByteWriter } from "./byte-writer.ts";
import type { FeedDocument } from "./document.ts";

/**
 * The document with only those entries that a client lacks (RFC 3229 with the `feed` instance manipulation), named by their
 * places.
 */
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
