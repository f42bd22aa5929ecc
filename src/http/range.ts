/** A span of bytes, both ends counted in (RFC 9110 §14.1.2). */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** One span of `bytes`; groups first and last. Empty members of the list are allowed (§5.6.1). */
const SINGLE = /^bytes=[\s,]*(?<first>\d*)-(?<last>\d*)[\s,]*$/i;

/** If-Range (§13.1.5): one strong tag, compared strongly. Files have no date, so a date never matches. */
const isOfSameFile = (ifRange: string | null, etag: string): boolean =>
  ifRange === null || (ifRange === etag && !etag.startsWith("W/"));

/**
 * The part of a file of `length` bytes that a GET asks for by Range (RFC 9110 §14.2). `whole` where it asks for
 * none, by another unit, for several parts at once, or in a way that can't be read: all of these may be ignored.
 */
export const selectRange = (headers: Headers, etag: string, length: number): ByteRange | "whole" | "unsatisfiable" => {
  const { first = "", last = "" } = SINGLE.exec(headers.get("range") ?? "")?.groups ?? {};
  if (first + last === "" || !isOfSameFile(headers.get("if-range"), etag)) return "whole";
  if (first === "") {
    const count = Math.min(Number(last), length);
    return count === 0 ? "unsatisfiable" : { first: length - count, last: length - 1 };
  }
  if (last !== "" && Number(last) < Number(first)) return "whole";
  if (Number(first) >= length) return "unsatisfiable";
  return { first: Number(first), last: last === "" ? length - 1 : Math.min(Number(last), length - 1) };
};

/** Content-Range of a 206 (§14.4). */
export const contentRange = ({ first, last }: ByteRange, length: number): string => `bytes ${first}-${last}/${length}`;

/** Content-Range of a 416. */
export const unsatisfiedRange = (length: number): string => `bytes */${length}`;

/** A part of a body, cut out as it streams by: only one chunk of it is ever held. */
export const cut = (body: ReadableStream<Uint8Array>, { first, last }: ByteRange): ReadableStream<Uint8Array> => {
  let position = 0;
  const cutter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      const part = chunk.subarray(Math.max(0, first - position), Math.max(0, last + 1 - position));
      position += chunk.byteLength;
      if (part.byteLength > 0) controller.enqueue(part);
      if (position > last) controller.terminate();
    },
  });
  return body.pipeThrough(cutter);
};
