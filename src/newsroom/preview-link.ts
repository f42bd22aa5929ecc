import { createHmac, timingSafeEqual } from "node:crypto";
import type { Channel } from "../model/channel.ts";
import { DAY_MS, type Instant } from "../model/instant.ts";

const LIFETIME_MS = 7 * DAY_MS;

/** What the signature of a preview link covers: one story, until one instant. */
export interface Preview {
  readonly slug: string;
  readonly id: string;
  /** When the link expires. */
  readonly until: Instant;
}

/** Signs with the owner's token, so that a new token invalidates every link. */
const sign = ({ id, slug, until }: Preview, ownerToken: string): string =>
  createHmac("sha256", ownerToken)
    .update(JSON.stringify(["preview", id, slug, until]))
    .digest("base64url");

/** The URL at which whoever has it can read a hidden story for a week. */
export const previewUrl = (
  { url }: Channel,
  { slug, id }: Pick<Preview, "slug" | "id">,
  ownerToken: string,
  now: Instant,
): string => {
  const until = Math.floor((now + LIFETIME_MS) / 1000) * 1000;
  return `${url}/preview/${encodeURIComponent(slug)}/${until}/${sign({ slug, id, until }, ownerToken)}`;
};

/**
 * Whether a signature was made for this preview with this token, and the preview has not expired. Takes the same time
 * for any signature.
 */
export const isValidPreview = (preview: Preview, signature: string, ownerToken: string, now: Instant): boolean => {
  const [given, expected] = [Buffer.from(signature), Buffer.from(sign(preview, ownerToken))];
  return given.length === expected.length && timingSafeEqual(given, expected) && now < preview.until;
};
