import { createBoundedCache } from "../../lib/bounded-cache.ts";
import { NotReadyError } from "../../lib/not-ready-error.ts";
import { withTimeout } from "../../lib/with-timeout.ts";
import { PLACEHOLDER_ORIGIN } from "../../model/address.ts";
import { isSameMonth, monthOf } from "../../model/dates/local-month.ts";
import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { newestFirst } from "../../model/newest-first.ts";
import { listName, type Scope, type StoryList, scopeName } from "../../model/scope.ts";
import { selectionName } from "../../model/selection.ts";
import { MAIN_VIEW } from "../../model/view.ts";
import type { Contracts } from "../contracts.ts";
import { LISTED_KINDS, type Store, type VisibleScope } from "../store.ts";
import { addNames } from "./add-names.ts";
import { type ContractRow, openD1Contracts } from "./contracts/d1-contracts.ts";
import { createEditorTokens } from "./editor-tokens.ts";
import { fillSelections } from "./fill-selections.ts";
import { pagesOnly, translationsList, WITH_RIGHTS } from "./memberships.ts";
import { createNameLists, type NameListRow } from "./name-lists.ts";
import {
  BY_ALIAS,
  BY_ID,
  BY_SLUG,
  CHANGING_BETWEEN,
  CONTRACT,
  CONTRACTS_AFTER,
  FORMER_SCOPES,
  LAST_SLOT,
  MEDIA,
  MEDIA_USE,
  NAMES,
  NEWEST,
  NEWEST_OF_MONTHS,
  NEWEST_WITHOUT_HTML,
  PUBLISHED_AROUND,
  SELECTION,
  SLOTS,
  SLOTS_WITHOUT_HTML,
  SNAPSHOT,
  TOMBSTONES,
  UNLIST_EXPIRED,
  UPDATED,
  VISIBLE_SCOPES,
} from "./queries.ts";
import { type MediaRow, readItem, readRows, type SqlValue, toMediaFile } from "./rows.ts";
import { type SelectionRow, selectionScope } from "./selections.ts";
import {
  createSnapshotCache,
  type DatabaseSnapshot,
  type SnapshotRow,
  type SnapshotSettings,
} from "./snapshot-cache.ts";

/** Settings of a D1 store. */
export interface D1StoreSettings extends SnapshotSettings {
  /** Milliseconds after which a query has failed. */
  readonly timeoutMs: number;
  /** Finds media files that site.yaml names: they are deployed with the worker. */
  readonly findChannelMedia: Store["findMedia"];
}

