import { MAX_TEXT_LENGTH } from "../content/decode.ts";
import { joinBytes } from "../lib/join-bytes.ts";
import { stringifyStory } from "../newsroom/stories/story-json.ts";
import { refuse } from "./api-response.ts";

/** Reads a body up to a length in bytes; nothing where it is longer. */
export const readBytes = async (request: Request, max: number): Promise<Uint8Array | undefined> => {
  if (Number(request.headers.get("content-length") ?? 0) > max) return undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (request.body !== null) {
    for await (const chunk of request.body) {
      length += chunk.byteLength;
      if (length > max) return undefined;
      chunks.push(chunk);
    }
  }
  return joinBytes(chunks);
};

/** The media type of a body, without parameters; empty where it is not said. */
export const typeOf = (request: Request): string =>
  (request.headers.get("content-type") ?? "").replace(/;.*$/s, "").trim().toLowerCase();

/** A story as it was sent, in the form of a file of content/; else the refusal. */
export const readStorySource = async (request: Request): Promise<Uint8Array | Response> => {
  const type = typeOf(request);
  if (type !== "text/markdown" && type !== "application/json") {
    const detail = "Send a story as text/markdown, the way its file in content/ would be, or as application/json.";
    return refuse(415, detail, { "accept-post": "text/markdown, application/json" });
  }
  const coding = request.headers.get("content-encoding");
  if (coding !== null)
    return refuse(415, "Send the story without a content-coding.", { "accept-encoding": "identity" });
  const bytes = await readBytes(request, MAX_TEXT_LENGTH);
  if (bytes === undefined) {
    return refuse(413, `A story has at most ${MAX_TEXT_LENGTH} bytes (1 MiB). Split it.`);
  }
  return type === "application/json" ? stringifyStory(bytes) : bytes;
};
