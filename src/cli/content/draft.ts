import { stringify } from "yaml";
import { slugify } from "../../content/story/slugify.ts";

/** A new story: where it goes below content/, and its text. */
export interface Draft {
  readonly path: string;
  readonly text: string;
}

const MAX_SLUG_LENGTH = 80;

/**
 * A draft with a permanent id: a tag: URI (RFC 4151) of the site's host and the day. Nothing shows it
 * until `draft: true` is removed. `siteUrl` is an origin, `now` in milliseconds.
 */
export const draftOf = (title: string, siteUrl: string, now: number): Draft => {
  const [day = "", time = ""] = new Date(now).toISOString().split("T");
  const start = slugify(title).slice(0, MAX_SLUG_LENGTH);
  // Cut neither within a character nor behind a hyphen.
  const slug =
    start.replace(/[\uD800-\uDBFF]$/, "").replace(/-$/, "") || `story-${day}-${time.slice(0, 8).replaceAll(":", "")}`;
  const frontMatter = stringify({
    id: `tag:${new URL(siteUrl).hostname},${day}:${slug}`,
    title,
    published: `${day}T${time.slice(0, 8)}Z`,
    draft: true,
  });
  return {
    path: `${slug}.md`,
    text: `---\n${frontMatter}---\n\nWrite the story here, then remove the line \`draft: true\`.\n`,
  };
};
