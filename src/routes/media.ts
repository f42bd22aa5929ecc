import { findMedia } from "../catalog/find-media.ts";
import { cacheControl, shortCacheControl } from "../http/cache-control.ts";
import { ANY_ORIGIN } from "../http/cors.ts";
import { serveFile } from "../http/serve-file.ts";
import type { StoredMedia } from "../store/store.ts";
import { notFound, preconditionFailed, rangeNotSatisfiable } from "./errors.ts";
import { movedPermanently } from "./redirects.ts";
import { parameter, type RequestContext } from "./request-context.ts";
import type { Site } from "./site.ts";
import { mediaPath } from "./url-map.ts";

/** An SVG may contain scripts: if it is opened by itself, it runs none and loads nothing. */
const SVG_POLICY = { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox" };

/**
 * Answers with a media file, by the request's preconditions and range: ASSETS handles neither ranges nor lists of
 * entity tags.
 */
export const serveMediaFile = async (
  context: RequestContext,
  { assets, store }: Site,
  { file, asset }: Pick<StoredMedia, "asset" | "file">,
  cacheControl: string,
): Promise<Response> => {
  const response = await assets.fetch(
    new Request(new URL(mediaPath(asset), store.channel.url), { method: context.request.method }),
  );
  const etag = response.headers.get("etag");
  if (response.status !== 200 || etag === null) throw new Error(`ASSETS answered ${response.status} for ${asset}`);
  const answer = await serveFile(context.request, {
    etag,
    contentType: file.type,
    length: file.length,
    body: response.body,
    headers: {
      "cache-control": cacheControl,
      ...ANY_ORIGIN,
      "access-control-expose-headers": "Accept-Ranges, Content-Range, ETag",
      ...(file.type === "image/svg+xml" && SVG_POLICY),
    },
  });
  if (answer === "precondition-failed") return preconditionFailed(context);
  return answer === "range-not-satisfiable" ? rangeNotSatisfiable(context, file.length) : answer;
};

/** `/media/{path}`: a media file, if the publication or a story that readers may see uses it. */
export const media = async (context: RequestContext, site: Site): Promise<Response> => {
  const { store } = site;
  const { url, freshness } = store.channel;
  const { now } = await store.snapshotAt(site.now());
  const relativePath = parameter(context, "path");
  if (relativePath === undefined) return notFound(context);
  const path = `media/${relativePath}`;
  const stored = await findMedia(store, path, now);
  if (stored === undefined) return notFound(context);
  return context.path === mediaPath(path)
    ? serveMediaFile(context, site, stored, cacheControl(freshness, now, stored.until))
    : movedPermanently(url, mediaPath(path), shortCacheControl(now, stored.until));
};
