import { joinBytes } from "../lib/join-bytes.ts";

/** The client ended its request before the body was complete: its own doing, and nobody waits for the response. */
export class RequestAborted extends Error {
  constructor(cause: unknown) {
    super("the client ended its request before the end of the body", { cause });
    this.name = "RequestAborted";
  }
}

/** Reads a request's body; undefined if it has more than `maxBytes`. Rejects with RequestAborted if it does not end. */
export const readBody = async (request: Request, maxBytes: number): Promise<Uint8Array | undefined> => {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of request.body ?? []) {
      length += chunk.byteLength;
      if (length > maxBytes) return undefined;
      chunks.push(chunk);
    }
  } catch (error) {
    throw new RequestAborted(error);
  }
  return joinBytes(chunks);
};

/** The media type of a request's body in lower case, without parameters; empty if there is none. */
export const mediaTypeOf = (request: Request): string =>
  (request.headers.get("content-type") ?? "").replace(/;.*$/s, "").trim().toLowerCase();
