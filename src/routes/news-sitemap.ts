import { findRecent, type RecentStories } from "../catalog/find-recent.ts";
import { findEdition } from "../editions/find-edition.ts";
import { renderNewsSitemap } from "../formats/sitemaps/news-sitemap.ts";
import { DAY_MS } from "../model/instant.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { RequestContext } from "./request-context.ts";
import { NEWS_SITEMAP, respondWithEdition, textDocument } from "./serve-document.ts";
import type { Site } from "./site.ts";

/** What Google takes: stories of the last two days, and as many. */
const MAX_AGE_MS = 2 * DAY_MS;
const MAX_URLS = 1000;

/** What was found last, for which snapshot of the store. */
const lastFound = new WeakMap<Site, { readonly at: Snapshot; readonly found: RecentStories }>();

const findAt = async (site: Site, snapshot: Snapshot): Promise<RecentStories> => {
  const { now, revision, since } = snapshot;
  const last = lastFound.get(site);
  const isSame = last?.at.revision.id === revision.id && last.at.since === since && last.at.now <= now;
  if (last !== undefined && isSame && now < last.found.until) return last.found;
  const found = await findRecent(site.store, MAX_AGE_MS, MAX_URLS, now);
  lastFound.set(site, { at: snapshot, found });
  return found;
};

/** `/news-sitemap.xml`: the stories of the last two days, for Google News. */
export const newsSitemap = async ({ request }: RequestContext, site: Site): Promise<Response> => {
  const { store, cache } = site;
  const snapshot = await store.snapshotAt(site.now());
  const { items, since, until } = await findAt(site, snapshot);
  const shifted = { ...snapshot, since: Math.max(snapshot.since, since), until: Math.min(snapshot.until, until) };
  const found = await findEdition(cache, NEWS_SITEMAP, shifted, async () => {
    const text = renderNewsSitemap(store.channel, items);
    const document = textDocument(text, "application/xml; charset=utf-8", items, {});
    return { kind: "found", value: { ...document, freshUntil: Math.min(document.freshUntil, until) } };
  });
  if (found.kind !== "found") throw new Error("there is always a news sitemap");
  return respondWithEdition(request, site, found.value, snapshot.now);
};
