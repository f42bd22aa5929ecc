import { OEMBED_TYPES, type OembedFormat, type OembedLimits } from "../../formats/oembed.ts";
import { articlePath, normalizePath, pathOnSite } from "../../model/address.ts";

/** What a request for oEmbed asks for (https://oembed.com/#section2.2). */
export interface OembedRequest {
  /** Undefined if it is none of ours. */
  readonly format: OembedFormat | undefined;
  /** Of the story; undefined if the address can be that of none. */
  readonly slug: string | undefined;
  readonly limits: OembedLimits;
}

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

/** Reads the query of a request. */
export const readOembedRequest = (requestUrl: string, siteUrl: string): OembedRequest => {
  const query = new URL(requestUrl).searchParams;
  const format = query.get("format") ?? "json";
  return {
    format: isFormat(format) ? format : undefined,
    slug: slugAt(query.get("url") ?? "", siteUrl),
    limits: { width: readLimit(query.get("maxwidth")), height: readLimit(query.get("maxheight")) },
  };
};

/** Under which the answer is cached, with a space, so that no request gets it by its path; undefined if nothing can be there. */
export const oembedCachePath = ({ format, slug, limits: { width, height } }: OembedRequest): string | undefined =>
  format === undefined || slug === undefined ? undefined : `${articlePath(slug)} oembed ${format} ${width}x${height}`;
