import { findPartnerFeed, findPartnerNotices } from "../../catalog/find-partner-feed.ts";
import { findPartnerSnapshot } from "../../catalog/find-partner-snapshot.ts";
import type { Dialect } from "../../dialects/dialect.ts";
import { dialects } from "../../dialects/dialects.ts";
import { assemble } from "../../editions/assemble-feed.ts";
import { deltaTag, entityTagOf, markOf } from "../../editions/edition-etag.ts";
import type { FeedDocument } from "../../editions/feed-document.ts";
import { type CachedEdition, findEdition, findInMemory, type RenderedDocument } from "../../editions/find-edition.ts";
import { formats } from "../../formats/formats.ts";
import type { Renderer } from "../../formats/renderer.ts";
import { licenseLinks, rightsFields } from "../../formats/rights-fields.ts";
import { sha256 } from "../../lib/sha256.ts";
import type { BareFeed } from "../../model/feed.ts";
import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import type { Partner } from "../../model/partners/partner.ts";
import { attributionTemplate, toPartnerItem } from "../../model/partners/partner-item.ts";
import { type PartnerView, partnerViewOf } from "../../model/partners/partner-view.ts";
import { rightsOfAll } from "../../model/rights.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import { firstRemoval, type Tombstone } from "../../model/tombstone.ts";
import { wordsOf } from "../../model/words/words-of.ts";
import type { Site } from "../site.ts";

/** A format or dialect as partners get it. */
export type PartnerRenderer = Renderer & Pick<Dialect, "isOfOneLanguage" | "maxAgeDays" | "maxFeedBytes">;

/** All formats and dialects that a contract may name. */
export const partnerRenderers: readonly PartnerRenderer[] = [...formats, ...dialects];

const KEY_LENGTH = 32;

const keyOf = (value: unknown): string => sha256(JSON.stringify(value)).slice(0, KEY_LENGTH);

/** The view of a contract in a format, and the key that partners with equal views share. */
const viewIn = ({ partners, store }: Site, partner: Partner, renderer: PartnerRenderer) => {
  const views = partners.views.get(partner) ?? new Map<string, { readonly view: PartnerView; readonly key: string }>();
  partners.views.set(partner, views);
  const known = views.get(renderer.name);
  if (known !== undefined) return known;
  const view = partnerViewOf(partner, renderer, store.channel);
  const made = { view, key: keyOf(view) };
  views.set(renderer.name, made);
  return made;
};

/** The store's snapshot with the transitions of a view; not a Promise if they are known. */
const snapshotOf = (
  { partners, store }: Site,
  view: PartnerView,
  key: string,
  snapshot: Snapshot,
): Snapshot | Promise<Snapshot> => {
  if (view.delayMs === 0 && view.maxAgeMs === undefined) return snapshot;
  const known = partners.snapshots.get(key);
  const { now, revision, since } = snapshot;
  const isCurrent = known?.revision.id === revision.id && known.storeSince === since;
  if (known !== undefined && isCurrent && known.now <= now && now < known.until) return { ...known, now };
  return findPartnerSnapshot(store, view, snapshot).then((found) => {
    partners.snapshots.set(key, { ...found, storeSince: since });
    return found;
  });
};

/** The stories of a feed as partners with the view get them. */
const toPartnerItems = ({ partners }: Site, feed: BareFeed, view: PartnerView): readonly Item[] => {
  const form = keyOf([view.format, view.text, view.attribution ?? null, view.license ?? null]);
  return feed.items.map((source) => {
    const known = partners.items.get(`${form} ${source.id}`);
    if (known?.source === source) return known.item;
    const language = source.language ?? feed.channel.language;
    const template = attributionTemplate(view, language, wordsOf(feed.channel, language).attribution);
    const item = toPartnerItem(source, view, feed.channel, template);
    partners.items.set(`${form} ${source.id}`, { source, item });
    return item;
  });
};

