import { is } from "valibot";
import { MAX_LISTED, nextPage, readWholeNumber } from "../../admin/paging.ts";
import type { Editor } from "../../admin/role.ts";
import { key } from "../../content/schema/values.ts";
import { bytesResponse, jsonResponse, refuse } from "../../http/api-response.ts";
import { matchesWeakly } from "../../http/etag.ts";
import { createNegotiator } from "../../http/negotiate.ts";
import { mediaTypeOf } from "../../http/request-body.ts";
import type { ListedStory } from "../../store/d1/rows.ts";
import { isStoryPath } from "../file-names.ts";
import type { Newsroom } from "../newsroom.ts";
import { describeSource, describeStory, summarizeStory } from "./describe-story.ts";
import { eraseStory } from "./erase-story.ts";
import { readIdempotencyKey } from "./idempotency.ts";
import { patchStory } from "./patch-story.ts";
import { postStory } from "./post-story.ts";
import { putStory } from "./put-story.ts";
import { storyEtag } from "./story-etag.ts";
import { parseJsonObject, readStory, readStoryBytes } from "./story-source.ts";
import { readReason, withdrawStory } from "./withdraw-story.ts";

const BAD_PATH = "`path` must be one like world/embassy.md, each part 255 bytes at most.";

const MAX_LINKED = 1000;

/**
 * Reads `?linked=path:slug`, which may be repeated: stories that will be sent later, so that two stories can link to
 * each other. Returns slugs by path; undefined if one is malformed or there are too many.
 */
const readLinked = (searchParams: URLSearchParams): Readonly<Record<string, string>> | undefined => {
  const pairs = searchParams.getAll("linked").map((text) => {
    const colon = text.lastIndexOf(":");
    return [text.slice(0, colon), text.slice(colon + 1)] as const;
  });
  const isValid = pairs.length <= MAX_LINKED && pairs.every(([path, slug]) => isStoryPath(path) && is(key, slug));
  return isValid ? Object.fromEntries(pairs) : undefined;
};

/** What the query of a request to write a story says: where its file would lie, and the stories that will be sent later. */
const readStoryQuery = ({ url }: Request) => {
  const { searchParams } = new URL(url);
  const path = searchParams.get("path") ?? undefined;
  if (path !== undefined && !isStoryPath(path)) return refuse(400, BAD_PATH);
  const linked = readLinked(searchParams);
  if (linked === undefined) return refuse(400, "`linked` must be like world/embassy.md:embassy, a thousand at most.");
  return { path, linked };
};

/**
 * PUT /api/items/{slug}: writes a story, sent as its file in content/ or as JSON. `?path=world/embassy.md` says where
 * that file would lie, so that other stories can link to it by its path; without it, `{slug}.md`.
 */
export const putItem = async (
  request: Request,
  slug: string,
  editor: Editor,
  newsroom: Newsroom,
): Promise<Response> => {
  const query = readStoryQuery(request);
  if (query instanceof Response) return query;
  const { path = `${slug}.md`, linked } = query;
  if (!isStoryPath(path)) return refuse(400, BAD_PATH);
  const story = await readStory(request);
  if (story instanceof Response) return story;
  const idempotencyKey = readIdempotencyKey(request, slug, path, JSON.stringify(linked), story.bytes);
  if (idempotencyKey instanceof Response) return idempotencyKey;
  return putStory({ slug, path, story, linked, headers: request.headers, editor, idempotencyKey }, newsroom);
};

/**
 * POST /api/items: writes a new story, sent as for PUT. The id, the slug and the date that it does not state are made for it: of the
 * site's host, of the title, and of the present time.
 */
export const postItem = async (request: Request, editor: Editor, newsroom: Newsroom): Promise<Response> => {
  const query = readStoryQuery(request);
  if (query instanceof Response) return query;
  const { path, linked } = query;
  const story = await readStory(request);
  if (story instanceof Response) return story;
  const idempotencyKey = readIdempotencyKey(request, "/api/items", path ?? "", JSON.stringify(linked), story.bytes);
  if (idempotencyKey instanceof Response) return idempotencyKey;
  return postStory({ path, story, linked, headers: request.headers, editor, idempotencyKey }, newsroom);
};

const PATCH_TYPES = ["application/merge-patch+json", "application/json"];

/**
 * PATCH /api/items/{slug}: changes keys of a story, and `text` or `html`, by JSON Merge Patch (RFC 7396). It is checked as PUT checks
 * the whole story.
 */
