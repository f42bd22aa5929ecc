import { stringify } from "yaml";
import type { Instant } from "../../model/instant.ts";
import { slugify } from "../../model/names/slugify.ts";

/** The file of a new story. */
export interface Draft {
  /** Below content/. */
  readonly path: string;
  readonly slug: string;
  readonly text: string;
}

/** What is known of a new story besides its title, as its front matter says it. */
export interface DraftKeys {
  /** Key of a section of site.yaml. */
  readonly section?: string;
  readonly tags?: readonly string[];
  /** Keys of authors of site.yaml. */
  readonly authors?: readonly string[];
  readonly language?: string;
}

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

/**
 * A draft with a permanent id: a tag: URI (RFC 4151) of the site's host, the day and the slug, or the time of day if ASCII
 * can't write that. `siteUrl` is the URL of site.yaml, `now` the current time; the id is none of `takenIds`.
 */
export const draftOf = (
  title: string,
  siteUrl: string,
  now: Instant,
  takenIds: ReadonlySet<string>,
  keys: DraftKeys = {},
): Draft => {
  const [day = "", time = ""] = new Date(now).toISOString().split("T");
  const timeOfDay = time.slice(0, 8).replaceAll(":", "");
  const slug = cut(slugify(title)) || `story-${day}-${timeOfDay}`;
  const base = `tag:${authorityOf(siteUrl)},${day}:${asciiSlug(slug) ?? `story-${timeOfDay}`}`;
  let id = base;
  for (let count = 2; takenIds.has(id); count++) id = `${base}-${count}`;
  const frontMatter = stringify({ id, title, ...keys, draft: true });
  const path = `${slug}.md`;
  return {
    path,
    slug,
    text: `---\n${frontMatter}---\n\nWrite the story here. When it is ready, run \`npm run release -- content/${path}\`.\n`,
  };
};
