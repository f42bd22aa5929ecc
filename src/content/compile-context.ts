import type { DialectRules } from "../dialects/rules/rule.ts";
import type { Channel } from "../model/channel.ts";
import type { Instant } from "../model/instant.ts";
import type { MediaFile } from "../model/media.ts";

/** The keys of the channel that `compile` may read: what they hold stands in Items, or decides whether a story is valid. */
export const COMPILED_KEYS = [
  "url",
  "language",
  "timeZone",
  "authors",
  "sections",
  "words",
  "markdown",
] as const satisfies readonly (keyof Channel)[];

/**
 * What of site.yaml `compile` knows. A change of it makes another version of every Item (compiler-version.ts), but for one of
 * `feeds`: an Item has the names of feeds as its source has them.
 */
export interface SiteContext {
  readonly channel: Pick<Channel, (typeof COMPILED_KEYS)[number] | "feeds">;
  /** `url` of site.yaml, which partners' rules judge; that of the channel, if it is absent. */
  readonly siteUrl?: string;
  /** Media files by path below content/, such as `media/x.jpg`. */
  readonly media: Readonly<Record<string, MediaFile>>;
}

/** What `compile` knows beyond the story's own file: everything that a story may refer to. */
export interface CompileContext extends SiteContext {
  /** Slugs by path below content/, such as `world/embassy.md`, for links from story to story. */
  readonly slugs: Readonly<Record<string, string>>;
  /** Paths of the publisher's own pages below content/; absent if they are not known. */
  readonly pages?: readonly string[];
  /** What the dialects of partners ask of stories; Feedwright's own, if it is absent. */
  readonly dialects?: readonly DialectRules[];
  /** Absolute URLs of the files that other stories mark as not distributable. */
  readonly undistributable?: ReadonlySet<string>;
  /** The current time in milliseconds: changes dated after it get a warning. Without it, none does. */
  readonly now?: Instant;
}
