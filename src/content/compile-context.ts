import type { Channel } from "../model/channel.ts";
import type { Instant } from "../model/instant.ts";
import type { MediaFile } from "../model/media.ts";

/** What `compile` knows beyond the story's own file: everything that a story may refer to. */
export interface CompileContext {
  readonly channel: Channel;
  /** Media files by path below content/, such as `media/x.jpg`. */
  readonly media: Readonly<Record<string, MediaFile>>;
  /** Slugs by path below content/, such as `world/embassy.md`, for links from story to story. */
  readonly slugs: Readonly<Record<string, string>>;
  /** The current time in milliseconds: changes dated after it get a warning. Without it, none does. */
  readonly now?: Instant;
}
