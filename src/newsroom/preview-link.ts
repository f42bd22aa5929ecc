import { createHmac, timingSafeEqual } from "node:crypto";
import type { Channel } from "../model/channel.ts";
import { DAY_MS, type Instant } from "../model/instant.ts";

/** Milliseconds for which a link to a hidden story works. */
const LIFETIME = 7 * DAY_MS;

/** A link to one story: until when it works, and what proves that the newsroom made it. */
export interface Preview {
  readonly slug: string;
  readonly id: string;
  /** Milliseconds. */
  readonly until: Instant;
}

/** The owner's token signs: who revokes it revokes every link. */
const sign = ({ id, slug, until }: Preview, ownerToken: string): string =>
  createHmac("sha256", ownerToken)
    .update(JSON.stringify(["preview", id, slug, until]))
    .digest("base64url");

/** The address at which a hidden story can be read for a week, by whoever has it. */
export const previewUrl = (
  { url }: Channel,
  { slug, id }: Pick<Preview, "slug" | "id">,
  ownerToken: string,
  now: Instant,
): string => {
  const until = Math.floor((now + LIFETIME) / 1000) * 1000;
  return `${url}/preview/${encodeURIComponent(slug)}/${until}/${sign({ slug, id, until }, ownerToken)}`;
};

/** Whether the newsroom made a link, and it still works. */
export const isValidPreview = (preview: Preview, signature: string, ownerToken: string, now: Instant): boolean => {
  const [given, right] = [Buffer.from(signature), Buffer.from(sign(preview, ownerToken))];
  return given.length === right.length && timingSafeEqual(given, right) && now < preview.until;
};
