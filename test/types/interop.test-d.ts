import type { Feed as FeedOfPackage } from "feed";
import { expectTypeOf, test } from "vitest";
import { contentFromFeed, type PackageFeed, type PackageItem, toFeed } from "../../src/exports/interop.ts";
import type { Feed } from "../../src/index.ts";

test("toFeed and contentFromFeed take and give feeds of the package", () => {
  expectTypeOf(toFeed).toEqualTypeOf<(feed: Feed) => PackageFeed>();
  expectTypeOf(contentFromFeed).toEqualTypeOf<(feed: PackageFeed) => ReadonlyMap<string, string>>();
});

test("the types of the package are written out as it has them", () => {
  type Members = { [Key in keyof FeedOfPackage]: FeedOfPackage[Key] };
  expectTypeOf<{ [Key in keyof PackageFeed]: PackageFeed[Key] }>().toEqualTypeOf<Members>();
  expectTypeOf<PackageItem>().toEqualTypeOf<FeedOfPackage["items"][number]>();
});
