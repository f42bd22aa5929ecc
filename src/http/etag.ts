// Entity tags: RFC 9110 §8.8.3 (https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3).

/** An optional `W/`, then between double quotes any visible characters but a double quote. */
const ENTITY_TAG = /(?:W\/)?"[\x21\x23-\x7e\x80-\u{10ffff}]*"/gu;

const opaqueTag = (tag: string): string => tag.replace(/^W\//, "");

/** Returns the entity tags in the list of an If-Match or If-None-Match header, `W/` included. */
export const parseEntityTags = (list: string): readonly string[] => list.match(ENTITY_TAG) ?? [];

/** Whether a list of entity tags, or `*`, matches a tag by weak comparison (§8.8.3.2), as If-None-Match does (§13.1.2). */
export const matchesWeakly = (list: string, tag: string): boolean =>
  list === tag ||
  list.trim() === "*" ||
  parseEntityTags(list).some((candidate) => opaqueTag(candidate) === opaqueTag(tag));

/** The same by strong comparison, as If-Match does (§13.1.1): a weak tag matches nothing but `*`. */
export const matchesStrongly = (list: string, tag: string): boolean =>
  list.trim() === "*" || (!tag.startsWith("W/") && parseEntityTags(list).includes(tag));
