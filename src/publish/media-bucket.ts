import type { Desk } from "../store/d1-desk.ts";
import type { Outcome } from "../store/d1-writer.ts";
import { uploadedAt } from "../store/store.ts";

/** The part of an R2 bucket that the newsroom uses. */
export type MediaBucket = Pick<R2Bucket, "delete" | "get" | "head" | "put">;

/**
 * Puts bytes into the bucket, and then their facts into the database by `note`. Once that is done they are there, whoever
 * deleted the same bytes meanwhile.
 */
export const keepFile = async (
  bucket: MediaBucket,
  digest: string,
  bytes: Uint8Array,
  note: () => Promise<Outcome>,
): Promise<Outcome> => {
  await bucket.put(uploadedAt(digest), bytes);
  const outcome = await note();
  if ((await bucket.head(uploadedAt(digest))) === null) await bucket.put(uploadedAt(digest), bytes);
  return outcome;
};

/** Deletes the bytes that a write took from the last media file that had them. Where one came to have them meanwhile, they are put back. */
export const discardFiles = async (bucket: MediaBucket | undefined, desk: Desk, outcome: Outcome): Promise<void> => {
  if (bucket === undefined || outcome.kind === "changed") return;
  for (const digest of outcome.discarded) {
    if (await desk.hasDigest(digest)) continue;
    const bytes = await (await bucket.get(uploadedAt(digest)))?.arrayBuffer();
    await bucket.delete(uploadedAt(digest));
    if (bytes !== undefined && (await desk.hasDigest(digest))) await bucket.put(uploadedAt(digest), bytes);
  }
};
