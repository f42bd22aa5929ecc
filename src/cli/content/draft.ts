import { stringify } from "yaml";
import { newId, newSlug } from "../../content/story/new-story.ts";
import type { Instant } from "../../model/instant.ts";

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
  const slug = newSlug(title, now);
  const base = newId(slug, siteUrl, now);
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
