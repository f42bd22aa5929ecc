import type { Channel } from "../model/channel.ts";
import type { MediaFile } from "../model/media.ts";
import type { NewsroomRepository } from "../store/d1/newsroom-repository.ts";
import type { MediaBucket } from "./media/media-bucket.ts";

/** What the publish API works with. */
export interface Newsroom {
  /** Stands on the site's own address. */
  readonly channel: Channel;
  readonly repository: NewsroomRepository;
  /** A media file that site.yaml names, by its path. */
  readonly siteMedia: (path: string) => Promise<MediaFile | undefined>;
  /** The owner's token: whoever has it may do everything. */
  readonly ownerToken: string;
  /** Whether a change must name the version that it changes (428). */
  readonly requiresIfMatch: boolean;
  /** Where media files are put; without one, none can be uploaded. */
  readonly bucket?: MediaBucket;
  /** Is called after every write. */
  readonly onWritten: () => void;
  /** Milliseconds. */
  readonly now: () => number;
}