/** Renders a feed, without its oldest stories if it would be larger than the dialect allows. */
const assembleWithin = (
  { cache }: Site,
  renderer: PartnerRenderer,
  feed: BareFeed,
): { readonly document: FeedDocument; readonly items: readonly Item[] } => {
  const { maxFeedBytes = Number.POSITIVE_INFINITY } = renderer;
  const document = assemble(renderer, feed, cache.fragments);
  let excess = document.body.byteLength - maxFeedBytes;
  let { length } = feed.items;
  for (const { start, end } of document.entries.toReversed()) {
    if (excess <= 0 || length === 0) break;
    excess -= end - start + document.separator.length;
    length -= 1;
  }
  if (length === feed.items.length) return { document, items: feed.items };
  const items = feed.items.slice(0, length);
  const shorter = assemble(renderer, { ...feed, items }, cache.fragments);
  // It becomes no edition: nothing else would remove it.
  cache.fragments.remove(document);
  return { document: shorter, items };
};

const HEADERS = {
  "cache-control": "private, no-cache",
  // Of caches between Cloudflare and the partner's library (RFC 9213).
  "cdn-cache-control": "no-store",
  "x-robots-tag": "noindex",
} as const;

const render = async (
  site: Site,
  { view, key }: { readonly view: PartnerView; readonly key: string },
  renderer: PartnerRenderer,
  now: Instant,
): Promise<RenderedDocument> => {
  const found = await findPartnerFeed(site.store, view, key, now);
  const feed = { ...found, items: toPartnerItems(site, found, view) };
  const { document, items } = assembleWithin(site, renderer, feed);
  const { deltas } = feed.channel;
  const mark = markOf(`${key} ${renderer.fileName}`);
  const digests = document.entries.map(({ digest }) => digest);
  const rights = rightsOfAll(feed.channel, items);
  // The licence of a contract stands in place of the publication's terms for everybody.
  const links = view.license === undefined ? licenseLinks(feed.channel, rights) : [];
  return {
    body: document.body,
    etag: deltas ? deltaTag(document.digest, mark, digests) : entityTagOf(document.digest),
    contentType: `${renderer.mediaType}; charset=utf-8`,
    goodUntil: firstRemoval(items),
    // Each request asks again: no cache holds it.
    freshUntil: Number.POSITIVE_INFINITY,
    feed: { document, ...(deltas && { mark }) },
    headers: {
      ...HEADERS,
      ...rightsFields(rights, links),
      vary: deltas ? "Accept-Encoding, A-IM" : "Accept-Encoding",
    },
  };
};

/** The edition of a partner's feed, which all partners with equal terms share; and the instant for which it holds. */
export const findPartnerEdition = async (
  site: Site,
  partner: Partner,
  renderer: PartnerRenderer,
): Promise<{ readonly cached: CachedEdition; readonly now: Instant }> => {
  const view = viewIn(site, partner, renderer);
  // Hardly anything of a feed in memory has to be waited for, and waiting takes time, too.
  const known = site.store.snapshotAt(site.now());
  const ofView = snapshotOf(site, view.view, view.key, known instanceof Promise ? await known : known);
  const snapshot = ofView instanceof Promise ? await ofView : ofView;
  // No path of a request has a space.
  const path = `partners ${view.key} ${renderer.fileName}`;
  const cached = findInMemory(site.cache, path, snapshot);
  if (cached !== undefined) return { cached, now: snapshot.now };
  const found = await findEdition(site.cache, path, snapshot, async () => ({
    kind: "found",
    value: await render(site, view, renderer, snapshot.now),
  }));
  if (found.kind !== "found") throw new Error("a partner's feed is always found");
  return { cached: found.value, now: snapshot.now };
};

/** The withdrawals that a partner is told of in any of some formats, the latest first. */
export const readPartnerNotices = async (
  site: Site,
  partner: Partner,
  renderers: readonly PartnerRenderer[],
): Promise<readonly Tombstone[]> => {
  const views = renderers.map((renderer) => viewIn(site, partner, renderer).view);
  return findPartnerNotices(site.store, views, (await site.store.snapshotAt(site.now())).now);
};
