import type { StoredStory } from "../../store/d1/rows.ts";
import type { Stored } from "../preconditions.ts";

/** The tag of a story in the API: strong, and another one for each form in which it is handed out. */
export const storyTag = (version: number, form: "json" | "markdown" = "json"): string =>
  form === "json" ? `"${version}"` : `"${version}-md"`;

/** The version that a tag names. A `W/` that a proxy put before it is overlooked. */
const versionOf = (tag: string): number => Number(/^(?:W\/)?"(\d{1,15})(?:-md)?"$/.exec(tag)?.[1] ?? Number.NaN);

/** A story as preconditions see it: by the tags of all its forms. */
export const taggedStory = (story: StoredStory | undefined): Stored | undefined =>
  story && { etag: storyTag(story.version), isNamedBy: (tag) => versionOf(tag) === story.version };
