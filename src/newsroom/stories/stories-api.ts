import { is } from "valibot";
import type { Editor } from "../../admin/role.ts";
import { isStory } from "../../content/publication.ts";
import { key } from "../../content/schema/values.ts";
import { bytesResponse, jsonResponse, refuse } from "../../http/api-response.ts";
import { hasFileNames } from "../file-name.ts";
import { readAttempt } from "../idempotency.ts";
import type { Newsroom } from "../newsroom.ts";
import { MAX_LISTED, nextPage, wholeNumber } from "../paging.ts";
import { detailsOf, summaryOf } from "./describe-story.ts";
import { eraseStory } from "./erase-story.ts";
import { putStory } from "./put-story.ts";
import { readStorySource } from "./read-story-source.ts";
import { storyTag } from "./story-etag.ts";
import { withdrawStory } from "./withdraw-story.ts";
import { readReason } from "./withdrawal-reason.ts";

const LETTERS = /^(?!\/)(?!.*(?:^|\/)\.)(?!.*\/\/)[^\p{Cc}\p{Cs}\\?#]{1,300}\.md$/iu;

/** Whether a story's file may have a path: one below content/, outside of media/, in no folder that could be a story. */
const isPath = (path: string): boolean =>
  LETTERS.test(path) && isStory(path) && !/\.md\//i.test(path) && hasFileNames(path);

const MAX_LINKED = 1000;

/** `?linked=path:slug`, again and again: stories that will be sent later, so that two may link to each other. */
const readLinked = (searchParams: URLSearchParams): Readonly<Record<string, string>> | undefined => {
  const pairs = searchParams.getAll("linked").map((text) => {
    const colon = text.lastIndexOf(":");
    return [text.slice(0, colon), text.slice(colon + 1)] as const;
  });
  const isSound = pairs.length <= MAX_LINKED && pairs.every(([path, slug]) => isPath(path) && is(key, slug));
  return isSound ? Object.fromEntries(pairs) : undefined;
};

/**
 * PUT /api/items/{slug}: writes a story, as its file in content/ or as JSON. `?path=world/embassy.md` says where that file
 * lies, so that other stories can link to it by its path; at the top, unless it does.
 */
export const putItem = async (
  request: Request,
  slug: string,
  editor: Editor,
  newsroom: Newsroom,
): Promise<Response> => {
  const { searchParams } = new URL(request.url);
  const path = searchParams.get("path") ?? `${slug}.md`;
  if (!isPath(path)) return refuse(400, "`path` must be one like world/embassy.md, each part 255 bytes at most.");
  const linked = readLinked(searchParams);
  if (linked === undefined) return refuse(400, "`linked` must be like world/embassy.md:embassy, a thousand at most.");
  const source = await readStorySource(request);
  if (source instanceof Response) return source;
  const attempt = readAttempt(request, slug, path, JSON.stringify(linked), source);
  if (attempt instanceof Response) return attempt;
  const { headers } = request;
  return putStory({ slug, path, source, linked, headers, editor, ...(attempt && { attempt }) }, newsroom);
};

const wantsMarkdown = (request: Request): boolean => /\btext\/markdown\b/i.test(request.headers.get("accept") ?? "");

/** GET /api/items/{slug}: what is stored of a story; as text/markdown, the very bytes that were sent. */
export const getItem = async (request: Request, slug: string, newsroom: Newsroom): Promise<Response> => {
  const { repository } = newsroom;
  const story = await repository.bySlug(slug);
  if (story === undefined) return refuse(404, "There is no such story.");
  const isMarkdown = wantsMarkdown(request);
  const etag = storyTag(story.version, isMarkdown ? "markdown" : "json");
  const headers = { etag, vary: "Accept, Authorization" };
  // As JSON it tells how the story stands now, which no tag knows.
  if (isMarkdown && request.headers.get("if-none-match")?.includes(etag)) return jsonResponse(304, undefined, headers);
  const source = await repository.sourceOf(story);
  if (isMarkdown) return bytesResponse(source, "text/markdown; charset=utf-8", headers);
  const text = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(source);
  return jsonResponse(
    200,
    { ...detailsOf(story.item, newsroom, newsroom.now()), path: story.path, source: text },
    headers,
  );
};

/** GET /api/items?after=…&limit=…: stories in the order in which they came. */
export const listItems = async (request: Request, { repository, channel, now }: Newsroom): Promise<Response> => {
  const { searchParams } = new URL(request.url);
  const limit = Math.max(1, wholeNumber(searchParams.get("limit"), MAX_LISTED, MAX_LISTED));
  const stories = await repository.after(wholeNumber(searchParams.get("after"), 0), limit);
  const next = nextPage(stories, limit, ({ number }) => `/api/items?after=${number}&limit=${limit}`);
  const items = stories.map((story) => ({
    ...summaryOf(story.item, channel, now()),
    path: story.path,
    digest: story.digest,
    etag: storyTag(story.version),
  }));
  return jsonResponse(200, { items, next });
};

/** DELETE /api/items/{slug}: withdraws a story, with a reason; `?purge=true` erases it, and leaves only its id. */
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
  const attempt = readAttempt(request, slug, reason);
  if (attempt instanceof Response) return attempt;
  return withdrawStory({ slug, reason, headers: request.headers, editor, ...(attempt && { attempt }) }, newsroom);
};
