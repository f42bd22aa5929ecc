// Range requests: RFC 9110 §14 (https://www.rfc-editor.org/rfc/rfc9110#section-14).

/** A range of bytes, both ends included (RFC 9110 §14.1.2). */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** One range of `bytes`. Empty members of the list are allowed (§5.6.1). */
const SINGLE_RANGE = /^bytes=[\s,]*(?<first>\d*)-(?<last>\d*)[\s,]*$/i;

/** Evaluates If-Range (§13.1.5): one strong tag, by strong comparison. Files have no date, so a date never matches. */
const isSameFile = (ifRange: string | null, etag: string): boolean =>
  ifRange === null || (ifRange === etag && !etag.startsWith("W/"));

/**
 * Selects the part of a file of `length` bytes that the Range header of a GET asks for (RFC 9110 §14.2). Returns `whole` if
 * Range is absent, has another unit, asks for several ranges or is malformed, all of which a server may ignore.
 */
export const selectRange = (headers: Headers, etag: string, length: number): ByteRange | "whole" | "unsatisfiable" => {
  const { first = "", last = "" } = SINGLE_RANGE.exec(headers.get("range") ?? "")?.groups ?? {};
  if (first + last === "" || !isSameFile(headers.get("if-range"), etag)) return "whole";
  if (first === "") {
    const count = Math.min(Number(last), length);
    return count === 0 ? "unsatisfiable" : { first: length - count, last: length - 1 };
  }
  if (last !== "" && Number(last) < Number(first)) return "whole";
  if (Number(first) >= length) return "unsatisfiable";
  return { first: Number(first), last: last === "" ? length - 1 : Math.min(Number(last), length - 1) };
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
