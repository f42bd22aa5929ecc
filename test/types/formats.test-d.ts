import { expectTypeOf, test } from "vitest";
import type {
  BareFeed,
  BundledStore,
  Channel,
  Feed,
  FeedDocument,
  Format,
  Fragments,
  Item,
  Lookup,
  Renderer,
  Revision,
  Store,
  View,
} from "../../src/exports/formats.ts";
import { assemble, createFragments, findFeed, formats, openBundled } from "../../src/exports/formats.ts";

test("a Format renders the parts of a feed", () => {
  expectTypeOf(formats).toEqualTypeOf<readonly Format[]>();
  expectTypeOf<Format["name"]>().toEqualTypeOf<"rss" | "atom" | "json">();
  expectTypeOf<Format>().toEqualTypeOf<{
    readonly name: "rss" | "atom" | "json";
    readonly fileName: string;
    readonly mediaType: string;
    readonly alsoKnownAs: readonly string[];
    readonly renderHead: (feed: BareFeed) => string;
    readonly renderTombstones: (feed: BareFeed) => readonly string[];
    readonly renderItem: (item: Item, channel: Channel, text: "full" | "summary") => readonly string[];
    readonly separator: string;
    readonly foot: string;
  }>();
});

test("a Feed is found in the store of a publication, and rendered to bytes", () => {
  expectTypeOf(openBundled).toEqualTypeOf<(text: string, siteUrl: string, revision: Revision) => BundledStore>();
  expectTypeOf(findFeed).toEqualTypeOf<(store: Store, view: View, now: number) => Promise<Lookup<Feed>>>();
  expectTypeOf<BundledStore>().toExtend<Store>();
  expectTypeOf<Lookup<Feed>["kind"]>().toEqualTypeOf<"found" | "moved" | "renamed" | "gone" | "missing">();
  expectTypeOf(createFragments).toEqualTypeOf<() => Fragments>();
  expectTypeOf(assemble).toEqualTypeOf<(format: Renderer, feed: BareFeed, fragments: Fragments) => FeedDocument>();
  expectTypeOf<FeedDocument["body"]>().toEqualTypeOf<Uint8Array>();
});
