import type { ProblemStatus } from "../../http/problem.ts";
import type { patterns } from "../url-map.ts";
import type { SchemaName } from "./schemas.ts";

/** A body that the API takes or gives. */
export interface ApiBody {
  /** Without one, bytes of any kind. */
  readonly schema?: SchemaName;
  readonly example?: unknown;
}

/** A parameter of the query string: what it says, and a value for the example. */
export interface ApiParameter {
  readonly description: string;
  readonly example?: string;
  readonly required?: boolean;
  /** Text, if it is absent. */
  readonly schema?: Readonly<Record<string, unknown>>;
}

/** An answer that is no refusal. */
export interface ApiAnswer {
  readonly description: string;
  /** By media type; absent: an answer without content. */
  readonly content?: Readonly<Record<string, ApiBody>>;
  /** Names of the header fields of components. */
  readonly headers?: readonly ("ETag" | "Location" | "IdempotentReplayed")[];
}

/** A route of the API. */
export interface ApiOperation {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  readonly pattern: keyof typeof patterns;
  readonly summary: string;
  /** The role that it takes, or what decides it; absent: no token is needed. */
  readonly role?: string;
  /** The value of the path's parameter in the example. */
  readonly example?: string;
  /** Parameters of the query string, by name. */
  readonly query?: Readonly<Record<string, ApiParameter>>;
  /** Header fields of the request, names of parameters of components. */
  readonly headers?: readonly ("IfMatch" | "IfNoneMatch" | "IdempotencyKey")[];
  /** The body of the request, by media type. */
  readonly body?: Readonly<Record<string, ApiBody>>;
  readonly answers: Readonly<Record<number, ApiAnswer>>;
  /** Refusals beyond those that every route with a token has. */
  readonly refusals: readonly ProblemStatus[];
}

/** What every route with a token may be refused with. */
export const COMMON_REFUSALS: readonly ProblemStatus[] = [400, 401, 429, 500, 503];

const json = (schema: SchemaName, example?: unknown): Readonly<Record<string, ApiBody>> => ({
  "application/json": { schema, ...(example !== undefined && { example }) },
});

const AFTER = { after: { description: "Where the page begins: take it from `next`." } };
const LINKED = {
  path: { description: "Path of the story's file below content/, such as world/embassy.md." },
  linked: {
    description: "path:slug of a story that will be sent later; may be repeated.",
    schema: { type: "array", items: { type: "string" } },
  },
};
const WRITE_HEADERS = ["IfMatch", "IfNoneMatch", "IdempotencyKey"] as const;
const BY_EFFECT = "write; publish or withdraw, by what readers notice";
const NO_CONTENT = { description: "Done." };

const plainText = (example?: string): ApiBody => ({ schema: "Text", ...(example !== undefined && { example }) });

const STORY_BODY = {
  ...json("Story", { title: "Bridge opens", text: "It opened at *noon*.", tags: ["Diplomacy"] }),
  "text/markdown": plainText("---\ntitle: Harbour closed\ndraft: true\n---\n\nSince **noon**.\n"),
};
const WHOLE_STORY = {
  ...json("WholeStory", {
    id: "tag:example.org,2026:ferry",
    title: "The ferry runs again",
    published: "2025-11-22T18:00:00Z",
    html: "<p>It left at <em>six</em>.</p>",
  }),
  "text/markdown": plainText(
    "---\nid: tag:example.org,2026:ferry\ntitle: The ferry runs\npublished: 2025-11-22T18:00:00Z\n---\n\nAt *six*.\n",
  ),
};

const written = (description: string, headers: readonly ("ETag" | "Location" | "IdempotentReplayed")[]): ApiAnswer => ({
  description,
  content: json("WrittenStory"),
  headers,
});
const CHANGED = written("Changed, or the same as before.", ["ETag", "IdempotentReplayed"]);
const CREATED = written("A new story.", ["ETag", "Location", "IdempotentReplayed"]);

/**
 * All routes of the API, by name. Those of the newsroom are added from here, and `/api/openapi.json` describes all of them. In this
 * order their examples succeed one after another; those that take something away are last.
 */
