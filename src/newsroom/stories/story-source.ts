import { decode, isUtf8, MAX_TEXT_LENGTH } from "../../content/decode.ts";
import { editFrontMatter, splitSource, textBelow, writeFrontMatter } from "../../content/story/edit-front-matter.ts";
import { HTML_BODY, readHtmlBody, writeHtmlBody } from "../../content/story/html-body.ts";
import { parseStory } from "../../content/story/story.ts";
import { refuse } from "../../http/api-response.ts";
import { mediaTypeOf, readBody } from "../../http/request-body.ts";
import { isRecord } from "../../lib/is-record.ts";
import type { Instant } from "../../model/instant.ts";
import { findDuplicateKey } from "../duplicate-keys.ts";
import { toIsoSeconds } from "./iso-seconds.ts";
import {
  filePlaces,
  type JsonBody,
  jsonPlaces,
  type MessagePlaces,
  sentFilePlaces,
  toPointer,
} from "./message-places.ts";

// The source of a story: bytes as its file in content/ would have them, however they were sent.

/** Keys and values. */
export type Keys = Readonly<Record<string, unknown>>;

/** The source of a story, and how whoever sent it is told where in it something is. */
export interface StorySource {
  readonly source: Uint8Array;
  readonly places: MessagePlaces;
}

/** A story as it was sent. */
export interface SentStory {
  /** As they were sent. */
  readonly bytes: Uint8Array;
  /** The keys of its front matter; empty if that can't be read. */
  readonly keys: Keys;
  /**
   * Makes its source, with keys that are not in it, or have other values there; the refusal if none can be put into it. `path` is
   * its path below content/.
   */
  readonly toSource: (path: string, changes: Keys) => StorySource | Response;
}

/** What is said of a story that does not compile. */
export const INVALID_STORY = "The story has mistakes. Mend them and send it again.";

/** The refusal of a value of a story in JSON. */
export const refuseValue = (pointer: string, reason: string, rule = "value"): Response =>
  refuse(422, INVALID_STORY, {}, [{ pointer, severity: "error", rule, reason }]);

/** How deep objects and lists in JSON may be nested: far more than any key takes. */
const MAX_DEPTH = 32;

const isTooDeep = (value: unknown, depth = 0): boolean =>
  typeof value === "object" &&
  value !== null &&
  (depth >= MAX_DEPTH || Object.values(value).some((inner) => isTooDeep(inner, depth + 1)));

