import { createHmac, randomBytes } from "node:crypto";
import type { Editor } from "../admin/role.ts";
import { isSameSecret } from "../lib/is-same-secret.ts";
import { sha256 } from "../lib/sha256.ts";
import { DAY_MS, type Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { PreviewKey } from "../store/d1/preview-keys.ts";
import type { Newsroom } from "./newsroom.ts";

// A preview link is `/preview/{slug}/{until}/{signature}`. Its signature has three parts, joined by dots: the id of the key
// that signs it, a digest of the story's id, and a MAC of all of these. So it is known to be genuine before the story
// is looked for.

const LIFETIME_MS = 7 * DAY_MS;
const KEY_ID_BYTES = 12;
const SECRET_BYTES = 32;
const STORY_DIGEST_LENGTH = 32;

/** The parts of the path of a preview link, decoded. */
export interface PreviewPath {
  readonly slug: string;
  /** When the link expires, in milliseconds since 1970. */
  readonly until: string;
  readonly signature: string;
}

const digestStory = (id: string): string => sha256(id).slice(0, STORY_DIGEST_LENGTH);

const macOf = (slug: string, until: Instant, storyDigest: string, { secret }: PreviewKey): string =>
  createHmac("sha256", secret)
    .update(JSON.stringify(["preview", slug, until, storyDigest]))
    .digest("base64url");

const createKey = (): PreviewKey => ({
  id: randomBytes(KEY_ID_BYTES).toString("base64url"),
  secret: randomBytes(SECRET_BYTES).toString("base64url"),
});

/**
 * The URL at which whoever has it can read a hidden story for a week. It is signed with the editor's own key, and so
 * ends with the editor's token.
 */
export const createPreviewLink = async (
  { slug, id }: Pick<Item, "slug" | "id">,
  editor: Editor,
  { channel, repository }: Pick<Newsroom, "channel" | "repository">,
  now: Instant,
): Promise<string> => {
  const key = await repository.providePreviewKey(editor, createKey());
  const until = Math.floor((now + LIFETIME_MS) / 1000) * 1000;
  const storyDigest = digestStory(id);
  const signature = [key.id, storyDigest, macOf(slug, until, storyDigest, key)].join(".");
  return `${channel.url}/preview/${encodeURIComponent(slug)}/${until}/${signature}`;
};

/**
 * Checks a preview link: that it has not expired, and that a key signed it which is still valid. Returns a function that
 * says whether a story with an id is the one that it is for; undefined if the link is not valid. The time of the check
 * tells nothing of the MAC, or of any story. The database is asked about genuine links only, but for the keys, which are
 * in memory.
 */
export const checkPreviewLink = async (
  { slug, until, signature }: PreviewPath,
  { repository, ownerTokenHash }: Pick<Newsroom, "ownerTokenHash" | "repository">,
  now: Instant,
): Promise<((id: string) => boolean) | undefined> => {
  const [keyId = "", storyDigest = "", mac = "", ...more] = signature.split(".");
  if (!/^\d{1,15}$/.test(until) || Number(until) <= now || more.length > 0) return undefined;
  const key = await repository.findPreviewKey(keyId, now);
  if (key === undefined || !isSameSecret(mac, macOf(slug, Number(until), storyDigest, key))) return undefined;
  if (!(await repository.isPreviewKeyValid(keyId, ownerTokenHash))) return undefined;
  return (id) => digestStory(id) === storyDigest;
};
