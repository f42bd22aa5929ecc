import { findPreview, findPreviewMedia } from "../catalog/find-preview.ts";
import type { Item } from "../model/item.ts";
import { isValidPreview } from "../newsroom/preview-link.ts";
import { renderArticlePage } from "../pages/article-page.ts";
import { pageHeaders } from "../pages/page-headers.ts";
import { notFound } from "./errors.ts";
import { serveMediaFile } from "./media.ts";
import { keyParameter, parameter, type RequestContext } from "./request-context.ts";
import type { Site } from "./site.ts";

/** A preview is not cached, not indexed, and its address is not sent to the sites that it links to. */
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
  { store, now }: Site,
  ownerToken: string,
): Promise<Item | undefined> => {
  // Rejects if the database has newer data than this code knows.
  await store.snapshotAt(now());
  const slug = keyParameter(context, "slug");
  const until = Number(/^\d{1,15}$/.exec(context.params.until ?? "")?.[0] ?? 0);
  const item = slug === undefined ? undefined : await findPreview(store, slug, now());
  if (slug === undefined || item === undefined) return undefined;
  const preview = { slug, id: item.id, until };
  return isValidPreview(preview, context.params.signature ?? "", ownerToken, now()) ? item : undefined;
};

/**
 * `/preview/{slug}/{until}/{signature}`: a story that readers may not see yet, by a link that is signed with
 * `ownerToken`.
 */
export const preview = async (context: RequestContext, site: Site, ownerToken: string): Promise<Response> => {
  const item = await readPreview(context, site, ownerToken);
  if (item === undefined) return notFound(context);
  const { channel } = site.store;
  // Readers may not see its media files either: they are served below the link.
  const page = renderArticlePage(item, channel).replaceAll(
    `${channel.url}/media/`,
    `${channel.url}${context.path}/media/`,
  );
  return new Response(page, { headers: HEADERS });
};

/** `/preview/{slug}/{until}/{signature}/media/{path}`: a media file of the story or of site.yaml. */
export const previewMedia = async (context: RequestContext, site: Site, ownerToken: string): Promise<Response> => {
  const { store, now } = site;
  const item = await readPreview(context, site, ownerToken);
  const path = `media/${parameter(context, "path") ?? ""}`;
  const stored = item && (await findPreviewMedia(store, item, path, now()));
  return stored === undefined ? notFound(context) : serveMediaFile(context, site, stored, HEADERS["cache-control"]);
};
