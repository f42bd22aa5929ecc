import type { NewsroomRepository } from "../../store/d1/newsroom-repository.ts";
import type { MediaBucket } from "./media-bucket.ts";

/** How many R2 deletes in one request. */
const AT_ONCE = 1000;

/**
 * Deletes the bytes that no media file has any longer, or that never became one's. The database forgets them only once they are
 * gone, so whatever fails is done the next time.
 */
export const deleteUnusedMedia = async (
  repository: NewsroomRepository,
  bucket: MediaBucket,
  now: number,
): Promise<void> => {
  const objects = await repository.objectsToDelete(now, AT_ONCE);
  if (objects.length === 0) return;
  await bucket.delete(objects);
  await repository.confirmDeletion(objects);
};