/** Parses a JSON object. `what` says what to send. Returns the refusal if the bytes are none. */
export const parseJsonObject = (bytes: Uint8Array, what: string): Keys | Response => {
  let value: unknown;
  let json: string;
  try {
    json = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
    value = JSON.parse(json);
  } catch (error) {
    return refuse(400, `This is not JSON in UTF-8: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isRecord(value)) return refuse(400, what);
  if (isTooDeep(value)) return refuse(422, `Objects and lists are nested more than ${MAX_DEPTH} deep.`);
  const repeated = findDuplicateKey(json);
  if (repeated === undefined) return value;
  const reason = `\`${repeated.at(-1)}\` stands here for the second time. Delete one of the two.`;
  return refuseValue(toPointer(repeated), reason, "duplicate-key");
};

/** The body that a story in JSON has, or a patch of one: in `text` or in `html`. Undefined if it has neither; or the refusal. */
export const readJsonBody = ({ text, html }: Keys): Pick<JsonBody, "key" | "value"> | undefined | Response => {
  const isText = text !== undefined && text !== null;
  const isHtml = html !== undefined && html !== null;
  if (isText && isHtml) return refuseValue("/html", "`text` and `html` are two forms of the same. Send one of them.");
  if (isText && typeof text !== "string")
    return refuseValue("/text", "`text` must be a string: the story in Markdown.");
  if (isHtml && typeof html !== "string") return refuseValue("/html", "`html` must be a string: the story in HTML.");
  const [key, value] = typeof html === "string" ? (["html", html] as const) : (["text", text] as const);
  if (typeof value !== "string") return undefined;
  // In UTF-8, half a surrogate pair would become another character.
  if (!value.isWellFormed())
    return refuseValue(`/${key}`, `\`${key}\` has half a surrogate pair, such as \\ud83d. Delete it.`);
  return { key, value };
};

/** The body of a story, as JSON has it, of the lines of its source from the end of the front matter on. */
export const bodyOf = (lines: readonly string[]): Pick<JsonBody, "key" | "value"> => {
  const value = textBelow(lines);
  return value.startsWith(HTML_BODY) ? { key: "html", value: readHtmlBody(value) } : { key: "text", value };
};

/** The JSON as which a source could have been sent; undefined if the rules of today refuse a key of it. */
export const toStoryJson = (path: string, source: Uint8Array): Keys | undefined => {
  const { yaml, completeData } = parseStory(path, source);
  if (yaml === undefined || completeData === undefined) return undefined;
  const { key, value } = bodyOf(splitSource(source).rest);
  return { ...yaml.data, [key]: value };
};

/** A body as it stands in the source, below the front matter of `lines` lines, with the places of messages. */
export const writeJsonBody = ({ key, value }: Pick<JsonBody, "key" | "value">, lines: number) => ({
  // After the line `---` and an empty one.
  places: jsonPlaces({ key, value, firstLine: lines + 3 }),
  body: `\n${key === "html" ? writeHtmlBody(value) : value}\n`,
});

/** A story in JSON: the keys of front matter, and `text` with Markdown or `html`. */
const readJson = (bytes: Uint8Array): SentStory | Response => {
  const value = parseJsonObject(bytes, "Send an object with the keys of front matter, and `text` with the Markdown.");
  if (value instanceof Response) return value;
  const content = readJsonBody(value);
  if (content instanceof Response) return content;
  const { text: _, html: __, ...keys } = value;
  return {
    bytes,
    keys,
    toSource(_path, changes) {
      const all = { ...keys, ...changes };
      const { places, body } = writeJsonBody(content ?? { key: "text", value: "" }, Object.keys(all).length + 1);
      return { source: new TextEncoder().encode(`---\n${writeFrontMatter(all)}---\n${body}`), places };
    },
  };
};

/** The keys of the front matter of a source. Its text is not looked at. */
const keysOf = (source: Uint8Array): Keys => {
  const { keys, rest } = splitSource(source);
  const frontMatter = new TextEncoder().encode([...keys, ...rest.slice(0, 1)].join(""));
  return rest.length === 0 ? {} : (parseStory("story.md", frontMatter).yaml?.data ?? {});
};

/** A story as its file in content/ would be. */
const readMarkdown = (bytes: Uint8Array): SentStory => ({
  bytes,
  keys: keysOf(bytes),
  toSource(path, changes) {
    if (Object.keys(changes).length === 0) return { source: bytes, places: filePlaces };
    if (!isUtf8(bytes)) {
      const { messages } = decode(path, bytes);
      const errors = messages.map((message) => filePlaces.ofMessage(path, message, undefined));
      return refuse(422, INVALID_STORY, {}, errors);
    }
    const source = editFrontMatter(path, bytes, changes);
    return { source, places: sentFilePlaces(bytes, source) };
  },
});

/** Reads the bytes of a story, or of a patch of one, from a request. Returns the refusal if there are too many, or they are coded. */
export const readStoryBytes = async (request: Request): Promise<Uint8Array | Response> => {
  if (!/^(?:identity)?$/i.test(request.headers.get("content-encoding") ?? ""))
    return refuse(415, "Send the story without a content-coding.", { "accept-encoding": "identity" });
  const bytes = await readBody(request, MAX_TEXT_LENGTH);
  return bytes ?? refuse(413, `A story has at most ${MAX_TEXT_LENGTH} bytes (1 MiB). Split it.`);
};

/** Reads a story from a request: its body is text/markdown or JSON. Returns the refusal otherwise. */
export const readStory = async (request: Request): Promise<SentStory | Response> => {
  const type = mediaTypeOf(request);
  if (type !== "text/markdown" && type !== "application/json") {
    const detail = "Send a story as text/markdown, the way its file in content/ would be, or as application/json.";
    return refuse(415, detail, { "accept-post": "text/markdown, application/json" });
  }
  const bytes = await readStoryBytes(request);
  if (bytes instanceof Response) return bytes;
  return type === "application/json" ? readJson(bytes) : readMarkdown(bytes);
};

/** The keys that say `now`, with the present time in place of it, in whole seconds. */
export const datesOfNow = (keys: Keys, now: Instant): Keys =>
  Object.fromEntries(
    ["published", "updated"].flatMap((name): readonly (readonly [string, string])[] => {
      const value = Object.hasOwn(keys, name) ? keys[name] : undefined;
      return typeof value === "string" && /^now$/i.test(value.trim()) ? [[name, toIsoSeconds(now)]] : [];
    }),
  );
