import { hash } from "node:crypto";
import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { namesOf } from "../../model/names.ts";
import type { Prepare } from "./rows.ts";

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

/** SQL for the instant at which what has a name becomes public, by its kind and the rest of it; NULL if it never does. */
const PUBLIC_FROM = `CASE value ->> 1
  WHEN 'article' THEN (SELECT MIN(m.published) FROM memberships m WHERE m.scope = 'all' AND m.slot IS NOT NULL AND m.story IN
    (SELECT number FROM stories WHERE slug = value ->> 2 UNION ALL SELECT story FROM aliases WHERE alias = value ->> 2))
  WHEN 'media' THEN (SELECT MIN(published) FROM media_uses WHERE path = 'media/' || (value ->> 2) AND published IS NOT NULL)
  ELSE (SELECT MIN(at) FROM (
    SELECT (SELECT MIN(published) FROM memberships WHERE scope = named.scope AND slot IS NOT NULL) AS at FROM (
      SELECT (value ->> 1) || '/' || (value ->> 2) AS scope
      UNION ALL SELECT scope FROM former_scopes WHERE former = (value ->> 1) || '/' || (value ->> 2)) AS named))
  END`;

/**
 * Makes the entries of some names what the tables say. `?1` is a bucket, `?2` a JSON array with key, kind and rest of each
 * name. If nothing changes, nothing is written.
 */
const UPDATE_LIST = `WITH RECURSIVE
  changed (number, key, entry) AS MATERIALIZED (
    SELECT key, value ->> 0, CASE WHEN at IS NULL THEN '' ELSE (value ->> 0) || printf('%010x', MAX(0, at) / 1000) END
    FROM (SELECT key, value, ${PUBLIC_FROM} AS at FROM json_each(?2))),
  lists (number, list) AS (
    SELECT 0, entries FROM names WHERE bucket = ?1
    UNION ALL
    SELECT lists.number + 1, entry || CASE instr(list, key) WHEN 0 THEN list
      ELSE substr(list, 1, instr(list, key) - 1) || substr(list, instr(list, key) + ${ENTRY_LENGTH}) END
    FROM lists JOIN changed ON changed.number = lists.number)
  UPDATE names SET version = version + 1, entries =
    (SELECT CASE WHEN length(list) <= ${MAX_LIST_LENGTH} THEN list END FROM lists ORDER BY number DESC LIMIT 1)
  WHERE bucket = ?1 AND EXISTS
    (SELECT 1 FROM changed WHERE CASE entry WHEN '' THEN instr(entries, key) > 0 ELSE instr(entries, entry) = 0 END)`;

/**
 * Statements that make the entries of some names what the tables say then: the last of a transaction, and one for each list
 * that has one of the names.
 */
export const updateNames = (prepare: Prepare, names: Iterable<string>): readonly D1PreparedStatement[] => {
  const changes = new Map<number, (readonly string[])[]>();
  for (const name of names) {
    const { bucket, key } = placeOf(name);
    const slash = name.indexOf("/");
    const list = changes.get(bucket) ?? [];
    changes.set(bucket, list);
    list.push([key, name.slice(0, slash), name.slice(slash + 1)]);
  }
  return [...changes].map(([bucket, list]) => prepare(UPDATE_LIST, bucket, JSON.stringify(list)));
};

const listedNames = (item: Item | undefined): ReadonlySet<string> =>
  item === undefined || item.draft ? new Set() : namesOf(item);

/** The names whose entries may change if `former` is replaced by `item`, or erased. */
export const changedNames = (former: Item | undefined, item: Item | undefined): ReadonlySet<string> => {
  const [before, after] = [listedNames(former), listedNames(item)];
  return former?.published === item?.published ? before.symmetricDifference(after) : before.union(after);
};
