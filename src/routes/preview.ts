import { findForPreview } from "../catalog/find-feed.ts";
import type { Item } from "../model/item.ts";
import { isValidPreview } from "../newsroom/preview-link.ts";
import { renderArticlePage } from "../pages/article-page.ts";
import { pageHeaders } from "../pages/page-headers.ts";
import { notFound } from "./errors.ts";
import { serveMediaFile } from "./media.ts";
import { key, parameter, type RequestContext } from "./request-context.ts";
import type { Site } from "./site.ts";

/** Nobody may keep it, list it, or hear from the next page where it was. */
const HEADERS = {
  ...pageHeaders,
  "content-type": "text/html; charset=utf-8",
  "cache-control": "private, no-store",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex, nofollow",
  "x-content-type-options": "nosniff",
};

const readPreview = async (context: RequestContext, { newsroom, store, now }: Site): Promise<Item | undefined> => {
  const slug = key(context, "slug");
  const until = Number(/^\d{1,15}$/.exec(context.params.until ?? "")?.[0] ?? 0);
  const item = newsroom === undefined || slug === undefined ? undefined : await findForPreview(store, slug, now());
  if (newsroom === undefined || slug === undefined || item === undefined) return undefined;
  const preview = { slug, id: item.id, until };
  return isValidPreview(preview, context.params.signature ?? "", newsroom.ownerToken, now()) ? item : undefined;
};

/** `/preview/{slug}/{until}/{signature}`: a story that readers can't see yet, for whoever has the link. */
export const preview = async (context: RequestContext, site: Site): Promise<Response> => {
  const item = await readPreview(context, site);
  if (item === undefined) return notFound(context);
  const { channel } = site.store;
  const here = channel.url + context.path;
  // Its pictures are as hidden as itself: they are shown below the link.
  const page = renderArticlePage(item, channel).replaceAll(`${channel.url}/media/`, `${here}/media/`);
  return new Response(page, { headers: HEADERS });
};

/** `/preview/{slug}/{until}/{signature}/media/{path}`: a file that the story uses. */
export const previewMedia = async (context: RequestContext, site: Site): Promise<Response> => {
  const item = await readPreview(context, site);
  const path = `media/${parameter(context, "path") ?? ""}`;
  const isUsed = item !== undefined && [...item.media, ...site.store.channel.media].includes(path);
  const stored = isUsed ? await site.store.media(path, site.now()) : undefined;
  return stored === undefined ? notFound(context) : serveMediaFile(context, site, stored, HEADERS["cache-control"]);
};
