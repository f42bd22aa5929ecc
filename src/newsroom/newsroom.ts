import type { Channel } from "../model/channel.ts";
import type { MediaFile } from "../model/media.ts";
import type { NewsroomRepository } from "../store/d1/newsroom-repository.ts";
import type { MediaBucket } from "./media/media-bucket.ts";

/** What the handlers of the publish API work with. */
export interface Newsroom {
  /** The channel on the site's own origin, not on the placeholder. */
  readonly channel: Channel;
  readonly repository: NewsroomRepository;
  /** Finds a media file that site.yaml names, by its path below content/. */
  readonly findSiteMedia: (path: string) => Promise<MediaFile | undefined>;
  /** The owner's token: it authorizes everything, and signs preview links. */
  readonly ownerToken: string;
  /** Whether a write over a story must send If-Match (428). */
  readonly requiresIfMatch: boolean;
  /** Where uploaded media files are stored; without it, none can be uploaded. */
  readonly bucket?: MediaBucket;
  /** To be called after every write: what readers get may have changed, or who may write. */
  readonly onWritten: () => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
