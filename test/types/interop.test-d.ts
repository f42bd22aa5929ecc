import type { Feed as FeedOfPackage } from "feed";
import { expectTypeOf, test } from "vitest";
import { contentFromFeed, fromFeed, type PackageFeed, type PackageItem, toFeed } from "../../src/exports/interop.ts";
import type { Feed, PublicationSource } from "../../src/index.ts";

test("toFeed and contentFromFeed take and give feeds of the package", () => {
  expectTypeOf(toFeed).toEqualTypeOf<(feed: Feed) => PackageFeed>();
  expectTypeOf(contentFromFeed).toEqualTypeOf<(feed: PackageFeed) => ReadonlyMap<string, string>>();
});

test("fromFeed takes a function that gives a feed of the package, and gives what createWorker serves", () => {
  type Load = Parameters<typeof fromFeed>[0];
  expectTypeOf<() => FeedOfPackage>().toExtend<Load>();
  expectTypeOf<() => Promise<FeedOfPackage>>().toExtend<Load>();
  expectTypeOf<() => string>().not.toExtend<Load>();
  expectTypeOf<Parameters<typeof fromFeed>[1]>().toEqualTypeOf<{ readonly refreshSeconds?: number } | undefined>();
  expectTypeOf(fromFeed).returns.toEqualTypeOf<PublicationSource>();
});

test("the types of the package are written out as it has them", () => {
  type Members = { [Key in keyof FeedOfPackage]: FeedOfPackage[Key] };
  expectTypeOf<{ [Key in keyof PackageFeed]: PackageFeed[Key] }>().toEqualTypeOf<Members>();
  expectTypeOf<PackageItem>().toEqualTypeOf<FeedOfPackage["items"][number]>();
});
