// Range requests: RFC 9110 §14 (https://www.rfc-editor.org/rfc/rfc9110#section-14).
import { parse } from "range-parser";

/** A range of bytes, both ends included (RFC 9110 §14.1.2). */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** Bits of the parser's result code. */
const MALFORMED = 1;
const UNSATISFIABLE = 2;

/** Evaluates If-Range (§13.1.5): one strong tag, by strong comparison. Files have no date, so a date never matches. */
const isSameFile = (ifRange: string | null, etag: string): boolean =>
  ifRange === null || (ifRange === etag && !etag.startsWith("W/"));

/**
 * Selects the part of a file of `length` bytes that the Range header of a GET asks for (RFC 9110 §14.2). Returns `whole` if
 * Range is absent, has another unit, is malformed or asks for several ranges, all of which a server may ignore. It is
 * `unsatisfiable` if none of its ranges is; of an empty file none is, since no Content-Range could describe the part.
 */
export const selectRange = (headers: Headers, etag: string, length: number): ByteRange | "whole" | "unsatisfiable" => {
  const header = headers.get("range");
  if (header === null || !isSameFile(headers.get("if-range"), etag)) return "whole";
  const { type, code, ranges } = parse(length, header);
  if (type !== "bytes" || (code & MALFORMED) !== 0) return "whole";
  const [range, ...others] = ranges;
  if (range === undefined) return "unsatisfiable";
  const isSingle = others.length === 0 && (code & UNSATISFIABLE) === 0;
  return isSingle ? { first: range.start, last: range.end } : "whole";
};

/** Content-Range of a 206 (§14.4, https://www.rfc-editor.org/rfc/rfc9110#section-14.4). */
export const contentRange = ({ first, last }: ByteRange, length: number): string => `bytes ${first}-${last}/${length}`;

/** Content-Range of a 416 (§15.5.17). */
export const unsatisfiedContentRange = (length: number): string => `bytes */${length}`;

/** Returns the bytes of a range as a stream. At most one chunk of the source is in memory; what follows the range is not read. */
export const sliceStream = (
  source: ReadableStream<Uint8Array>,
  { first, last }: ByteRange,
): ReadableStream<Uint8Array> => {
  let position = 0;
  const slicer = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      const part = chunk.subarray(Math.max(0, first - position), Math.max(0, last + 1 - position));
      position += chunk.byteLength;
      if (part.byteLength > 0) controller.enqueue(part);
      if (position > last) controller.terminate();
    },
  });
  return source.pipeThrough(slicer);
};
