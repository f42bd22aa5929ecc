import { findPreview, findPreviewMedia } from "../catalog/find-preview.ts";
import { withBanner } from "../model/drafts/banner.ts";
import type { Item } from "../model/item.ts";
import type { Newsroom } from "../newsroom/newsroom.ts";
import { checkPreviewLink } from "../newsroom/preview-link.ts";
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

/** The story that a preview link shows; undefined if the link is not valid. No story is looked for unless it is. */
const readPreview = async (
  context: RequestContext,
  { store, now }: Site,
  newsroom: Newsroom,
): Promise<Item | undefined> => {
  // Rejects if the database has newer data than this code knows.
  await store.snapshotAt(now());
  const { until = "", signature = "" } = context.params;
  const slug = keyParameter(context, "slug");
  const isFor = slug === undefined ? undefined : await checkPreviewLink({ slug, until, signature }, newsroom, now());
  if (slug === undefined || isFor === undefined) return undefined;
  const item = await findPreview(store, slug, now());
  return item !== undefined && isFor(item.id) ? item : undefined;
};

/** `/preview/{slug}/{until}/{signature}`: a story that readers may not see yet, by the link that an editor got. */
export const preview = async (context: RequestContext, site: Site, newsroom: Newsroom): Promise<Response> => {
  const item = await readPreview(context, site, newsroom);
  if (item === undefined) return notFound(context);
  const { channel } = site.store;
  // Readers may not see its media files either: they are served below the link.
  const page = renderArticlePage(withBanner(item, channel, site.now()), channel).replaceAll(
    `${channel.url}/media/`,
    `${channel.url}${context.path}/media/`,
  );
  return new Response(page, { headers: HEADERS });
};

/** `/preview/{slug}/{until}/{signature}/media/{path}`: a media file of the story or of site.yaml. */
export const previewMedia = async (context: RequestContext, site: Site, newsroom: Newsroom): Promise<Response> => {
  const { store, now } = site;
  const item = await readPreview(context, site, newsroom);
  const path = `media/${parameter(context, "path") ?? ""}`;
  const stored = item && (await findPreviewMedia(store, item, path, now()));
  return stored === undefined ? notFound(context) : serveMediaFile(context, site, stored, HEADERS["cache-control"]);
};
