import { openBundledContent } from "./app/content-source.ts";
import { createDeployedWorker } from "./app/deployed-worker.ts";
import type { SiteWorker, WorkerOptions } from "./app/site-worker.ts";

// The package's public face.

export type { Env } from "./app/environment.ts";
export type { SiteWorker, WorkerOptions } from "./app/site-worker.ts";
export type { Channel, Freshness } from "./model/channel.ts";
export type { BareFeed, Feed } from "./model/feed.ts";
export type { Instant } from "./model/instant.ts";
export type {
  Author,
  Block,
  Category,
  Correction,
  Item,
  ReplacedBlocks,
  Source,
  Usage,
  UtcOffsets,
  Withdrawal,
} from "./model/item.ts";
export type { Attachment, Image, MediaFile } from "./model/media.ts";
export type { Partner, PartnerText, PartnerToken } from "./model/partners/partner.ts";
export type { Publication } from "./model/publication.ts";
export type { Scope } from "./model/scope.ts";
export type { NamedFeed, Selection } from "./model/selection.ts";
export type { Tombstone } from "./model/tombstone.ts";
export type { View } from "./model/view.ts";
export type { Words } from "./model/words/words.ts";
export type { PublicationSource } from "./store/loaded/publication-source.ts";

/**
 * Creates the reading worker of a publication: its handlers, and the classes of its Durable Objects, which the entry of the worker
 * exports by name. Throws an Error that says what to change if a binding or variable is wrong.
 *
 * @example
 * import { createWorker } from "feedwright";
 * import publication from "./build/publication.txt";
 *
 * const worker = createWorker({ publication });
 * export const { Scheduler, Hub, TopicShard, Usage } = worker;
 * const { fetch, scheduled, queue } = worker;
 * export default { fetch, scheduled, queue };
 */
export const createWorker = (options: WorkerOptions): SiteWorker => createDeployedWorker(options, openBundledContent);
