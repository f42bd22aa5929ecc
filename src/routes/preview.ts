import { findPreview } from "../catalog/find-preview.ts";
import type { Item } from "../model/item.ts";
import { isValidPreview } from "../newsroom/preview-link.ts";
import { renderArticlePage } from "../pages/article-page.ts";
import { pageHeaders } from "../pages/page-headers.ts";
import { notFound } from "./errors.ts";
import { serveMediaFile } from "./media.ts";
import { keyParameter, parameter, type RequestContext } from "./request-context.ts";
import type { Reading } from "./site.ts";

/** No cache keeps a preview, no search engine lists it, and the next page does not learn its address. */
const HEADERS = {
  ...pageHeaders,
  "content-type": "text/html; charset=utf-8",
  "cache-control": "private, no-store",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex, nofollow",
  "x-content-type-options": "nosniff",
};

const readPreview = async (
  context: RequestContext,
  { store, now }: Reading,
  ownerToken: string,
): Promise<Item | undefined> => {
  const slug = keyParameter(context, "slug");
  const until = Number(/^\d{1,15}$/.exec(context.params.until ?? "")?.[0] ?? 0);
  const item = slug === undefined ? undefined : await findPreview(store, slug, now());
  if (slug === undefined || item === undefined) return undefined;
  const preview = { slug, id: item.id, until };
  return isValidPreview(preview, context.params.signature ?? "", ownerToken, now()) ? item : undefined;
};

/** `/preview/{slug}/{until}/{signature}`: a story that readers cannot see yet, for whoever has the link. `ownerToken` has signed it. */
export const preview = async (context: RequestContext, reading: Reading, ownerToken: string): Promise<Response> => {
  const item = await readPreview(context, reading, ownerToken);
  if (item === undefined) return notFound(context);
  const { channel } = reading.store;
  const here = channel.url + context.path;
  // Its pictures are as hidden as the story: they are served below the link.
  const page = renderArticlePage(item, channel).replaceAll(`${channel.url}/media/`, `${here}/media/`);
  return new Response(page, { headers: HEADERS });
};

/** `/preview/{slug}/{until}/{signature}/media/{path}`: a file that the story uses. */
export const previewMedia = async (
  context: RequestContext,
  reading: Reading,
  ownerToken: string,
): Promise<Response> => {
  const { store, now } = reading;
  const item = await readPreview(context, reading, ownerToken);
  const path = `media/${parameter(context, "path") ?? ""}`;
  const isUsed = item !== undefined && [...item.media, ...store.channel.media].includes(path);
  const stored = isUsed ? await store.findMedia(path, now()) : undefined;
  return stored === undefined ? notFound(context) : serveMediaFile(context, reading, stored, HEADERS["cache-control"]);
};
