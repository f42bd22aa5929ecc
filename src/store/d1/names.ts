import { hash } from "node:crypto";
import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { namesOf } from "../../model/names/names.ts";
import { isInScopesOf } from "./memberships.ts";
import type { Prepare, StoredStory } from "./rows.ts";

// The table `names` lists the names of what is or will be public, each with the instant at which it becomes so: of the
// first story that has the name and is no draft. Who holds the list of a name knows without asking the database whether
// readers may have heard of it. What is hidden looks like what is missing, and what has left stays known.
//
// There are 32 lists, chosen by the first byte of the name's SHA-256. An entry has 22 characters: a comma, eleven for the
// next 64 bits of the digest, and ten for the instant: seconds since 1970 in hexadecimal.

const BUCKETS = 32;
const KEY_LENGTH = 12;
const ENTRY_LENGTH = 22;

/** Characters of a list: a row of D1 holds 2 MB. That is 86,000 names, 2.7 million in all lists. */
const MAX_LIST_LENGTH = 1_900_000;

/** Where a name is listed. */
export interface NamePlace {
  readonly bucket: number;
  /** What its entry begins with. */
  readonly key: string;
}

/** The place of a name. */
export const placeOf = (name: string): NamePlace => {
  const digest = hash("sha256", name, "buffer");
  return { bucket: digest.readUInt8(0) % BUCKETS, key: `,${digest.toString("base64url", 1, 9)}` };
};

/** Whether a list says that what has the name with this key is public, or was, at `now`. */
export const isListedAt = (list: string, key: string, now: Instant): boolean => {
  const start = list.indexOf(key);
  if (start === -1) return false;
  return Number.parseInt(list.slice(start + KEY_LENGTH, start + ENTRY_LENGTH), 16) * 1000 <= now;
};

/** SQL for the instant at which what has a name becomes public, by `kind` and `rest` of the name; NULL if it never does. */
const PUBLIC_FROM = `CASE kind
  WHEN 'article' THEN (SELECT MIN(m.published) FROM memberships m WHERE m.scope = 'all' AND m.slot IS NOT NULL AND m.story IN
    (SELECT number FROM stories WHERE slug = rest UNION ALL SELECT story FROM aliases WHERE alias = rest))
  WHEN 'media' THEN (SELECT MIN(published) FROM media_uses WHERE path = 'media/' || rest AND published IS NOT NULL)
  ELSE (SELECT MIN(at) FROM (
    SELECT (SELECT MIN(published) FROM memberships WHERE scope = named.scope AND slot IS NOT NULL) AS at FROM (
      SELECT kind || '/' || rest AS scope
      UNION ALL SELECT scope FROM former_scopes WHERE former = kind || '/' || rest) AS named))
  END`;

/**
 * Makes the entries of some names what the tables say. `?1` is a JSON array with, for each name, its bucket, its number
 * among those of the bucket, key, kind and rest. A list in which nothing changes is not written.
 */
const UPDATE_LISTS = `WITH
  given (bucket, number, key, kind, rest) AS (
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?1)),
  changed (bucket, number, key, entry) AS MATERIALIZED (
    SELECT bucket, number, key, CASE WHEN at IS NULL THEN '' ELSE key || printf('%010x', MAX(0, at) / 1000) END
    FROM (SELECT *, ${PUBLIC_FROM} AS at FROM given))
  UPDATE names SET version = version + 1, entries = (
    WITH RECURSIVE lists (number, list) AS (
      SELECT 0, names.entries
      UNION ALL
      SELECT lists.number + 1, entry || CASE instr(list, key) WHEN 0 THEN list
        ELSE substr(list, 1, instr(list, key) - 1) || substr(list, instr(list, key) + ${ENTRY_LENGTH}) END
      FROM lists JOIN changed ON changed.bucket = names.bucket AND changed.number = lists.number)
    SELECT CASE WHEN length(list) <= ${MAX_LIST_LENGTH} THEN list END FROM lists ORDER BY number DESC LIMIT 1)
  WHERE bucket IN (SELECT bucket FROM changed) AND EXISTS (
    SELECT 1 FROM changed WHERE changed.bucket = names.bucket
      AND CASE entry WHEN '' THEN instr(entries, key) > 0 ELSE instr(entries, entry) = 0 END)`;

/** A statement that makes the entries of some names what the tables say then: the last of a transaction that changes them. */
export const updateNames = (prepare: Prepare, names: ReadonlySet<string>): D1PreparedStatement => {
  const counts = new Map<number, number>();
  const rows = Array.from(names, (name) => {
    const { bucket, key } = placeOf(name);
    const number = counts.get(bucket) ?? 0;
    counts.set(bucket, number + 1);
    const slash = name.indexOf("/");
    return [bucket, number, key, name.slice(0, slash), name.slice(slash + 1)];
  });
  return prepare(UPDATE_LISTS, JSON.stringify(rows));
};

const listedNames = (item: Item | undefined): ReadonlySet<string> =>
  item === undefined || item.draft ? new Set() : namesOf(item);

/**
 * The names whose entries may change if `former` is replaced by `item`, or erased. The scopes that `former` is in may be
 * others than those of its Item, if another version of the compiler made it.
 */
export const changedNames = (former: StoredStory | undefined, item: Item | undefined): ReadonlySet<string> => {
  const after = listedNames(item);
  if (former === undefined) return after;
  const before = listedNames(former.item);
  const isSameInstant = former.item.published === item?.published;
  if (isSameInstant && isInScopesOf(former.item, former)) return before.symmetricDifference(after);
  return before.union(after).union(new Set(former.scopes.filter((scope) => scope !== "all")));
};
