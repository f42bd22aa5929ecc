import { SHORT_CACHE_CONTROL } from "../http/cache-control.ts";
import { ANY_ORIGIN } from "../http/cors.ts";
import { absoluteUrl, normalizePath, normalizePercentEncoding, PLACEHOLDER_ORIGIN } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";

/** Paths at which other software has its feeds, each with the one of ours. */
const LEGACY_PATHS: readonly (readonly [string, string])[] = [
  ["/feed/", "/rss.xml"],
  ["/feed/rss", "/rss.xml"],
  ["/feed.xml", "/rss.xml"],
  ["/index.xml", "/rss.xml"],
  ["/rss", "/rss.xml"],
  ["/atom", "/atom.xml"],
  ["/feed/atom", "/atom.xml"],
  ["/feed/json", "/feed.json"],
];

/**
 * All redirects: target (path or URL) by path, in normalized percent-encoding. Those of site.yaml take precedence over
 * ours.
 */
export const redirectsOf = ({ redirects }: Pick<Channel, "redirects">): ReadonlyMap<string, string> =>
  new Map([
    ...LEGACY_PATHS,
    ...Object.entries(redirects).map(
      ([path, target]) => [normalizePercentEncoding(new URL(PLACEHOLDER_ORIGIN + path).pathname), target] as const,
    ),
  ]);

/**
 * Where a request for a path is redirected to: to its normalized spelling if a route answers there (`isRouted`),
 * otherwise to the target of its redirect. A redirect for the very spelling (`/feed/`) goes first. Undefined if the
 * path is normalized and has none.
 */
export const redirectTarget = (
  redirects: ReadonlyMap<string, string>,
  path: string,
  isRouted: boolean,
): string | undefined => {
  const spelled = normalizePercentEncoding(path);
  const normalized = normalizePath(path);
  const exact = spelled === normalized ? undefined : redirects.get(spelled);
  return exact ?? (isRouted && path !== normalized ? normalized : redirects.get(normalized));
};

/** 301 to a path of this site or to an absolute URL. */
export const movedPermanently = (siteUrl: string, target: string, cacheControl = SHORT_CACHE_CONTROL): Response =>
  new Response(null, {
    status: 301,
    headers: {
      location: absoluteUrl(target, siteUrl),
      "cache-control": cacheControl,
      "x-content-type-options": "nosniff",
      ...ANY_ORIGIN,
    },
  });
