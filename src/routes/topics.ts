import { type IRequest, IttyRouter } from "itty-router";
import { findFeed } from "../catalog/find-feed.ts";
import { formats } from "../formats/formats.ts";
import { normalizePath } from "../model/address.ts";
import { scopeName, scopesOf } from "../model/scope.ts";
import { MAIN_VIEW, type Scope } from "../model/view.ts";
import type { EditionOf } from "../push/topic-edition.ts";
import { feed } from "./feeds.ts";
import { feedPath, patterns } from "./paths.ts";
import { createRequestContext } from "./request-context.ts";
import type { Site } from "./site.ts";

// A topic is the address of a feed of ours, as its link rel=self says. Straight to the feeds, past what is kept for the day
// the store fails: what is announced must be what is true.
const router = IttyRouter<IRequest, [Site]>().get(patterns.feed, feed).get(patterns.scopedFeed, feed);

const isArchived = (path: string): boolean => /\/archive\/\d+\//.test(path);

/** Whether a text has the form of a topic of this site, in its one spelling. */
export const isTopic = (text: string, siteUrl: string): boolean => {
  if (!text.startsWith(`${siteUrl}/`) || !URL.canParse(text)) return false;
  const { href, pathname, search, hash } = new URL(text);
  const isPlain = href === text && search === "" && hash === "" && normalizePath(pathname) === pathname;
  return isPlain && !isArchived(pathname) && router.routes.some(([, pattern]) => pattern.test(pathname));
};

const UNKNOWN = "the store does not answer, so nobody can tell what has changed";

const askFor = async (
  site: Site,
  topic: string,
  more: Readonly<Record<string, string>>,
): Promise<Response | undefined> => {
  const { isStale } = await site.store.snapshotAt(site.now());
  if (isStale) throw new Error(UNKNOWN);
  return router.fetch(
    createRequestContext(new Request(topic, { headers: { "accept-encoding": "identity", ...more } })),
    site,
  );
};

/** The tag of a topic of a site; nothing where there is no such topic now. */
export const etagOfTopic = async (site: Site, topic: string): Promise<string | undefined> => {
  const response = await askFor(site, topic, {});
  await response?.body?.cancel();
  return response?.status === 200 ? (response.headers.get("etag") ?? undefined) : undefined;
};

/** There is no such feed now, or it is elsewhere. */
const MISSING: readonly number[] = [301, 404];

/** The edition of a topic of a site, as readers get it now. */
export const editionOf =
  (site: Site): EditionOf =>
  async (topic, etag) => {
    const response = await askFor(site, topic, etag === undefined ? {} : { "if-none-match": etag });
    if (response === undefined || MISSING.includes(response.status)) return { kind: "missing" };
    if (response.status === 304) return { kind: "same" };
    if (response.status === 410) return { kind: "gone" };
    const tag = response.headers.get("etag");
    if (response.status !== 200 || tag === null) throw new Error(`${topic} answers ${response.status}`);
    const contentType = response.headers.get("content-type") ?? "";
    return { kind: "changed", edition: { etag: tag, contentType, body: new Uint8Array(await response.arrayBuffer()) } };
  };

/** More are not told to hubs elsewhere. */
const MAX_TOPICS = 300;

/** The topics that hubs elsewhere are told of: the main feed, and those that its stories are in. */
export const publicTopics = async (site: Site): Promise<readonly string[]> => {
  const { store } = site;
  const { now, isStale } = await store.snapshotAt(site.now());
  if (isStale) throw new Error(UNKNOWN);
  const found = await findFeed(store, MAIN_VIEW, now);
  const items = found.kind === "found" ? found.value.items : [];
  const isShared = ({ kind }: Scope): boolean => kind !== "all" && kind !== "article";
  const scopes = new Map(
    items
      .flatMap(scopesOf)
      .filter(isShared)
      .map((scope) => [scopeName(scope), scope]),
  );
  const views = [
    MAIN_VIEW,
    { ...MAIN_VIEW, text: "summary" as const },
    ...[...scopes.values()].map((scope) => ({ ...MAIN_VIEW, scope })),
  ];
  return views
    .flatMap((view) => formats.map((format) => store.channel.url + feedPath(view, format)))
    .slice(0, MAX_TOPICS);
};
