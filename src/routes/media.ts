import { findMedia } from "../catalog/find-media.ts";
import { cacheControl, shortCacheControl } from "../http/cache-control.ts";
import { serveFile } from "../http/serve-file.ts";
import type { StoredMedia } from "../store/store.ts";
import { movedPermanently, notFound, preconditionFailed, rangeNotSatisfiable } from "./errors.ts";
import { mediaPath } from "./paths.ts";
import { parameter, type RequestContext } from "./request-context.ts";
import type { Reading } from "./site.ts";

/** A picture may hold scripts: an SVG that is opened by itself runs none and reaches nothing. */
const SVG_POLICY = { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox" };

/** Answers with a media file, by ranges and preconditions: ASSETS knows neither ranges nor lists of entity tags. */
export const serveMediaFile = async (
  context: RequestContext,
  { assets, store }: Reading,
  { file, asset }: Pick<StoredMedia, "asset" | "file">,
  cacheControl: string,
): Promise<Response> => {
  const stored = await assets.fetch(
    new Request(store.channel.url + mediaPath(asset), { method: context.request.method }),
  );
  const etag = stored.headers.get("etag");
  if (stored.status !== 200 || etag === null) throw new Error(`ASSETS answered ${stored.status} for ${asset}`);
  const answer = await serveFile(context.request, {
    etag,
    contentType: file.type,
    length: file.length,
    body: stored.body,
    headers: {
      "cache-control": cacheControl,
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "Accept-Ranges, Content-Range, ETag",
      ...(file.type === "image/svg+xml" && SVG_POLICY),
    },
  });
  if (answer === "precondition-failed") return preconditionFailed(context);
  return answer === "range-not-satisfiable" ? rangeNotSatisfiable(context, file.length) : answer;
};

/** `/media/{path}`: a media file, if the publication or a story that readers may see uses it. */
export const media = async (context: RequestContext, reading: Reading): Promise<Response> => {
  const { store } = reading;
  const { now, until } = await store.snapshotAt(reading.now());
  const below = parameter(context, "path");
  if (below === undefined) return notFound(context);
  const path = `media/${below}`;
  const stored = await findMedia(store, path, now);
  if (stored === undefined) return notFound(context);
  if (context.path !== mediaPath(path))
    return movedPermanently(store.channel.url, mediaPath(path), shortCacheControl(now, until));
  return serveMediaFile(context, reading, stored, cacheControl(store.channel.freshness, now, until));
};
