// What the API takes and gives, as JSON Schema (2020-12, as OpenAPI 3.1 has it).
import { isRecord } from "../../lib/is-record.ts";
import { mapValues } from "./map-values.ts";

type Schema = Readonly<Record<string, unknown>>;

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const text: Schema = { type: "string" };
const list = (items: Schema): Schema => ({ type: "array", items });
const texts = list(text);
/** An object with any keys. */
const anything: Schema = { type: "object", additionalProperties: true };
const flag: Schema = { type: "boolean" };
const whole: Schema = { type: "integer", minimum: 0 };
const uri: Schema = { type: "string", format: "uri" };
const dateTime: Schema = { type: "string", format: "date-time" };
const listOf = (items: Schema): Schema => ({ type: "array", items, maxItems: 100 });
const oneOf = (...values: readonly string[]): Schema => ({ type: "string", enum: values });
const anyOf = (...schemas: readonly Schema[]): Schema => ({ anyOf: schemas });

const object = (properties: Schema, required: readonly string[] = Object.keys(properties)): Schema => ({
  ...{ type: "object", properties },
  ...(required.length > 0 && { required }),
});

/** An object that has no other keys. */
const closed = (properties: Schema, required: readonly string[]): Schema => ({
  ...object(properties, required),
  additionalProperties: false,
});

const page = (name: string, items: Schema): Schema =>
  object({
    [name]: list(items),
    next: { type: ["string", "null"], description: "Address of the next page (a path); null at the end." },
  });

// Patterns are those parts of JavaScript's that other languages read alike.

/** Text with a sign that can be seen. */
const line: Schema = { type: "string", pattern: "\\S" };
const iri: Schema = { type: "string", pattern: '^[A-Za-z][A-Za-z0-9+.-]*:[^\\s<>"{}|\\\\^`]+$' };
/** Of ASCII letters and digits, and - . _ ~ behind the first; of other scripts what the compiler takes for letters. */
const key: Schema = { type: "string", pattern: "^[^\\s!-/:-@\\[-`{-~][^\\s!-,/:-@\\[-^`{-}]{0,199}$" };
const address: Schema = { type: "string", pattern: "^\\s*[Hh][Tt][Tt][Pp][Ss]?://[^\\s/?#]" };
const tag: Schema = { type: "string", pattern: "^(?:[A-Za-z]{2,3}|[A-Za-z]{5,8})(?:-[A-Za-z0-9]{1,8})*$" };
const mediaType: Schema = { type: "string", pattern: "^[\\w.+-]+/[\\w.+-]+" };
const pixels: Schema = { type: "integer", minimum: 1, maximum: 100_000 };
const dateOrNow = {
  ...anyOf(dateTime, { type: "string", const: "now" }),
  description: "RFC 3339 with a zone, or `now`: the server's clock.",
};
const yesOrNo = anyOf(flag, oneOf("yes", "no", "true", "false"));

/** The keys of front matter, as the compiler checks them. */
const frontMatter = {
  id: { ...iri, description: "Permanent, an absolute IRI. Made by POST." },
  title: text,
  published: dateOrNow,
  updated: dateOrNow,
  slug: { ...key, description: "Last part of the address; does not end in .md." },
  authors: listOf(
    anyOf(
      { ...line, description: "A key of site.yaml." },
      closed(
        { name: line, url: address, email: { type: "string", format: "email" }, type: oneOf("person", "organization") },
        ["name"],
      ),
    ),
  ),
  section: line,
  tags: listOf(line),
  summary: line,
  image: closed(
    { src: line, alt: text, credit: line, type: mediaType, width: pixels, height: pixels, distributable: flag },
    ["src", "alt"],
  ),
  attachments: listOf(
    closed(
      {
        ...{ src: line, type: mediaType, length: { ...whole, maximum: Number.MAX_SAFE_INTEGER } },
        duration: { type: "number", minimum: 0, maximum: 31_536_000, description: "Seconds." },
        ...{ title: line, distributable: flag },
      },
      ["src"],
    ),
  ),
  pictures: listOf(closed({ src: line, distributable: flag }, ["src", "distributable"])),
  language: { ...tag, description: "BCP 47." },
  translationOf: iri,
  aliases: listOf(key),
  canonical: address,
  source: closed({ title: line, url: address, author: line }, ["title"]),
  license: address,
  usage: {
    ...closed({ search: yesOrNo, "ai-input": yesOrNo, "ai-train": yesOrNo, license: address }, []),
    minProperties: 1,
  },
  republish: yesOrNo,
  feeds: anyOf({ ...listOf(key), minItems: 1 }, { type: "boolean", const: false }),
  draft: flag,
  expires: dateTime,
  withdrawn: closed({ at: dateTime, reason: line }, ["at", "reason"]),
  corrections: listOf(closed({ at: dateTime, note: line }, ["at", "note"])),
} as const satisfies Readonly<Record<string, Schema>>;

const body = {
  text: { type: ["string", "null"], description: "The story in Markdown." },
  html: { type: ["string", "null"], description: "The story in HTML, in place of `text`." },
};

/** A story has one body. */
const oneBody = { not: { properties: { text, html: text }, required: ["text", "html"] } };

const isSchemas = (value: unknown): value is Readonly<Record<string, Schema>> => isRecord(value);

/** What a merge patch may have in place of a value: null, the value, or of an object the keys that change. */
const patchOf = (schema: Schema): Schema =>
  anyOf(isSchemas(schema.properties) ? closed(mapValues(schema.properties, patchOf), []) : schema, { type: "null" });

