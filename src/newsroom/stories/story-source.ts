import { MAX_TEXT_LENGTH } from "../../content/decode.ts";
import { parseStory } from "../../content/story/story.ts";
import { refuse } from "../../http/api-response.ts";
import { mediaTypeOf, readBody } from "../../http/request-body.ts";
import { isRecord } from "../../lib/is-record.ts";
import { toYamlValue } from "../../lib/yaml-value.ts";
import type { Instant } from "../../model/instant.ts";

// The source of a story: bytes as its file in content/ would have them, however they were sent.

/** The lines of front matter with these keys. */
const frontMatterLines = (keys: Readonly<Record<string, unknown>>): string =>
  Object.entries(keys)
    .map(([key, value]) => `${toYamlValue(key)}: ${toYamlValue(value)}\n`)
    .join("");

/**
 * Converts a story in JSON (the keys of front matter, and `text` with the Markdown) into its source. Lines in the
 * compiler's messages are those of this source. Returns the refusal if the bytes are not such JSON.
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

/**
 * Reads the source from a request: its body if it is text/markdown, or made of a body in JSON. Returns the refusal
 * otherwise.
 */
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

const LINE = /([^\r\n]*)(\r\n|\r|\n|$)/g;

/** The index of the second line `---`; lines may end in CRLF, CR or LF. Undefined if there is none. */
const endOfFrontMatter = (text: string): number | undefined => {
  let marks = 0;
  for (const { 0: whole, 1: line = "", index } of text.matchAll(LINE)) {
    if (/^\uFEFF?---[ \t]*$/.test(line) && ++marks === 2) return index;
    if (whole === "") return undefined;
  }
  return undefined;
};

const toIsoSeconds = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/**
 * Adds the key `withdrawn` to a story's source and leaves everything else as it is. Front matter to which no line can
 * be added, such as `{ … }`, is written anew, one key on each line. `path` is the story's path below content/.
 */
export const addWithdrawal = (path: string, source: Uint8Array, at: Instant, reason: string): Uint8Array => {
  const text = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(source);
  const end = endOfFrontMatter(text) ?? text.length;
  const line = `withdrawn: { at: ${toIsoSeconds(at)}, reason: ${JSON.stringify(reason)} }\n`;
  const withLine = new TextEncoder().encode(text.slice(0, end) + line + text.slice(end));
  if (parseStory(path, withLine).completeData?.withdrawn !== undefined) return withLine;
  const { yaml } = parseStory(path, source);
  const keys: Readonly<Record<string, unknown>> = isRecord(yaml?.data) ? yaml.data : {};
  const lines = frontMatterLines({ ...keys, withdrawn: { at: toIsoSeconds(at), reason } });
  return new TextEncoder().encode(`---\n${lines}${text.slice(end)}`);
};