export const operations = {
  describeApi: {
    ...{ method: "get", pattern: "openapi", summary: "This description (OpenAPI 3.1)" },
    answers: { 200: { description: "The description.", content: json("Anything") } },
    refusals: [500, 503],
  },
  listItems: {
    ...{ method: "get", pattern: "items", role: "write" },
    summary: "Stories in the order in which they arrived",
    query: {
      ...AFTER,
      limit: { description: "How many, 100 at most.", schema: { type: "integer", minimum: 1 } },
      refused: {
        description: "Only the stories whose source today's rules refuse, with `errors`.",
        schema: { type: "boolean" },
      },
    },
    answers: { 200: { description: "A page of stories.", content: json("StoryList") } },
    refusals: [],
  },
  postItem: {
    ...{ method: "post", pattern: "items", role: BY_EFFECT },
    summary: "Writes a new story; makes the id, slug and date that it leaves out",
    query: LINKED,
    headers: WRITE_HEADERS,
    body: STORY_BODY,
    answers: { 201: { ...CREATED, content: json("CreatedStory") } },
    refusals: [403, 409, 412, 413, 415, 422],
  },
  putItem: {
    ...{ method: "put", pattern: "item", role: BY_EFFECT, example: "ferry" },
    summary: "Writes a story as a whole",
    query: LINKED,
    headers: WRITE_HEADERS,
    body: WHOLE_STORY,
    answers: { 200: CHANGED, 201: CREATED },
    refusals: [403, 409, 412, 413, 415, 422, 428],
  },
  getItem: {
    ...{ method: "get", pattern: "item", role: "write", example: "ferry" },
    summary: "A story as it is stored",
    headers: ["IfNoneMatch"],
    answers: {
      200: {
        description: "The story; as text/markdown, its source.",
        content: { ...json("StoredStory"), "text/markdown": plainText() },
        headers: ["ETag"],
      },
      304: { description: "As text/markdown: what If-None-Match names.", headers: ["ETag"] },
    },
    refusals: [404],
  },
  patchItem: {
    ...{ method: "patch", pattern: "item", role: BY_EFFECT, example: "ferry" },
    summary: "Changes keys of a story (JSON Merge Patch, RFC 7396)",
    query: { linked: LINKED.linked },
    headers: WRITE_HEADERS,
    body: {
      "application/merge-patch+json": { schema: "StoryPatch", example: { updated: "now", tags: ["Ferries"] } },
      ...json("StoryPatch", { tags: null, text: "It left at *seven*." }),
    },
    answers: { 200: CHANGED },
    refusals: [403, 404, 409, 412, 413, 415, 422, 428],
  },
  listMedia: {
    ...{ method: "get", pattern: "mediaFiles", summary: "Media files, by name", role: "write", query: AFTER },
    answers: { 200: { description: "A page of files.", content: json("MediaList") } },
    refusals: [],
  },
  putMedia: {
    ...{ method: "put", pattern: "mediaFile", role: "write; publish to replace a file", example: "harbour.gif" },
    summary: "Stores a media file; its type and size are read from its bytes",
    headers: ["IfMatch", "IfNoneMatch"],
    body: { "*/*": {} },
    answers: {
      200: { description: "Replaced.", content: json("MediaFile"), headers: ["ETag"] },
      201: { description: "A new file.", content: json("MediaFile"), headers: ["ETag"] },
    },
    refusals: [403, 404, 409, 412, 413, 422],
  },
  getMedia: {
    ...{ method: "get", pattern: "mediaFile", summary: "The bytes of a file", role: "write", example: "harbour.gif" },
    answers: { 200: { description: "The file.", content: { "*/*": {} }, headers: ["ETag"] } },
    refusals: [404],
  },
  getLog: {
    ...{ method: "get", pattern: "log", summary: "The audit log, the latest entry first", role: "write" },
    query: { before: { description: "Where the page begins: take it from `next`.", schema: { type: "integer" } } },
    answers: { 200: { description: "A page of entries.", content: json("Log") } },
    refusals: [],
  },
  listEditors: {
    ...{ method: "get", pattern: "editors", summary: "Editors, by name", role: "owner", query: AFTER },
    answers: { 200: { description: "A page of editors.", content: json("EditorList") } },
    refusals: [403],
  },
  addEditor: {
    ...{ method: "put", pattern: "editor", summary: "Adds an editor", role: "owner", example: "ann" },
    body: json("EditorRole", { role: "publish" }),
    answers: { 201: { description: "Only this answer shows the token.", content: json("NewEditor") } },
    refusals: [403, 409, 422],
  },
  listPartners: {
    ...{
      method: "get",
      pattern: "partners",
      summary: "Contracts with partners, by name",
      role: "publish",
      query: AFTER,
    },
    answers: { 200: { description: "A page of contracts.", content: json("ContractList") } },
    refusals: [403, 404],
  },
  putPartner: {
    ...{ method: "put", pattern: "contract", summary: "Writes a contract", role: "owner", example: "acme" },
    headers: ["IfMatch", "IfNoneMatch"],
    body: json("Contract", { formats: ["rss"], contact: "desk@acme.example", open: true }),
    answers: {
      200: { description: "Changed.", content: json("StoredContract"), headers: ["ETag"] },
      201: { description: "A new contract.", content: json("StoredContract"), headers: ["ETag"] },
    },
    refusals: [403, 409, 412, 413, 422, 428],
  },
  getPartner: {
    ...{ method: "get", pattern: "contract", summary: "A contract", role: "publish", example: "acme" },
    answers: { 200: { description: "The contract.", content: json("StoredContract"), headers: ["ETag"] } },
    refusals: [403, 404],
  },
  getUsage: {
    ...{ method: "get", pattern: "usage", role: "publish", example: "acme" },
    summary: "What a partner took, by day and file",
    query: {
      from: { description: "The first day.", example: "2026-03-01", schema: { type: "string", format: "date" } },
    },
    answers: { 200: { description: "Days, ascending.", content: json("Usage") } },
    refusals: [403, 404],
  },
  listSubscriptions: {
    ...{
      method: "get",
      pattern: "subscriptions",
      summary: "Feeds that have subscribers",
      role: "publish",
      query: AFTER,
    },
    answers: { 200: { description: "A page of topics.", content: json("TopicList") } },
    refusals: [403, 404],
  },
  redeliver: {
    ...{ method: "post", pattern: "subscriptions", summary: "Delivers a feed again", role: "publish" },
    query: {
      topic: { description: "The address of the feed.", required: true, example: "https://example.org/rss.xml" },
      callback: { description: "Only to this subscriber." },
    },
    answers: { 202: { description: "How many deliveries will be made.", content: json("Replayed") } },
    refusals: [403, 404],
  },
  endSubscriptions: {
    ...{ method: "delete", pattern: "subscriptions", summary: "Ends subscriptions of a feed", role: "owner" },
    query: {
      topic: { description: "The address of the feed.", required: true, example: "https://example.org/rss.xml" },
      callback: { description: "Only of this subscriber." },
    },
    answers: { 200: { description: "How many were ended.", content: json("Dropped") } },
    refusals: [403, 404],
  },
  deletePreviews: {
    ...{ method: "delete", pattern: "previews", summary: "Ends all preview links", role: "owner" },
    answers: { 204: NO_CONTENT },
    refusals: [403],
  },
  deletePartner: {
    ...{ method: "delete", pattern: "contract", summary: "Ends a contract", role: "owner", example: "acme" },
    headers: ["IfMatch"],
    answers: { 204: NO_CONTENT },
    refusals: [403, 404, 409, 412, 428],
  },
  deleteEditor: {
    ...{ method: "delete", pattern: "editor", summary: "Revokes an editor", role: "owner", example: "ann" },
    answers: { 204: NO_CONTENT },
    refusals: [403, 404],
  },
  deleteMedia: {
    ...{ method: "delete", pattern: "mediaFile", role: "publish", example: "harbour.gif" },
    summary: "Deletes a file that no story uses",
    headers: ["IfMatch"],
    answers: { 204: NO_CONTENT },
    refusals: [403, 404, 409, 412],
  },
  deleteItem: {
    ...{ method: "delete", pattern: "item", role: "withdraw; owner to erase", example: "ferry" },
    summary: "Withdraws a story, or erases it",
    query: {
      reason: { description: "Why, in a sentence for readers; or in the body.", example: "It was wrong." },
      purge: {
        description: "`true` erases the story: nothing is left of it, and readers are not told.",
        schema: { type: "boolean" },
      },
    },
    headers: WRITE_HEADERS,
    body: { ...json("Reason", { reason: "It was wrong." }), "text/plain": plainText() },
    answers: { 200: { ...CHANGED, content: json("WithdrawnStory"), description: "Withdrawn." }, 204: NO_CONTENT },
    refusals: [403, 404, 409, 412, 413, 415, 422, 428],
  },
} as const satisfies Readonly<Record<string, ApiOperation>>;

/** The name of a route of the API. */
export type OperationName = keyof typeof operations;