const summary = {
  ...{ slug: text, id: text, url: uri, title: text },
  state: oneOf("draft", "scheduled", "published", "withdrawn", "expired"),
  ...{ published: dateTime, updated: dateTime, expires: dateTime },
};
const SUMMARY = ["slug", "id", "url", "title", "state"];

const stored = {
  path: text,
  source: { ...text, description: "The file, as content/ would have it." },
  story: { ...ref("Story"), description: "The same as JSON; absent if today's rules refuse a key of it." },
};
const preview = { preview: { ...uri, description: "Of a hidden story: a link for whoever has it." } };

const messages = list(ref("Message"));
const message = { severity: oneOf("error", "warning"), rule: text, reason: text };
const MESSAGE = ["severity", "rule", "reason"];
const outcome = {
  changes: { ...texts, description: "Names of the keys that changed." },
  warnings: messages,
  dialects: {
    type: "object",
    additionalProperties: list(anything),
    description: "What partners' rules say, by dialect.",
  },
};

const terms = closed({ sections: listOf(text), tags: listOf(text), authors: listOf(text), languages: listOf(tag) }, []);

const contract = {
  ...{ contact: text, enabled: flag, expires: dateTime },
  tokens: listOf(object({ sha256: text, until: dateTime }, ["sha256"])),
  ...{ open: flag, header: text, networks: listOf(text), rate: oneOf("standard", "high") },
  ...{ include: terms, exclude: terms },
  text: anyOf(oneOf("full", "summary"), closed({ lead: whole }, ["lead"])),
  ...{ length: whole, hours: whole, delay: text, formats: listOf(text) },
  attribution: anyOf(text, { type: "object", additionalProperties: text }, { type: "boolean", const: false }),
  license: uri,
};

const role = oneOf("write", "publish", "withdraw", "owner");
const file = { path: text, type: text, length: whole, width: whole, height: whole };

/** The schemas of the API's components. */
export const schemas = {
  Text: text,
  Anything: anything,
  Story: {
    ...closed({ ...frontMatter, ...body }, []),
    ...oneBody,
    description: "A story: the keys of front matter, and `text` or `html`.",
  },
  WholeStory: {
    allOf: [
      ref("Story"),
      object({ id: iri }),
      anyOf(object({ published: dateOrNow }), object({ draft: { type: "boolean", const: true } })),
    ],
    description: "A story with its id, and with its date if it is no draft.",
  },
  StoryPatch: {
    ...closed({ ...mapValues(frontMatter, patchOf), ...body }, []),
    ...oneBody,
    description: "The keys that change; null deletes one. Objects are merged (RFC 7396).",
  },
  JsonMessage: object(
    {
      ...message,
      pointer: { ...text, description: "A JSON Pointer (RFC 6901) into the story that was sent." },
      line: { ...whole, description: "From 1, in `text` or `html`." },
      column: whole,
    },
    [...MESSAGE, "pointer"],
  ),
  FileMessage: object({
    ...message,
    file: { ...text, description: "Path of the story that was sent as a file." },
    line: { ...whole, description: "From 1." },
    column: whole,
  }),
  Message: anyOf(ref("JsonMessage"), ref("FileMessage")),
  ContractMessage: object({ level: oneOf("error", "warning"), key: text, message: text }),
  Problem: object(
    {
      ...{ status: { type: "integer" }, title: text, detail: text },
      errors: { ...list(anyOf(ref("Message"), ref("ContractMessage"))), description: "The single mistakes." },
    },
    ["status", "title", "detail"],
  ),
  StoryList: page(
    "items",
    object({ ...summary, path: text, digest: text, etag: text, errors: messages }, [...SUMMARY, "path", "etag"]),
  ),
  StoredStory: object({ ...summary, ...preview, ...stored }, [...SUMMARY, "path", "source"]),
  CreatedStory: object({ ...summary, ...preview, ...stored, ...outcome }, [...SUMMARY, "path", "changes", "warnings"]),
  WrittenStory: object({ ...summary, ...preview, ...outcome }, [...SUMMARY, "changes", "warnings"]),
  WithdrawnStory: object({ ...summary, ...outcome }, SUMMARY),
  MediaFile: object(file, ["path", "type"]),
  MediaList: page("media", object({ ...file, digest: text }, ["path", "type", "digest"])),
  Log: page(
    "entries",
    object({ number: whole, at: dateTime, editor: text, action: text, subject: text, changes: texts }),
  ),
  EditorList: page("editors", object({ name: text, role, since: dateTime })),
  EditorRole: object({ role }),
  NewEditor: object({ name: text, role, token: text }),
  Contract: closed(contract, ["formats"]),
  StoredContract: object({ name: text, ...contract, warnings: list(ref("ContractMessage")) }, ["name", "formats"]),
  ContractList: page("partners", ref("StoredContract")),
  Usage: object({
    days: list(
      object({
        ...{ day: { type: "string", format: "date" }, file: text, requests: whole, notModified: whole },
        ...{ deltas: whole, bytes: whole, stories: whole },
      }),
    ),
  }),
  TopicList: page(
    "topics",
    object({ topic: uri, subscribers: whole, pending: whole, lastDelivery: dateTime, failures: list(anything) }, [
      ...["topic", "subscribers", "pending", "failures"],
    ]),
  ),
  Reason: object({ reason: line }),
  Replayed: object({ replayed: whole }),
  Dropped: object({ dropped: whole }),
} as const satisfies Readonly<Record<string, Schema>>;

/** The name of a schema. */
export type SchemaName = keyof typeof schemas;

/** The keys of a story in JSON. */
export const storyKeys: readonly string[] = Object.keys(frontMatter);
