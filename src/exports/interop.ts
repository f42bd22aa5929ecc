import { contentFromFeed as toContent, toFeed as toPackageFeed } from "../interop/feed-package.ts";
import type { PackageFeed } from "../interop/package-feed.ts";
import type { Feed } from "../model/feed.ts";

// `feedwright/interop`: to and from the feeds of other packages.

export { fromFeed, type RefreshOptions } from "../interop/from-feed.ts";
export type {
  PackageAuthor,
  PackageCategory,
  PackageEnclosure,
  PackageExtension,
  PackageFeed,
  PackageFeedData,
  PackageFeedOptions,
  PackageItem,
} from "../interop/package-feed.ts";

/**
 * Converts a Feed to one of the `feed` package. What the package has no key for is left out: all but the first attachment and hub,
 * languages and licences of stories, sources, corrections as data, tombstones.
 */
export const toFeed: (feed: Feed) => PackageFeed = toPackageFeed;

/**
 * Converts a feed of the `feed` package to the files of a content folder, by path below it: site.yaml and a Markdown file for each
 * story. They are sources, not Items, because a feed from elsewhere may be hostile or broken: `compilePublication` of
 * `feedwright/content` sanitises them, and reports every problem by file and line. Relative addresses are made absolute: those of items by
 * the feed's `link`, those in their texts by the item's.
 */
export const contentFromFeed: (feed: PackageFeed) => ReadonlyMap<string, string> = toContent;
