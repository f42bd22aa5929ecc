// What the API takes and gives, as JSON Schema (2020-12, as OpenAPI 3.1 has it).

type Schema = Readonly<Record<string, unknown>>;

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const text: Schema = { type: "string" };
const texts: Schema = { type: "array", items: text };
const flag: Schema = { type: "boolean" };
const whole: Schema = { type: "integer", minimum: 0 };
const uri: Schema = { type: "string", format: "uri" };
const dateTime: Schema = { type: "string", format: "date-time" };
const listOf = (items: Schema): Schema => ({ type: "array", items, maxItems: 100 });
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
    [name]: { type: "array", items },
    next: { type: ["string", "null"], description: "Address of the next page (a path); null at the end." },
  });

const dateOrNow = {
  ...anyOf(dateTime, { const: "now" }),
  description: "RFC 3339 with a zone, or `now`: the server's clock.",
};
const yesOrNo = anyOf(flag, { enum: ["yes", "no"] });

/** The keys of front matter, as the compiler checks them. */
const frontMatter = {
  id: { ...text, description: "Permanent, an absolute IRI. Made by POST." },
  title: text,
  published: dateOrNow,
  updated: dateOrNow,
  slug: { ...text, description: "Last part of the address." },
  authors: listOf(anyOf(text, closed({ name: text, url: uri, email: { type: "string", format: "email" } }, ["name"]))),
  section: text,
  tags: listOf(text),
  summary: text,
  image: closed({ src: text, alt: text, credit: text, type: text, width: whole, height: whole, distributable: flag }, [
    "src",
    "alt",
  ]),
  attachments: listOf(
    closed(
      {
        ...{ src: text, type: text, length: whole, duration: { type: "number", minimum: 0 } },
        ...{ title: text, distributable: flag },
      },
      ["src"],
    ),
  ),
  pictures: listOf(closed({ src: text, distributable: flag }, ["src", "distributable"])),
  language: text,
  translationOf: uri,
  aliases: listOf(text),
  canonical: uri,
  source: closed({ title: text, url: uri, author: text }, ["title"]),
  license: uri,
  usage: closed({ search: yesOrNo, "ai-input": yesOrNo, "ai-train": yesOrNo, license: uri }, []),
  republish: yesOrNo,
  feeds: anyOf(listOf(text), { const: false }),
  draft: flag,
  expires: dateTime,
  withdrawn: closed({ at: dateTime, reason: text }, ["at", "reason"]),
  corrections: listOf(closed({ at: dateTime, note: text }, ["at", "note"])),
} as const satisfies Schema;

const body = {
  text: { ...text, description: "The story in Markdown." },
  html: { ...text, description: "The story in HTML, in place of `text`." },
};

const nullable = (schema: Schema): Schema => anyOf(schema, { type: "null" });

const summary = {
  ...{ slug: text, id: text, url: uri, title: text },
  state: { enum: ["draft", "scheduled", "published", "withdrawn", "expired"] },
  ...{ published: dateTime, updated: dateTime, expires: dateTime },
};
const SUMMARY = ["slug", "id", "url", "title", "state"];

const stored = { path: text, source: { ...text, description: "The file, as content/ would have it." } };
const preview = { preview: { ...uri, description: "Of a hidden story: a link for whoever has it." } };

const messages: Schema = { type: "array", items: ref("Message") };
const outcome = {
  changes: { ...texts, description: "Names of the keys that changed." },
  warnings: messages,
  dialects: { type: "object", description: "What partners' rules say, by dialect." },
};

const contract = {
  ...{ contact: text, enabled: flag, expires: dateTime },
  tokens: listOf(object({ sha256: text, until: dateTime }, ["sha256"])),
  ...{ open: flag, header: text, networks: listOf(text), rate: { enum: ["standard", "high"] } },
  ...{ include: { type: "object" }, exclude: { type: "object" } },
  text: anyOf({ enum: ["full", "summary"] }, object({ lead: whole })),
  ...{ length: whole, hours: whole, delay: text, formats: listOf(text) },
  attribution: { type: ["string", "object", "boolean"] },
  license: uri,
};

const role: Schema = { enum: ["write", "publish", "withdraw", "owner"] };
const file = { path: text, type: text, length: whole, width: whole, height: whole };

/** The schemas of the API's components. */
export const schemas = {
  Story: {
    ...closed({ ...frontMatter, ...body }, []),
    not: { required: ["text", "html"] },
    description: "A story: the keys of front matter, and `text` or `html`.",
  },
  StoryPatch: {
    ...closed(
      Object.fromEntries(Object.entries({ ...frontMatter, ...body }).map(([key, schema]) => [key, nullable(schema)])),
      [],
    ),
    description: "The keys that change; null deletes one. Objects are merged (RFC 7396).",
  },
  Message: {
    ...object(
      {
        ...{ severity: { enum: ["error", "warning"] }, rule: text, reason: text },
        pointer: { ...text, description: "Of a story sent as JSON: a JSON Pointer (RFC 6901)." },
        file: { ...text, description: "Of a story sent as a file: its path." },
        line: { ...whole, description: "From 1, in the file; or in `text` or `html`." },
        column: whole,
      },
      ["severity", "rule", "reason"],
    ),
    anyOf: [{ required: ["pointer"] }, { required: ["file", "line", "column"] }],
  },
  Problem: object(
    {
      ...{ status: { type: "integer" }, title: text, detail: text },
      errors: { type: "array", items: { type: "object" }, description: "The single mistakes, such as `Message`." },
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
  StoredContract: object({ name: text, ...contract, warnings: { type: "array" } }, ["name", "formats"]),
  ContractList: page("partners", ref("StoredContract")),
  Usage: object({
    days: {
      type: "array",
      items: object({
        ...{ day: { type: "string", format: "date" }, file: text, requests: whole, notModified: whole },
        ...{ deltas: whole, bytes: whole, stories: whole },
      }),
    },
  }),
  TopicList: page(
    "topics",
    object({ topic: uri, subscribers: whole, pending: whole, lastDelivery: dateTime, failures: { type: "array" } }, [
      ...["topic", "subscribers", "pending", "failures"],
    ]),
  ),
  Replayed: object({ replayed: whole }),
  Dropped: object({ dropped: whole }),
} as const satisfies Readonly<Record<string, Schema>>;

/** The name of a schema. */
export type SchemaName = keyof typeof schemas;

/** The keys of a story in JSON. */
export const storyKeys: readonly string[] = Object.keys(frontMatter);
