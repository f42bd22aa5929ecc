import { hash } from "node:crypto";

// A tag is `W/"` + a digest of the whole + `"`, or, where deltas may be asked for,
// `W/"` + the whole + `.` + a mark of the address + a short digest of each entry + `"`.
//
// How long must a short digest be? An entry is missed if its digest is that of another entry which the client holds.
// With n entries held and m new ones the odds are at most n·m / 2^bits. A tag has room for 44 entries of 30 bits:
// 44 · 44 / 2^30 is 1.8 in 10^6 for a whole feed, and 4 in 10^7 for the usual 20 entries.

/** Characters: readers keep tags in columns of 255. */
const MAX_LENGTH = 254;
const WHOLE = 22;
const SHORT = 5;

const TAG = /^(?:W\/)?"[\w-]{22}\.((?:[\w-]{5})+)"$/;

/** 132 bits of the SHA-256 of some bytes or text, in 22 characters that may stand in an entity tag. */
export const digestOf = (data: Uint8Array | string): string => hash("sha256", data, "base64url").slice(0, WHOLE);

/** What a delta's client must hold: the part of a digest that stands in tags. */
export const shortDigest = (digest: string): string => digest.slice(0, SHORT);

/** A weak entity tag: weak, because one tag serves every content-coding. */
export const entityTagOf = (digest: string): string => `W/"${digest}"`;

/** What marks the tags of the document at an address. */
export const markOf = (address: string): string => shortDigest(digestOf(address));

/**
 * A weak tag that also tells which entries the document has. `mark` is that of its address, `digests` are those of its
 * entries. Where they are too many to be told, it is a plain tag.
 */
export const deltaTag = (digest: string, mark: string, digests: readonly string[]): string => {
  const tag = `W/"${digest}.${mark}${digests.map(shortDigest).join("")}"`;
  return tag.length <= MAX_LENGTH ? tag : entityTagOf(digest);
};

/** The short digests that a tag tells of, if it is one of a document whose address has this mark. */
export const readTag = (tag: string, mark: string): ReadonlySet<string> | undefined => {
  const told = TAG.exec(tag)?.[1];
  if (told?.slice(0, SHORT) !== mark) return undefined;
  const entries = told.slice(SHORT);
  return new Set(
    Array.from({ length: entries.length / SHORT }, (_, index) => entries.slice(index * SHORT, (index + 1) * SHORT)),
  );
};
