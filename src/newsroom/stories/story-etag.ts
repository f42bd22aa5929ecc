import type { StoredStory } from "../../store/d1/rows.ts";
import type { CurrentResource } from "../preconditions.ts";

/** The entity tag of a story's version in the API: strong, and different for each form in which the story is served. */
export const storyEtag = (version: number, form: "json" | "markdown" = "json"): string =>
  form === "json" ? `"${version}"` : `"${version}-md"`;

/**
 * The version that a tag of any form names; NaN if it is no tag of a story. A `W/` that a proxy put before it is
 * ignored.
 */
const versionOf = (tag: string): number => Number(/^(?:W\/)?"(\d{1,15})(?:-md)?"$/.exec(tag)?.[1] ?? Number.NaN);

/** A story as `checkPreconditions` needs it: the tags of all forms name it. */
export const toCurrentResource = (story: StoredStory | undefined): CurrentResource | undefined =>
  story && { etag: storyEtag(story.version), hasTag: (tag) => versionOf(tag) === story.version };
