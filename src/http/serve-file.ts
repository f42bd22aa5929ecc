import { evaluatePreconditions } from "./conditional.ts";
import { contentRange, selectRange, sliceStream } from "./range.ts";

/** A file of known length whose bytes come as a stream, so that it is never in memory as a whole. */
export interface StreamedFile {
  /** A strong entity tag: the bytes are served as they are. */
  readonly etag: string;
  readonly contentType: string;
  /** Bytes. */
  readonly length: number;
  /** Null for a HEAD. */
  readonly body: ReadableStream<Uint8Array> | null;
  /** Further header fields of every answer, 304 included, by name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Why a file is not served: 412 or 416. The caller answers with its own problem document. */
export type Refusal = "precondition-failed" | "range-not-satisfiable";

const withLength = (body: ReadableStream<Uint8Array> | null | undefined, length: number): ReadableStream | null =>
  body?.pipeThrough(new FixedLengthStream(length)) ?? null;

/**
 * Answers a GET or HEAD with a file (200), the part of it that Range selects (206) or 304, evaluating conditions in the order
 * of RFC 9110 §13.2.2 (https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2). A body of which nothing is sent is cancelled.
 */
export const serveFile = async (
  request: Request,
  { etag, contentType, length, body, headers }: StreamedFile,
): Promise<Response | Refusal> => {
  const preconditions = evaluatePreconditions(request.headers, { etag });
  // Range is defined for GET only (§14.2).
  const range = request.method === "GET" ? selectRange(request.headers, etag, length) : "whole";
  const common = { etag, "x-content-type-options": "nosniff", ...headers };
  if (preconditions !== "proceed" || range === "unsatisfiable") {
    await body?.cancel();
    if (preconditions === "precondition-failed") return preconditions;
    return preconditions === "not-modified"
      ? new Response(null, { status: 304, headers: common })
      : "range-not-satisfiable";
  }
  const described = { ...common, "content-type": contentType, "accept-ranges": "bytes" };
  if (range === "whole") {
    return new Response(withLength(body, length), { headers: { ...described, "content-length": String(length) } });
  }
  const partLength = range.last + 1 - range.first;
  return new Response(withLength(body && sliceStream(body, range), partLength), {
    status: 206,
    headers: {
      ...described,
      "content-range": contentRange(range, length),
      "content-length": String(partLength),
    },
  });
};
