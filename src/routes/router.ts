import { type IRequest, IttyRouter } from "itty-router";
import { authorize } from "../admin/authorize.ts";
import {
  endSubscriptions,
  listSubscriptions,
  redeliver,
  type SubscriptionsHandler,
} from "../admin/subscriptions-api.ts";
import { NO_STORE } from "../http/cache-control.ts";
import { normalizePath } from "../model/address.ts";
import { methodNotAllowed, movedPermanently, notFound } from "./errors.ts";
import { feed, negotiatedFeed } from "./feeds.ts";
import { hub } from "./hub.ts";
import { media } from "./media.ts";
import { article, home, style } from "./pages.ts";
import { patterns, targetOf } from "./paths.ts";
import { createRequestContext, pathOf, type RequestContext } from "./request-context.ts";
import { pleaseNotify } from "./rsscloud.ts";
import { serveCached, serveStale } from "./serve.ts";
import type { Push, Reading, Site } from "./site.ts";

/** The response to OPTIONS: what a script of any site may send to a public feed. */
const optionsResponse = (allow: string): Response =>
  new Response(null, {
    status: 204,
    headers: {
      allow,
      "access-control-allow-origin": "*",
      "access-control-allow-methods": allow,
      "access-control-allow-headers":
        "A-IM, If-Match, If-Modified-Since, If-None-Match, If-Range, If-Unmodified-Since, Range",
      "access-control-max-age": "86400",
      "cache-control": NO_STORE,
      "x-content-type-options": "nosniff",
    },
  });

/** What only editors request: it exists only if the owner's token is set, and is never cached. */
const isForEditors = (path: string): boolean => path.startsWith("/api/") || path.startsWith("/preview/");

/** The router of a site: every route, one a line. */
export const createRouter = ({ reading, push, authenticator, addNewsroomRoutes }: Site) => {
  const forReaders =
    (handle: (context: RequestContext, reading: Reading) => Promise<Response>) => (context: RequestContext) =>
      handle(context, reading);

  const forSubscribers =
    (handle: (context: RequestContext, reading: Reading, push: Push) => Promise<Response>) =>
    async (context: RequestContext) =>
      push === undefined ? notFound(context) : handle(context, reading, push);

  const forOwner = (handle: SubscriptionsHandler) => async (context: RequestContext) =>
    push === undefined || authenticator === undefined
      ? notFound(context)
      : authorize(context.request, authenticator, (editor) => handle(context.request, editor, push.hub()));

  const router = IttyRouter<IRequest, []>();

  router
    .get(patterns.feed, forReaders(feed))
    .get(patterns.scopedFeed, forReaders(feed))
    .get(patterns.negotiated, forReaders(negotiatedFeed))
    .get(patterns.home, forReaders(home))
    .get(patterns.article, forReaders(article))
    .get(patterns.media, forReaders(media))
    .get(patterns.style, forReaders(style))
    .post(patterns.hub, forSubscribers(hub))
    .post(patterns.pleaseNotify, forSubscribers(pleaseNotify))
    .get(patterns.subscriptions, forOwner(listSubscriptions))
    .post(patterns.subscriptions, forOwner(redeliver))
    .delete(patterns.subscriptions, forOwner(endSubscriptions));

  addNewsroomRoutes?.(router);

  const methodsAt = (path: string): readonly string[] => {
    const methods = router.routes.filter(([, pattern]) => pattern.test(path)).map(([method]) => method);
    return [...new Set(methods)].flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  };

  const refuseMethod = (context: RequestContext, methods: readonly string[]): Response => {
    if (methods.length === 0) return notFound(context);
    const allow = [...methods, "OPTIONS"].join(", ");
    return context.method === "OPTIONS" ? optionsResponse(allow) : methodNotAllowed(context, allow);
  };

  const route = async (context: RequestContext): Promise<Response> => {
    const path = normalizePath(context.path);
    if (authenticator === undefined && isForEditors(path)) return notFound(context);
    // Only a GET is redirected to another spelling: other methods would lose their body.
    const isRouted = path === context.path || context.method !== "GET";
    const normalized = path === context.path ? context : { ...context, path, url: new URL(path, context.url).href };
    const answer: Response | undefined = isRouted ? await router.fetch(normalized) : undefined;
    if (answer !== undefined && answer.status !== 404) return answer;
    const methods = methodsAt(path);
    const target = targetOf(reading.redirects, context.path, methods.length > 0);
    if (target === undefined) return answer ?? refuseMethod(context, methods);
    return context.method === "GET"
      ? movedPermanently(reading.store.channel.url, target)
      : refuseMethod(context, ["GET", "HEAD"]);
  };

  return {
    /**
     * Answers any request. A path in another spelling is redirected to the one that answers; a redirect of site.yaml serves only
     * if nothing else does. While the store fails, readers get the last good edition.
     */
    async fetch(request: Request): Promise<Response> {
      try {
        const path = pathOf(request.url);
        const cached = isForEditors(path) ? undefined : serveCached(request, path, reading);
        return (cached instanceof Promise ? await cached : cached) ?? (await route(createRequestContext(request)));
      } catch (error) {
        const stale = await serveStale(request, reading);
        if (stale === undefined) throw error;
        console.error(`${request.url} is served from the last good edition:`, error);
        return stale;
      }
    },
  };
};
