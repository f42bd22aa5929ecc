import { epochOf, findMedia } from "../catalog.ts";
import { cacheControl } from "../http/caching.ts";
import { type Ask, parameter } from "./ask.ts";
import { notFound } from "./errors.ts";
import type { Site } from "./site.ts";

/** A picture may hold scripts: opened by itself, an SVG runs none and reaches nothing. */
const SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** A file of content/media, if a story that readers may see uses it. */
export const media = async (ask: Ask, site: Site): Promise<Response> => {
  const now = site.now();
  const name = parameter(ask, "path");
  const file = name === undefined ? undefined : await findMedia(site.store, `media/${name}`, now);
  if (file === undefined) return notFound(ask);
  const asset = await site.assets.fetch(
    new Request(ask.url, { method: ask.request.method, headers: ask.request.headers }),
  );
  if (!asset.ok && asset.status !== 304) return notFound(ask);
  const { until } = epochOf(site.store, now);
  const headers = new Headers(asset.headers);
  headers.set("cache-control", cacheControl(site.store.channel.freshness, now, until));
  headers.set("x-content-type-options", "nosniff");
  headers.set("access-control-allow-origin", "*");
  if (asset.status !== 304) headers.set("content-type", file.type);
  if (file.type === "image/svg+xml") headers.set("content-security-policy", SVG_POLICY);
  return new Response(asset.body, { status: asset.status, headers });
};
