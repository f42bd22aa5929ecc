import type { NewsroomRepository } from "../../store/d1/newsroom-repository.ts";
import type { MediaBucket } from "./media-bucket.ts";

/** How many objects R2 deletes in one request. */
const MAX_OBJECTS = 1000;

/**
 * Deletes objects of the bucket that belong to no media file any longer, or whose upload was never completed; a
 * thousand at most. The database lists them until they are deleted, so whatever fails is tried again by the next call.
 * Rejects if the database or the bucket fails.
 */
export const deleteUnusedMedia = async (
  repository: NewsroomRepository,
  bucket: MediaBucket,
  now: number,
): Promise<void> => {
  const objects = await repository.objectsToDelete(now, MAX_OBJECTS);
  if (objects.length === 0) return;
  await bucket.delete(objects);
  await repository.confirmDeletion(objects);
};
