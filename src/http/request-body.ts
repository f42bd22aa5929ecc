import { joinBytes } from "../lib/join-bytes.ts";

/** Reads a request's body; undefined if it has more than `maxBytes`. */
export const readBody = async (request: Request, maxBytes: number): Promise<Uint8Array | undefined> => {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (request.body !== null) {
    for await (const chunk of request.body) {
      length += chunk.byteLength;
      if (length > maxBytes) return undefined;
      chunks.push(chunk);
    }
  }
  return joinBytes(chunks);
};

/** The media type of a request's body in lower case, without parameters; empty if there is none. */
export const mediaTypeOf = (request: Request): string =>
  (request.headers.get("content-type") ?? "").replace(/;.*$/s, "").trim().toLowerCase();
