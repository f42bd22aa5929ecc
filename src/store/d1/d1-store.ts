import { createBoundedCache } from "../../lib/bounded-cache.ts";
import { withTimeout } from "../../lib/with-timeout.ts";
import { PLACEHOLDER_ORIGIN } from "../../model/address.ts";
import type { Channel } from "../../model/channel.ts";
import type { Item } from "../../model/item.ts";
import { scopeName } from "../../model/scope.ts";
import type { Revision } from "../../model/snapshot.ts";
import type { Store } from "../store.ts";
import { type MediaRow, toMediaFile } from "./media-row.ts";
import {
  BY_ALIAS,
  BY_SLUG,
  CHANGING,
  LAST_SLOT,
  MEDIA,
  MEDIA_USE,
  NEWEST,
  RETIRE,
  SLOTS,
  SNAPSHOT,
  TOMBSTONES,
  UPDATED,
} from "./queries.ts";
import { type Bindable, readRows } from "./read-rows.ts";
import { createSnapshots, type SnapshotRow } from "./snapshot.ts";

/** How a D1 store is set up. */
export interface D1Settings {
  readonly channel: Channel;
  /** Of the worker's version: a changed site.yaml or renderer is another revision too. */
  readonly revision: Revision;
  /** Milliseconds for which an isolate may not notice what another one wrote. */
  readonly refreshIntervalMs: number;
  /** Milliseconds until a query counts as failed. */
  readonly timeoutMs: number;
  readonly waitUntil: (work: Promise<unknown>) => void;
  /** Media files that site.yaml names: they are deployed with the worker. */
  readonly channelMedia: Store["media"];
}

interface StoryRow {
  readonly number: number;
  readonly version: number;
  readonly item: string;
}

interface NewestRow extends StoryRow {
  readonly published: number;
  readonly id: string;
}

interface TombstoneRow extends NewestRow {
  readonly departs: number;
}

/** How many stories are read at once of those that appear or leave. */
const CHANGING_AT_ONCE = 100;

/** Bytes of Items that stay in memory, so that a story that has not changed stays the same object. */
const ITEMS_BYTES = 16 * 1024 * 1024;

/**
 * The stories that the newsroom wrote into D1. Nothing is read twice in vain: a story that has not changed since it was read
 * last is the same Item again, so what was rendered of it can be found.
 */
export const openD1 = (database: D1Database, settings: D1Settings): Store => {
  const { channel, timeoutMs } = settings;
  const items = createBoundedCache<{ readonly version: number; readonly item: Item }>(
    ITEMS_BYTES,
    ({ item }) => 4 * item.html.length + 4096,
  );
  // With replicas, a session reads nothing older than what it has read before.
  let session = database.withSession("first-unconstrained");

  const read = <Row>(query: string, ...values: readonly Bindable[]): Promise<readonly Row[]> =>
    readRows<Row>(session, timeoutMs, query, values);

  const toItem = ({ number, version, item: text }: StoryRow): Item => {
    const held = items.get(String(number));
    if (held?.version === version) return held.item;
    // Only store/d1-writer.ts writes here, and only what the compiler made.
    const item: Item = JSON.parse(text.replaceAll(PLACEHOLDER_ORIGIN, () => channel.url));
    items.set(String(number), { version, item });
    return item;
  };

  const snapshots = createSnapshots(
    settings,
    async (now, noticeSpan) => (await read<SnapshotRow>(SNAPSHOT, now, noticeSpan))[0],
  );

  /** Pages of a query that gives at most `most` stories at once; `next` is told of how many there were, and of the last one. */
  async function* pages<Row extends StoryRow>(
    limit: number,
    next: (offset: number, last: Row | undefined) => Promise<readonly Row[]>,
  ) {
    let last: Row | undefined;
    for (let offset = 0; ; offset += limit) {
      const rows = await next(offset, last);
      for (const row of rows) yield toItem(row);
      last = rows.at(-1);
      if (rows.length < limit) return;
    }
  }

  const bySlug = async (query: string, slug: string): Promise<Item | undefined> => {
    const [row] = await read<StoryRow>(query, slug);
    return row && toItem(row);
  };

  async function* article(slug: string) {
    const item = await bySlug(BY_SLUG, slug);
    if (item !== undefined) yield item;
  }

  return {
    channel,
    snapshotAt: snapshots.snapshotAt,
    refresh() {
      snapshots.forget();
      // The primary has what this isolate wrote; a replica may not have it yet.
      session = database.withSession("first-primary");
    },
    stories: (scope, now, limit) =>
      scope.kind === "article"
        ? article(scope.key)
        : pages<NewestRow>(limit, (_, last) =>
            // U+10FFFF sorts behind every id.
            read(NEWEST, scopeName(scope), now, limit, last?.published ?? now, last?.id ?? "\u{10ffff}"),
          ),
    updated: (scope, since, limit) =>
      scope.kind === "article"
        ? article(scope.key)
        : pages(limit, (offset) => read<StoryRow>(UPDATED, scopeName(scope), since, limit, offset)),
    tombstones: (scope, now, limit) =>
      scope.kind === "article"
        ? article(scope.key)
        : pages<TombstoneRow>(limit, (_, last) => {
            const { departs = now, published = Number.MAX_SAFE_INTEGER, id = "" } = last ?? {};
            return read(TOMBSTONES, scopeName(scope), departs, limit, published, id);
          }),
    async countAppeared(scope, now) {
      if (scope.kind === "article") return (await bySlug(BY_SLUG, scope.key)) === undefined ? 0 : 1;
      const [row] = await read<{ slot: number }>(LAST_SLOT, scopeName(scope), now);
      return row === undefined ? 0 : row.slot + 1;
    },
    async *appeared(scope, from, to) {
      if (scope.kind === "article") yield* article(scope.key);
      else for (const row of await read<StoryRow>(SLOTS, scopeName(scope), from, to)) yield toItem(row);
    },
    async *changing(from, to) {
      const seen = new Set<Item>();
      for await (const item of pages<StoryRow>(CHANGING_AT_ONCE, (offset) =>
        read(CHANGING, from, to, CHANGING_AT_ONCE, offset),
      )) {
        if (!seen.has(item)) yield item;
        seen.add(item);
      }
    },
    async retire(from, to) {
      await withTimeout(database.prepare(RETIRE).bind(from, to).run(), timeoutMs);
    },
    find: (slug) => bySlug(BY_SLUG, slug),
    findAlias: (alias) => bySlug(BY_ALIAS, alias),
    async media(path, now) {
      if (channel.media.includes(path)) return settings.channelMedia(path, now);
      const [file] = await read<MediaRow>(MEDIA, path);
      if (file === undefined) return undefined;
      const [row] = await read<StoryRow>(MEDIA_USE, path, now);
      const usedBy = row === undefined ? [] : [toItem(row)];
      return { file: toMediaFile(file), asset: file.object, isOfChannel: false, usedBy };
    },
  };
};
