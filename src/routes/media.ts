import { findMedia } from "../catalog/find-feed.ts";
import { cacheControl, shortCacheControl } from "../http/cache-control.ts";
import { serveFile } from "../http/serve-file.ts";
import type { StoredMedia } from "../store/store.ts";
import { movedPermanently, notFound, preconditionFailed, rangeNotSatisfiable } from "./errors.ts";
import { mediaPath } from "./paths.ts";
import { parameter, type RequestContext } from "./request-context.ts";
import type { Site } from "./site.ts";

/** A picture may hold scripts: opened by itself, an SVG runs none and reaches nothing. */
const SVG_POLICY = { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox" };

/** A media file, by ranges and conditions: ASSETS knows neither lists of tags nor ranges. */
export const serveMediaFile = async (
  context: RequestContext,
  { assets, store }: Site,
  { file, asset }: Pick<StoredMedia, "asset" | "file">,
  cacheControl: string,
): Promise<Response> => {
  const answered = await assets.fetch(
    new Request(store.channel.url + mediaPath(asset), { method: context.request.method }),
  );
  const etag = answered.headers.get("etag");
  if (answered.status !== 200 || etag === null) throw new Error(`ASSETS answered ${answered.status} for ${asset}`);
  const answer = await serveFile(context.request, {
    etag,
    contentType: file.type,
    length: file.length,
    body: answered.body,
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

/** A file of content/media, if a story that readers may see uses it. */
export const media = async (context: RequestContext, site: Site): Promise<Response> => {
  const { channel } = site.store;
  const { now, until } = await site.store.snapshotAt(site.now());
  const below = parameter(context, "path");
  if (below === undefined) return notFound(context);
  const name = `media/${below}`;
  const stored = await findMedia(site.store, name, now);
  if (stored === undefined) return notFound(context);
  if (context.path !== mediaPath(name))
    return movedPermanently(channel.url, mediaPath(name), shortCacheControl(now, until));
  return serveMediaFile(context, site, stored, cacheControl(channel.freshness, now, until));
};
