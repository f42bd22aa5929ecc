import { type IRequest, IttyRouter } from "itty-router";
import { findFeed } from "../catalog/find-feed.ts";
import { formats } from "../formats/formats.ts";
import { normalizePath } from "../model/address.ts";
import { type Scope, scopeName, scopesOf } from "../model/scope.ts";
import { MAIN_VIEW } from "../model/view.ts";
import type { EditionOf } from "../push/edition-of.ts";
import { feed } from "./feeds.ts";
import { feedPath, patterns } from "./paths.ts";
import { createRequestContext } from "./request-context.ts";
import type { Reading } from "./site.ts";

// A topic is the address of a public feed, as its link rel=self says. This router leads straight to the feeds, past the stale editions
// that are kept for the day the store fails: what is published must be true.
const router = IttyRouter<IRequest, [Reading]>().get(patterns.feed, feed).get(patterns.scopedFeed, feed);

const isArchived = (path: string): boolean => /\/archive\/\d+\//.test(path);

/** Whether a text has the form of a topic of this site, in its one spelling. */
export const isTopic = (text: string, siteUrl: string): boolean => {
  if (!text.startsWith(`${siteUrl}/`) || !URL.canParse(text)) return false;
  const { href, pathname, search, hash } = new URL(text);
  const isPlain = href === text && search === "" && hash === "" && normalizePath(pathname) === pathname;
  return isPlain && !isArchived(pathname) && router.routes.some(([, pattern]) => pattern.test(pathname));
};

const UNKNOWN = "the store does not answer, so nobody can tell what has changed";

const requestTopic = async (
  reading: Reading,
  topic: string,
  headers: Readonly<Record<string, string>>,
): Promise<Response | undefined> => {
  const { isStale } = await reading.store.snapshotAt(reading.now());
  if (isStale) throw new Error(UNKNOWN);
  const request = new Request(topic, { headers: { "accept-encoding": "identity", ...headers } });
  return router.fetch(createRequestContext(request), reading);
};

/** The entity tag of a topic; undefined if there is no such topic now. */
export const etagOfTopic = async (reading: Reading, topic: string): Promise<string | undefined> => {
  const response = await requestTopic(reading, topic, {});
  await response?.body?.cancel();
  return response?.status === 200 ? (response.headers.get("etag") ?? undefined) : undefined;
};

/** There is no such feed now, or it is elsewhere. */
const MISSING: readonly number[] = [301, 404];

/** What tells push the edition of a topic, as readers get it now. */
export const editionOf =
  (reading: Reading): EditionOf =>
  async (topic, etag) => {
    const response = await requestTopic(reading, topic, etag === undefined ? {} : { "if-none-match": etag });
    if (response === undefined || MISSING.includes(response.status)) return { kind: "missing" };
    if (response.status === 304) return { kind: "same" };
    if (response.status === 410) return { kind: "gone" };
    const tag = response.headers.get("etag");
    if (response.status !== 200 || tag === null) throw new Error(`${topic} answers ${response.status}`);
    const contentType = response.headers.get("content-type") ?? "";
    return { kind: "changed", edition: { etag: tag, contentType, body: new Uint8Array(await response.arrayBuffer()) } };
  };

/** Hubs elsewhere are told of so many topics at most. */
const MAX_PUBLIC_TOPICS = 300;

/** The topics that hubs elsewhere are told of: the main feed, and those that its stories are in. */
export const publicTopics = async ({ store, now }: Reading): Promise<readonly string[]> => {
  const snapshot = await store.snapshotAt(now());
  if (snapshot.isStale) throw new Error(UNKNOWN);
  const found = await findFeed(store, MAIN_VIEW, snapshot.now);
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
    .slice(0, MAX_PUBLIC_TOPICS);
};
