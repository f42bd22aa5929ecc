// `feedwright/formats`: RSS, Atom and JSON Feed, and what leads from a compiled publication to a feed in one of them.

export { findFeed } from "../catalog/find-feed.ts";
export { assemble } from "../editions/assemble-feed.ts";
export type { Entry, FeedDocument } from "../editions/feed-document.ts";
export { createFragments, type Fragment, type Fragments } from "../editions/fragments.ts";
export type { Format } from "../formats/format.ts";
export { formatByFileName, formats } from "../formats/formats.ts";
export type { Renderer } from "../formats/renderer.ts";
export type { Channel } from "../model/channel.ts";
export type { BareFeed, Feed } from "../model/feed.ts";
export type { Item } from "../model/item.ts";
export type { Lookup } from "../model/lookup.ts";
export type { Scope } from "../model/scope.ts";
export type { Revision } from "../model/snapshot.ts";
export type { Tombstone } from "../model/tombstone.ts";
export { MAIN_VIEW, type View } from "../model/view.ts";
export { type BundledStore, openBundled } from "../store/bundled/bundled-store.ts";
export type { Store } from "../store/store.ts";
