/** The tag of a story in the API: strong, and another one for each form in which it is handed out. */
export const storyTag = (version: number, form: "json" | "markdown" = "json"): string =>
  form === "json" ? `"${version}"` : `"${version}-md"`;

/** The version that a tag names; NaN where it can be none. A `W/` that a proxy put before it is overlooked. */
export const versionOf = (tag: string): number => Number(/^(?:W\/)?"(\d{1,15})(?:-md)?"$/.exec(tag)?.[1] ?? Number.NaN);