export const patchItem = async (
  request: Request,
  slug: string,
  editor: Editor,
  newsroom: Newsroom,
): Promise<Response> => {
  if (!PATCH_TYPES.includes(mediaTypeOf(request))) {
    const detail = "Send the keys that change as application/merge-patch+json (RFC 7396).";
    return refuse(415, detail, { "accept-patch": PATCH_TYPES.join(", ") });
  }
  const query = readStoryQuery(request);
  if (query instanceof Response) return query;
  const bytes = await readStoryBytes(request);
  if (bytes instanceof Response) return bytes;
  const patch = parseJsonObject(bytes, "Send an object with the keys that change; null deletes one.");
  if (patch instanceof Response) return patch;
  const { linked } = query;
  const idempotencyKey = readIdempotencyKey(request, slug, JSON.stringify(linked), bytes);
  if (idempotencyKey instanceof Response) return idempotencyKey;
  return patchStory({ slug, patch, linked, headers: request.headers, editor, idempotencyKey }, newsroom);
};

const MARKDOWN = "text/markdown";

const negotiate = createNegotiator(["application/json", MARKDOWN], (type) => [type]);

/** GET /api/items/{slug}: what is stored of a story as JSON; as text/markdown, the bytes that were sent. */
export const getItem = async (
  request: Request,
  slug: string,
  editor: Editor,
  newsroom: Newsroom,
): Promise<Response> => {
  const found = await newsroom.repository.findWithSource(slug);
  if (found === undefined) return refuse(404, "There is no such story.");
  const { story, source } = found;
  const isMarkdown = negotiate(request.headers.get("accept")) === MARKDOWN;
  const etag = storyEtag(story.version, isMarkdown ? "markdown" : "json");
  const headers = { etag, vary: "Accept, Authorization" };
  // Not for JSON: it tells the story's state, which changes with time and is not part of the tag.
  if (isMarkdown && matchesWeakly(request.headers.get("if-none-match") ?? "", etag))
    return jsonResponse(304, undefined, headers);
  if (isMarkdown) return bytesResponse(source, "text/markdown; charset=utf-8", headers);
  const described = await describeStory(story.item, editor, newsroom, newsroom.now());
  return jsonResponse(200, { ...described, ...describeSource(story.path, source) }, headers);
};

/**
 * GET /api/items?after=…&limit=…: stories in the order in which they were first written. With `&refused`, only those
 * whose source is refused by the rules of today, each with `errors`: readers get them as they were compiled before.
 */
export const listItems = async (request: Request, { repository, channel, now }: Newsroom): Promise<Response> => {
  const { searchParams } = new URL(request.url);
  const limit = Math.max(1, readWholeNumber(searchParams.get("limit"), MAX_LISTED, MAX_LISTED));
  const after = readWholeNumber(searchParams.get("after"), 0);
  const describe = (story: ListedStory) => ({
    ...summarizeStory(story.item, channel, now()),
    path: story.path,
    digest: story.digest,
    etag: storyEtag(story.version),
  });
  const respond = (stories: readonly ListedStory[], items: readonly object[], query: string): Response =>
    jsonResponse(200, {
      items,
      next: nextPage(channel, stories, limit, ({ number }) => `/api/items?after=${number}&limit=${limit}${query}`),
    });
  if ((searchParams.get("refused") ?? "false") === "false") {
    const stories = await repository.listStories(after, limit);
    return respond(stories, stories.map(describe), "");
  }
  const refused = await repository.listRefused(after, limit);
  const items = refused.map((story) => ({ ...describe(story), errors: JSON.parse(story.messages) }));
  return respond(refused, items, "&refused");
};

/**
 * DELETE /api/items/{slug}: withdraws a story for a reason that readers get; with `?purge=true`, erases it and keeps
 * only its id.
 */
export const deleteItem = async (
  request: Request,
  slug: string,
  editor: Editor,
  newsroom: Newsroom,
): Promise<Response> => {
  if (new URL(request.url).searchParams.get("purge") === "true") {
    return eraseStory(slug, request.headers, editor, newsroom);
  }
  const reason = await readReason(request);
  if (reason instanceof Response) return reason;
  const idempotencyKey = readIdempotencyKey(request, slug, reason);
  if (idempotencyKey instanceof Response) return idempotencyKey;
  return withdrawStory({ slug, reason, headers: request.headers, editor, idempotencyKey }, newsroom);
};
