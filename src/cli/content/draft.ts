import { stringify } from "yaml";
import { slugify } from "../../model/slugify.ts";
import type { Instant } from "../../model/instant.ts";

/** The file of a new story. */
export interface Draft {
  /** Below content/. */
  readonly path: string;
  readonly text: string;
}

const MAX_SLUG_LENGTH = 80;

/**
 * A draft with a permanent id: a tag: URI (RFC 4151) of the site's host, the day and the slug. `siteUrl` is the URL of
 * site.yaml, `now` the story's date.
 */
export const draftOf = (title: string, siteUrl: string, now: Instant): Draft => {
  const [day = "", time = ""] = new Date(now).toISOString().split("T");
  const cut = slugify(title).slice(0, MAX_SLUG_LENGTH);
  // Without half a surrogate pair or a hyphen at its end.
  const slug =
    cut.replace(/[\uD800-\uDBFF]$/, "").replace(/-$/, "") || `story-${day}-${time.slice(0, 8).replaceAll(":", "")}`;
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
