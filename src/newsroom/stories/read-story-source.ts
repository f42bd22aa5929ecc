import { MAX_TEXT_LENGTH } from "../../content/decode.ts";
import { refuse } from "../../http/api-response.ts";
import { mediaTypeOf, readBody } from "../../http/request-body.ts";
import { isRecord } from "../../lib/is-record.ts";
import { frontMatterLines } from "./front-matter-lines.ts";

/**
 * A story that was sent as JSON, in the form of its file: the keys of the front matter, and `text` with the Markdown. Places in
 * messages are those of that file. Returns the refusal if it is not such JSON.
 */
const sourceFromJson = (bytes: Uint8Array): Uint8Array | Response => {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch (error) {
    return refuse(400, `This is not JSON in UTF-8: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isRecord(value))
    return refuse(400, "Send an object with the keys of front matter, and `text` with the Markdown.");
  const { text = "", ...frontMatter } = value;
  if (typeof text !== "string") return refuse(400, "`text` must be a string: the story in Markdown.");
  return new TextEncoder().encode(`---\n${frontMatterLines(frontMatter)}---\n\n${text}\n`);
};

/** Reads the story in a request, in the form of a file of content/; returns the refusal if there is none. */
export const readStorySource = async (request: Request): Promise<Uint8Array | Response> => {
  const type = mediaTypeOf(request);
  if (type !== "text/markdown" && type !== "application/json") {
    const detail = "Send a story as text/markdown, the way its file in content/ would be, or as application/json.";
    return refuse(415, detail, { "accept-post": "text/markdown, application/json" });
  }
  const coding = request.headers.get("content-encoding");
  if (coding !== null)
    return refuse(415, "Send the story without a content-coding.", { "accept-encoding": "identity" });
  const bytes = await readBody(request, MAX_TEXT_LENGTH);
  if (bytes === undefined) {
    return refuse(413, `A story has at most ${MAX_TEXT_LENGTH} bytes (1 MiB). Split it.`);
  }
  return type === "application/json" ? sourceFromJson(bytes) : bytes;
};
