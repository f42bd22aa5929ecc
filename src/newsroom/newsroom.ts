import type { Channel } from "../model/channel.ts";
import type { MediaFile } from "../model/media.ts";
import type { NewsroomRepository } from "../store/d1/newsroom-repository.ts";
import type { MediaBucket } from "./media/media-bucket.ts";

/** What the handlers of the publish API work with. */
export interface Newsroom {
  /** The channel on the site's own origin, not on the placeholder. */
  readonly channel: Channel;
  /** `url` of site.yaml, whatever replaces it here. */
  readonly siteUrl: string;
  readonly repository: NewsroomRepository;
  /** Names of the formats and dialects that partners have; undefined if it is not known, so that all may be in use. */
  readonly formatsInUse: () => Promise<ReadonlySet<string> | undefined>;
  /** Finds a media file that site.yaml names, by its path below content/. */
  readonly findSiteMedia: (path: string) => Promise<MediaFile | undefined>;
  /** SHA-256 (hex) of the owner's token. */
  readonly ownerTokenHash: string;
  /** Whether a write over a story must send If-Match (428). */
  readonly requiresIfMatch: boolean;
  /** Where uploaded media files are stored; without it, none can be uploaded. */
  readonly bucket?: MediaBucket;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
