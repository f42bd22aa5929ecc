import type { Instant } from "../../model/instant.ts";
import { slugify } from "../../model/names/slugify.ts";

const MAX_SLUG_LENGTH = 80;

/** Half a surrogate pair, or a hyphen, is no end. */
const cut = (slug: string): string =>
  slug
    .slice(0, MAX_SLUG_LENGTH)
    .replace(/[\uD800-\uDBFF]$/, "")
    .replace(/-$/, "");

/** The DNSname of RFC 4151 for a host: without what only a host may have, such as the brackets of an IPv6 address. */
const authorityOf = (siteUrl: string): string =>
  new URL(siteUrl).hostname.replace(/[^a-z0-9.-]+/g, "-").replace(/^[.-]+|[.-]+$/g, "");

/** A slug in ASCII: letters lose their accents. Undefined if something else is not ASCII, so that too little would be left. */
const asciiSlug = (slug: string): string | undefined => {
  const plain = slug.normalize("NFKD").replace(/\p{M}+/gu, "");
  return /^[a-z0-9-]+$/.test(plain) ? plain : undefined;
};

const dayAndTime = (now: Instant): readonly [day: string, time: string] => {
  const [day = "", time = ""] = new Date(now).toISOString().split("T");
  return [day, time.slice(0, 8).replaceAll(":", "")];
};

/** The slug of a new story, by its title; by the time, if that has no letters or digits. */
export const newSlug = (title: string, now: Instant): string =>
  cut(slugify(title)) || `story-${dayAndTime(now).join("-")}`;

/**
 * The permanent id of a new story: a tag: URI (RFC 4151) of the site's host, the day and the slug, or the time of day if ASCII can't
 * write that. `siteUrl` is the URL of site.yaml.
 */
export const newId = (slug: string, siteUrl: string, now: Instant): string => {
  const [day, time] = dayAndTime(now);
  return `tag:${authorityOf(siteUrl)},${day}:${asciiSlug(slug) ?? `story-${time}`}`;
};
