import type { MediaFile } from "../../model/media.ts";

/** A row of the table `media`. */
export interface MediaRow {
  readonly path: string;
  readonly type: string;
  readonly length: number;
  /** SHA-256 of the bytes, in hex. */
  readonly digest: string;
  readonly width: number | null;
  readonly height: number | null;
  /** Key of the bytes in the bucket. */
  readonly object: string;
}

/** The columns that make a MediaRow. */
export const MEDIA_COLUMNS = "path, type, length, digest, width, height, object";

/** What a row says of its file. */
export const toMediaFile = ({ type, length, width, height }: MediaRow): MediaFile => ({
  ...{ type, length },
  ...(width !== null && height !== null && { width, height }),
});
