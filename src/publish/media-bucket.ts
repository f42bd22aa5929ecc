/** The part of an R2 bucket that the newsroom uses. */
export type MediaBucket = Pick<R2Bucket, "delete" | "get" | "put">;
