import { hash } from "node:crypto";

// The entity tag of an edition is `W/"` + a digest of the whole + `"`, or, if deltas may be requested of it,
// `W/"` + the digest of the whole + `.` + a mark of its address + a short digest of each entry + `"`.
//
// How long must a short digest be? A client misses an entry if its digest equals that of another entry which the client
// has. If it has n entries and m are new, the odds are at most n·m / 2^bits. A tag has room for 44 entries of 30 bits:
// 44 · 44 / 2^30 is 1.8 in 10^6 for a whole feed, and 4 in 10^7 for the usual 20 entries.

/** Characters: feed readers store tags in columns of 255. */
const MAX_TAG_LENGTH = 254;
const DIGEST_LENGTH = 22;
const SHORT_LENGTH = 5;

const DELTA_TAG = /^(?:W\/)?"[\w-]{22}\.((?:[\w-]{5})+)"$/;

/** 132 bits of the SHA-256 of bytes or text, as 22 characters that are allowed in an entity tag. */
export const digestOf = (data: Uint8Array | string): string =>
  hash("sha256", data, "base64url").slice(0, DIGEST_LENGTH);

/** The part of an entry's digest that entity tags contain. */
export const shortDigest = (digest: string): string => digest.slice(0, SHORT_LENGTH);

/** A weak entity tag (RFC 9110 §8.8.3): weak, because one tag serves every content-coding. */
export const entityTagOf = (digest: string): string => `W/"${digest}"`;

/** The mark of the entity tags of the document at an address: a short digest of the address. */
export const markOf = (address: string): string => shortDigest(digestOf(address));

/**
 * A weak entity tag that also contains the short digests of the document's entries; `mark` is that of its address. If
 * there are too many entries for a tag, it is a plain one.
 */
export const deltaTag = (digest: string, mark: string, digests: readonly string[]): string => {
  const tag = `W/"${digest}.${mark}${digests.map(shortDigest).join("")}"`;
  return tag.length <= MAX_TAG_LENGTH ? tag : entityTagOf(digest);
};

/**
 * The short digests in an entity tag; undefined unless it is a delta tag of the document whose address has this mark.
 */
export const readDeltaTag = (tag: string, mark: string): ReadonlySet<string> | undefined => {
  const named = DELTA_TAG.exec(tag)?.[1];
  if (named?.slice(0, SHORT_LENGTH) !== mark) return undefined;
  const entries = named.slice(SHORT_LENGTH);
  return new Set(
    Array.from({ length: entries.length / SHORT_LENGTH }, (_, index) =>
      entries.slice(index * SHORT_LENGTH, (index + 1) * SHORT_LENGTH),
    ),
  );
};
