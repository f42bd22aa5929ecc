import { type IRequest, IttyRouter } from "itty-router";
import { findFeed } from "../catalog/find-feed.ts";
import { formats } from "../formats/formats.ts";
import { basePathOf, folderPath, normalizePath } from "../model/address.ts";
import { type Scope, scopeName, scopesOf } from "../model/scope.ts";
import { MAIN_VIEW } from "../model/view.ts";
import type { EditionOf } from "../push/topic-edition.ts";
import { feed } from "./feeds.ts";
import { createRequestContext } from "./request-context.ts";
import type { Site } from "./site.ts";
import { feedPath, patterns } from "./url-map.ts";

// A topic is the URL of a public feed, as its link rel=self says. This router has the feeds only, and no stale editions
// for when the store fails: what the hub publishes must be current.
const router = IttyRouter<IRequest, [Site]>().get(patterns.feed, feed).get(patterns.scopedFeed, feed);

const isOfArticle = (path: string): boolean => path.replace(/^\/summaries/, "").startsWith(folderPath("article"));

/** The path of a topic below the site's address. */
const pathOfTopic = (topic: string, siteUrl: string): string =>
  new URL(topic).pathname.slice(basePathOf(siteUrl).length);

const isArchived = (path: string): boolean => /\/archive\/\d+\//.test(path);

/**
 * Whether a text has the form of a topic of this site: the URL of a feed in its one spelling, and not of an archive
 * page.
 */
export const isTopic = (text: string, siteUrl: string): boolean => {
  if (!text.startsWith(`${siteUrl}/`) || !URL.canParse(text)) return false;
  const { href, search, hash } = new URL(text);
  const path = pathOfTopic(text, siteUrl);
  const isPlain = href === text && search === "" && hash === "" && normalizePath(path) === path;
  return isPlain && !isArchived(path) && router.routes.some(([, pattern]) => pattern.test(path));
};

const STORE_FAILS = "the store does not answer, so it is not known what has changed";

const requestTopic = async (
  site: Site,
  topic: string,
  headers: Readonly<Record<string, string>>,
): Promise<Response | undefined> => {
  const { isStale } = await site.store.snapshotAt(site.now());
  if (isStale) throw new Error(STORE_FAILS);
  const { url } = site.store.channel;
  const request = new Request(new URL(pathOfTopic(topic, url), url), {
    headers: { "accept-encoding": "identity", ...headers },
  });
  return router.fetch(createRequestContext(request, site.store.channel), site);
};

/** Requests a topic, and where it is redirected to because its tag or author has another key than before 0.2. */
const followTopic = async (
  site: Site,
  topic: string,
  headers: Readonly<Record<string, string>>,
): Promise<Response | undefined> => {
  const response = await requestTopic(site, topic, headers);
  const target = response?.status === 301 ? response.headers.get("location") : null;
  const { url } = site.store.channel;
  const isRenamed = target !== null && isTopic(target, url) && !isOfArticle(pathOfTopic(target, url));
  return isRenamed ? requestTopic(site, target, headers) : response;
};

/** The entity tag of a topic; undefined if there is no such feed now. */
export const etagOfTopic = async (site: Site, topic: string): Promise<string | undefined> => {
  const response = await followTopic(site, topic, {});
  await response?.body?.cancel();
  return response?.status === 200 ? (response.headers.get("etag") ?? undefined) : undefined;
};

/** Statuses of a topic that has no feed: it has moved, or does not exist now. */
const MISSING: readonly number[] = [301, 404];

/** The function by which push gets the edition of a topic, as readers get it now. It rejects if the store fails. */
export const editionOf =
  (site: Site): EditionOf =>
  async (topic, etag) => {
    const response = await followTopic(site, topic, etag === undefined ? {} : { "if-none-match": etag });
    if (response === undefined || MISSING.includes(response.status)) return { kind: "missing" };
    if (response.status === 304) return { kind: "same" };
    if (response.status === 410) return { kind: "gone" };
    const tag = response.headers.get("etag");
    if (response.status !== 200 || tag === null) throw new Error(`${topic} answers ${response.status}`);
    const contentType = response.headers.get("content-type") ?? "";
    return { kind: "changed", edition: { etag: tag, contentType, body: new Uint8Array(await response.arrayBuffer()) } };
  };

/** So many topics are announced to external hubs at most. */
const MAX_PUBLIC_TOPICS = 300;

/**
 * The topics that are announced to external hubs: the main feed, also as summaries, then the named feeds, and the feeds of
 * the tags, authors and sections of its stories.
 */
export const publicTopics = async ({ store, now }: Site): Promise<readonly string[]> => {
  const snapshot = await store.snapshotAt(now());
  if (snapshot.isStale) throw new Error(STORE_FAILS);
  const found = await findFeed(store, MAIN_VIEW, snapshot.now);
  const items = found.kind === "found" ? found.value.items : [];
  const isShared = ({ kind }: Scope): boolean => kind !== "all" && kind !== "article";
  const scopes = new Map(
    items
      .flatMap(scopesOf)
      .filter(isShared)
      .map((scope) => [scopeName(scope), scope]),
  );
  const namedFeeds = store.channel.feeds.map(({ key }): Scope => ({ kind: "feed", key }));
  const views = [
    MAIN_VIEW,
    { ...MAIN_VIEW, text: "summary" as const },
    ...[...namedFeeds, ...scopes.values()].map((scope) => ({ ...MAIN_VIEW, scope })),
  ];
  return views
    .flatMap((view) => formats.map((format) => store.channel.url + feedPath(view, format)))
    .slice(0, MAX_PUBLIC_TOPICS);
};
