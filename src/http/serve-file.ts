import { evaluatePreconditions } from "./conditional.ts";
import { contentRange, cut, selectRange } from "./range.ts";

/** A file of a known length whose bytes come as a stream, so that it never is in memory as a whole. */
export interface StreamedFile {
  /** Strong: its bytes are served as they are. */
  readonly etag: string;
  readonly contentType: string;
  /** Bytes. */
  readonly length: number;
  /** Nothing for a HEAD. */
  readonly body: ReadableStream<Uint8Array> | null;
  /** Headers that a 304 carries as well, lower-case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Why a file was not served: 412 or 416. */
export type Refusal = "precondition-failed" | "range-not-satisfiable";

const withLength = (body: ReadableStream<Uint8Array> | null | undefined, length: number): ReadableStream | null =>
  body?.pipeThrough(new FixedLengthStream(length)) ?? null;

/**
 * Answers a GET or HEAD with a file (200), the part of it that Range asks for (206) or 304, in the order of
 * RFC 9110 §13.2.2. Whatever of the body is not sent is cancelled.
 */
export const serveFile = async (
  request: Request,
  { etag, contentType, length, body, headers }: StreamedFile,
): Promise<Response | Refusal> => {
  const preconditions = evaluatePreconditions(request.headers, { etag });
  // Only GET knows ranges (§14.2).
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
  return new Response(withLength(body && cut(body, range), partLength), {
    status: 206,
    headers: {
      ...described,
      "content-range": contentRange(range, length),
      "content-length": String(partLength),
    },
  });
};
