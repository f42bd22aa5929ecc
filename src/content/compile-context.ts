import type { Channel } from "../model/channel.ts";
import type { Instant } from "../model/instant.ts";
import type { MediaFile } from "../model/media.ts";

/** What a story may refer to: everything that `compile` knows beside the story's own text. */
export interface CompileContext {
  readonly channel: Channel;
  /** By path below content/, such as `media/x.jpg`. */
  readonly media: Readonly<Record<string, MediaFile>>;
  /** Slugs by path below content/, such as `world/embassy.md`, for links from story to story. */
  readonly slugs: Readonly<Record<string, string>>;
  /** Milliseconds: dates of changes that lie ahead of it are warned of. Without it, none is. */
  readonly now?: Instant;
}
