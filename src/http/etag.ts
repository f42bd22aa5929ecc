// RFC 9110 §8.8.3: an optional W/, then visible characters without a double quote between two of them.
const ENTITY_TAG = /(?:W\/)?"[\x21\x23-\x7e\x80-\u{10ffff}]*"/gu;

const opaque = (tag: string): string => tag.replace(/^W\//, "");

/** The entity tags of a list, as they stand there. */
export const listTags = (list: string): readonly string[] => list.match(ENTITY_TAG) ?? [];

/** Whether a list of entity tags, or `*`, holds this one by weak comparison (RFC 9110 §8.8.3.2, §13.1.2). */
export const matchesWeakly = (list: string, tag: string): boolean =>
  list === tag || list.trim() === "*" || listTags(list).some((candidate) => opaque(candidate) === opaque(tag));

/** The same by strong comparison (§13.1.1): no weak tag ever matches, not even itself. */
export const matchesStrongly = (list: string, tag: string): boolean =>
  list.trim() === "*" || (!tag.startsWith("W/") && listTags(list).includes(tag));