/** A store in D1. */
export interface D1Store extends Store {
  /** Whether an editor may have the token with this SHA-256 (hex) at `now`. If not, the database need not be asked. */
  knowsToken(tokenHash: string, now: Instant): Promise<boolean>;
  readonly contracts: Contracts;
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

/** How many stories one query of `itemsChangingBetween` reads. */
const CHANGING_PAGE_SIZE = 100;

/** More names than had one key until 0.2, even where symbols make most of them. */
const MAX_FORMER_SCOPES = 20;

/** U+10FFFF sorts after every id. */
const LAST_ID = "\u{10ffff}";

/** Bytes of Items that stay in memory, so that a story which has not changed stays the same object. */
const MAX_ITEM_BYTES = 16 * 1024 * 1024;

/** Bytes of what is known of the lookups at a snapshot. */
const MAX_LOOKUP_BYTES = 1024 * 1024;

/**
 * Opens the store of the stories that the newsroom wrote into D1. A story that has not changed since it was last read
 * is the same Item object again, so that its rendered fragments, which are kept by object, are found.
 */
export const openD1 = (database: D1Database, settings: D1StoreSettings): D1Store => {
  const { channel, timeoutMs } = settings;
  const items = createBoundedCache<{ readonly version: number; readonly item: Item }>(
    MAX_ITEM_BYTES,
    ({ item }) => 4 * (item.html.length + (item.markdown?.length ?? 0)) + 4096,
  );
  // With read replicas, a session never reads anything older than what it has read before.
  let session = database.withSession("first-unconstrained");

  const read = <Row>(query: string, ...values: readonly SqlValue[]): Promise<readonly Row[]> =>
    readRows<Row>(session, timeoutMs, query, values);

  const onOrigin = (json: string): string => json.replaceAll(PLACEHOLDER_ORIGIN, () => channel.url);

  const toItem = ({ number, version, item: json }: StoryRow): Item => {
    const cached = items.get(String(number));
    if (cached?.version === version) return cached.item;
    const item = readItem(onOrigin(json));
    items.set(String(number), { version, item });
    return item;
  };

  const snapshots = createSnapshotCache(
    settings,
    async (now, noticeMs) => (await read<SnapshotRow>(SNAPSHOT, now, noticeMs))[0],
  );

  /**
   * The stories of a query that returns `limit` rows at most, page by page. `readPage` gets the number of rows before
   * the page and the last of them.
   */
  async function* pages<Row extends StoryRow>(
    limit: number,
    readPage: (offset: number, last: Row | undefined) => Promise<readonly Row[]>,
  ) {
    let last: Row | undefined;
    for (let offset = 0; ; offset += limit) {
      const rows = await readPage(offset, last);
      for (const row of rows) yield toItem(row);
      last = rows.at(-1);
      if (rows.length < limit) return;
    }
  }

  const findOne = async (query: string, name: string): Promise<Item | undefined> => {
    const [row] = await read<StoryRow>(query, name);
    return row && toItem(row);
  };

  const nameLists = createNameLists(
    async (bucket, version) => (await read<NameListRow>(NAMES, bucket, version))[0],
    settings.waitUntil,
  );

  const snapshotKey = ({ revision, since, additions }: DatabaseSnapshot): string =>
    `${revision.id} ${since} ${additions}`;

  // What was looked up, with the key of the snapshot: strangers may ask for the same again and again.
  const lastSlots = createBoundedCache<{ readonly key: string; readonly slot: number }>(MAX_LOOKUP_BYTES, () => 128);
  const renamedScopes = createBoundedCache<{ readonly key: string; readonly scopes: readonly Scope[] }>(
    MAX_LOOKUP_BYTES,
    ({ scopes }) => 128 * (1 + scopes.length),
  );
  let lastMonths: { readonly key: string; readonly newest: readonly Item[] } | undefined;
  const unusedMedia = createBoundedCache<string>(MAX_LOOKUP_BYTES, () => 128);

  const contracts = openD1Contracts({
    partnersRevision: async (now) => (await snapshots.snapshotAt(now)).partnersRevision,
    readAll: (after, limit) => read<ContractRow>(CONTRACTS_AFTER, after, limit),
    // The primary, since a replica may not know yet that a contract was revoked.
    readOne: async (name) => (await readRows<ContractRow>(database, timeoutMs, CONTRACT, [name]))[0],
    waitUntil: settings.waitUntil,
  });

  const tokens = createEditorTokens(
    async (limit) =>
      (await read<{ token_hash: string }>("SELECT token_hash FROM editors LIMIT ?1", limit)).map(
        (row) => row.token_hash,
      ),
    settings.waitUntil,
  );

  /** The scope of the memberships of a selection. Rejects while they are not complete. */
  const membersOf = async (name: string): Promise<string> => {
    const [row] = await read<Pick<SelectionRow, "isComplete" | "number">>(SELECTION, name);
    if (row?.isComplete !== 1) throw new NotReadyError("the stories that a feed selects are not complete yet");
    return selectionScope(row.number);
  };

  /** The name by which the memberships of a list are stored. */
  const listOf = async (list: StoryList): Promise<string> => {
    if (list.kind === "selection") return membersOf(list.name);
    const feed = list.kind === "feed" ? channel.feeds.find(({ key }) => key === list.key) : undefined;
    return feed === undefined ? listName(list) : membersOf(selectionName(feed.selection, channel.language, feed.key));
  };

  const newest = (
    list: Promise<string> | string,
    now: Instant,
    limit: number,
    before: Pick<Item, "id" | "published"> = { published: now, id: LAST_ID },
  ) =>
    pages<NewestRow>(limit, async (_, last) =>
      read(NEWEST, await list, now, limit, (last ?? before).published, (last ?? before).id),
    );

  /** The stories of a list that are visible at `now` and were published after `since` and by `until`. */
  const newestWithoutHtml = async (list: string, since: Instant, until: Instant, now: Instant, limit: number) => {
    const rows = await read<Pick<StoryRow, "item">>(NEWEST_WITHOUT_HTML, list, now, limit, until, LAST_ID, since);
    return rows.map(({ item }) => readItem(onOrigin(item)));
  };

  const visibleScopesOf = async (
    kind: (typeof LISTED_KINDS)[number],
    now: Instant,
    limit: number,
  ): Promise<readonly VisibleScope[]> => {
    // `0` comes after `/`.
    const values = [`${kind}/`, now, limit, `${kind}0`];
    const rows = await read<{ scope: string; until: string }>(VISIBLE_SCOPES, ...values);
    return rows.map(({ scope, until }) => {
      const [departs]: readonly (number | null)[] = JSON.parse(until);
      return { scope: { kind, key: scope.slice(kind.length + 1) }, until: departs ?? Number.POSITIVE_INFINITY };
    });
  };

  async function* article(slug: string) {
    const item = await findOne(BY_SLUG, slug);
    if (item !== undefined) yield item;
  }

  return {
    channel,
    contracts,
    snapshotAt: snapshots.snapshotAt,
    async knows(name, now) {
      const snapshot = await snapshots.snapshotAt(now);
      const key = snapshotKey(snapshot);
      return !snapshot.hasAllNames || (unusedMedia.get(name) !== key && nameLists.has(name, key, now));
    },
    refresh() {
      snapshots.invalidate();
      // The primary has what this isolate wrote; a replica may not have it yet.
      session = database.withSession("first-primary");
    },
    stories: (scope, now, limit) => (scope.kind === "article" ? article(scope.key) : newest(listOf(scope), now, limit)),
    storiesWithoutFeed: (scope, now, limit, before) => newest(pagesOnly(scope), now, limit, before),
    async *storiesBetween(since, until, now, limit) {
      const { scope } = MAIN_VIEW;
      const lists = await Promise.all(
        [scopeName(scope), pagesOnly(scope)].map((list) => newestWithoutHtml(list, since, until, now, limit)),
      );
      yield* lists.flat().sort(newestFirst).slice(0, limit);
    },
    async *storiesWithRights(now, limit) {
      yield* await newestWithoutHtml(WITH_RIGHTS, Number.MIN_SAFE_INTEGER, now, now, limit);
    },
    updatedSince: (scope, since, limit) =>
      scope.kind === "article"
        ? article(scope.key)
        : pages(limit, async (offset) => read<StoryRow>(UPDATED, await listOf(scope), since, limit, offset)),
    tombstones: (scope, now, limit) =>
      scope.kind === "article"
        ? article(scope.key)
        : pages<TombstoneRow>(limit, async (_, last) => {
            const { departs = now, published = Number.MAX_SAFE_INTEGER, id = "" } = last ?? {};
            return read(TOMBSTONES, await listOf(scope), departs, limit, published, id);
          }),
    async publishedAround(list, at, ageMs) {
      const [row] = await read<{ before: number | null; after: number | null }>(
        PUBLISHED_AROUND,
        await listOf(list),
        at,
        ageMs,
      );
      return { before: row?.before ?? undefined, after: row?.after ?? undefined };
    },
    async countAppeared(list, now) {
      if (list.kind === "article") return (await findOne(BY_SLUG, list.key)) === undefined ? 0 : 1;
      const name = listName(list);
      const key = snapshotKey(await snapshots.snapshotAt(now));
      const known = lastSlots.get(name);
      if (known?.key === key) return known.slot + 1;
      const [{ slot } = { slot: -1 }] = await read<{ slot: number }>(LAST_SLOT, await listOf(list), now);
      lastSlots.set(name, { key, slot });
      return slot + 1;
    },
    async countPublished(scope, at) {
      const [{ slot } = { slot: -1 }] = await read<{ slot: number }>(LAST_SLOT, scopeName(scope), at);
      return slot + 1;
    },
    async newestOfMonths(now) {
      const { scope } = MAIN_VIEW;
      const key = snapshotKey(await snapshots.snapshotAt(now));
      if (lastMonths?.key === key) return lastMonths.newest;
      const lists = await Promise.all(
        [scopeName(scope), pagesOnly(scope)].map((list) => read<Pick<StoryRow, "item">>(NEWEST_OF_MONTHS, list, now)),
      );
      const sorted = lists.flatMap((rows) => rows.map(({ item }) => readItem(onOrigin(item)))).sort(newestFirst);
      const newest = sorted.filter((item, index) => {
        const before = sorted[index - 1];
        return before === undefined || !isSameMonth(monthOf(before), monthOf(item));
      });
      lastMonths = { key, newest };
      return newest;
    },
    async *appeared(scope, from, to) {
      if (scope.kind === "article") yield* article(scope.key);
      else for (const row of await read<StoryRow>(SLOTS, await listOf(scope), from, to)) yield toItem(row);
    },
    async *appearedWithoutHtml(list, from, to) {
      const rows = await read<Pick<StoryRow, "item">>(SLOTS_WITHOUT_HTML, await listOf(list), from, to);
      for (const { item } of rows) yield readItem(onOrigin(item));
    },
    async visibleScopes(now, limit) {
      const scopes = await Promise.all(LISTED_KINDS.map((kind) => visibleScopesOf(kind, now, limit)));
      return scopes.flat();
    },
    async *itemsChangingBetween(from, to) {
      const seen = new Set<Item>();
      for await (const item of pages<StoryRow>(CHANGING_PAGE_SIZE, (offset) =>
        read(CHANGING_BETWEEN, from, to, CHANGING_PAGE_SIZE, offset),
      )) {
        if (!seen.has(item)) yield item;
        seen.add(item);
      }
    },
    async unlistExpired(from, to) {
      await withTimeout(database.prepare(UNLIST_EXPIRED).bind(from, to).run(), timeoutMs);
    },
    knowsToken: async (tokenHash, now) => tokens.has(tokenHash, (await snapshots.snapshotAt(now)).editorsRevision),
    catchUp: async () => (await addNames(database, timeoutMs)) && (await fillSelections(database, timeoutMs, channel)),
    findBySlug: (slug) => findOne(BY_SLUG, slug),
    findByAlias: (alias) => findOne(BY_ALIAS, alias),
    findById: (id) => findOne(BY_ID, id),
    translationsOf: (id, now, limit) => newest(translationsList(id), now, limit),
    async formerScopes(former, now) {
      const { kind } = former;
      if (kind === "all") return [];
      const name = scopeName(former);
      const key = snapshotKey(await snapshots.snapshotAt(now));
      const known = renamedScopes.get(name);
      if (known?.key === key) return known.scopes;
      const rows = await read<{ scope: string }>(FORMER_SCOPES, name, now, MAX_FORMER_SCOPES);
      const scopes = rows.map(({ scope }) => ({ kind, key: scope.slice(kind.length + 1) }));
      renamedScopes.set(name, { key, scopes });
      return scopes;
    },
    async findMedia(path, now) {
      if (channel.media.includes(path)) return settings.findChannelMedia(path, now);
      const key = snapshotKey(await snapshots.snapshotAt(now));
      const [file] = await read<MediaRow>(MEDIA, path);
      if (file === undefined) return undefined;
      const [row] = await read<StoryRow>(MEDIA_USE, path, now);
      if (row === undefined) unusedMedia.set(path, key);
      const usedBy = row === undefined ? [] : [toItem(row)];
      return { file: toMediaFile(file), asset: file.object, isOfChannel: false, usedBy };
    },
  };
};
