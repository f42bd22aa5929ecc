import { findStory } from "../../catalog/find-story.ts";
import { OEMBED_TYPES, type OembedFormat, type OembedLimits, oembedPath, renderOembed } from "../../formats/oembed.ts";
import { refuse } from "../../http/api-response.ts";
import { ANY_ORIGIN } from "../../http/cors.ts";
import { absoluteUrl, articlePath, normalizePath, pathOnSite } from "../../model/address.ts";
import { notFound } from "../errors.ts";
import type { RequestContext } from "../request-context.ts";
import { serveDocument, textDocument } from "../serve-document.ts";
import type { Site } from "../site.ts";

const ARTICLE = /^\/articles\/(?<slug>[^/]+)$/;

/** The slug of the story at an absolute URL of this site; undefined if it can be none. */
const slugAt = (url: string, siteUrl: string): string | undefined => {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  const slug = ARTICLE.exec(normalizePath(pathOnSite(url, siteUrl) ?? ""))?.groups?.slug;
  try {
    return slug === undefined ? undefined : decodeURIComponent(slug).normalize("NFC");
  } catch {
    return undefined;
  }
};

/** Pixels. A limit counts as the next of these below it, so that one story has no more documents than these. */
const LIMITS = [160, 320, 480, 640, 800, 1024, 1280, 1920, 2560, 3840];

const readLimit = (text: string | null): number => {
  const limit = /^[1-9]\d{0,8}$/.test(text ?? "") ? Number(text) : Number.POSITIVE_INFINITY;
  return Number.isFinite(limit) ? (LIMITS.findLast((one) => one <= limit) ?? 0) : limit;
};

const isFormat = (name: string): name is OembedFormat => Object.hasOwn(OEMBED_TYPES, name);

/** `/oembed`: what others show of a story in place of its address. Only this document depends on the query of a request. */
export const oembed = async (context: RequestContext, site: Site): Promise<Response> => {
  const { store } = site;
  const { channel } = store;
  const query = new URL(context.request.url).searchParams;
  const format = query.get("format") ?? "json";
  if (!isFormat(format)) return refuse(501, "Ask for format=json or format=xml.", ANY_ORIGIN);
  const slug = slugAt(query.get("url") ?? "", channel.url);
  if (slug === undefined) return notFound(context);
  const limits: OembedLimits = {
    width: readLimit(query.get("maxwidth")),
    height: readLimit(query.get("maxheight")),
  };
  // No path of a request has a space, so that no request gets this edition by its path.
  const path = `${articlePath(slug)} oembed ${format} ${limits.width}x${limits.height}`;
  return serveDocument(
    { ...context, path },
    site,
    { scope: { kind: "article", key: slug } },
    async (now) => {
      const found = await findStory(store, slug, now);
      if (found.kind !== "found") return found;
      const text = renderOembed(channel, found.value, format, limits);
      return { kind: "found", value: textDocument(text, OEMBED_TYPES[format], [found.value], {}) };
    },
    (key) => oembedPath(absoluteUrl(articlePath(key), channel.url), format),
  );
};
