import { type IRequest, IttyRouter } from "itty-router";
import { subscriptions } from "../admin/subscriptions-api.ts";
import { serveCached, serveStale } from "../editions/cached-editions.ts";
import { NO_STORE } from "../http/cache-control.ts";
import { normalizePath } from "../model/address.ts";
import { methodNotAllowed, movedPermanently, notFound } from "./errors.ts";
import { feed, negotiatedFeed } from "./feeds.ts";
import { hub } from "./hub.ts";
import { media } from "./media.ts";
import { editorNamed, editors, item, items, log, mediaFile, mediaFiles } from "./newsroom-api.ts";
import { article, home, style } from "./pages.ts";
import { patterns, targetOf } from "./paths.ts";
import { preview, previewMedia } from "./preview.ts";
import { createRequestContext, pathOf, type RequestContext } from "./request-context.ts";
import { pleaseNotify } from "./rsscloud.ts";
import type { Site } from "./site.ts";

/** Answers to OPTIONS: what any script of any site may send to a public feed. */
const options = (allow: string): Response =>
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

/** What no reader asks for: it is there only with a token for them, and never kept. */
const isForEditors = (path: string): boolean => path.startsWith("/api/") || path.startsWith("/preview/");

/** Every route, one a line. */
export const createRouter = () => {
  const router = IttyRouter<IRequest, [Site]>();

  router
    .get(patterns.feed, feed)
    .get(patterns.scopedFeed, feed)
    .get(patterns.negotiated, negotiatedFeed)
    .get(patterns.home, home)
    .get(patterns.article, article)
    .get(patterns.media, media)
    .get(patterns.style, style)
    .post(patterns.hub, hub)
    .post(patterns.pleaseNotify, pleaseNotify)
    .get(patterns.preview, preview)
    .get(patterns.previewMedia, previewMedia)
    .get(patterns.items, items)
    .get(patterns.item, item.get)
    .put(patterns.item, item.put)
    .delete(patterns.item, item.delete)
    .get(patterns.mediaFiles, mediaFiles)
    .get(patterns.mediaFile, mediaFile.get)
    .put(patterns.mediaFile, mediaFile.put)
    .delete(patterns.mediaFile, mediaFile.delete)
    .get(patterns.log, log)
    .get(patterns.subscriptions, subscriptions.get)
    .post(patterns.subscriptions, subscriptions.post)
    .delete(patterns.subscriptions, subscriptions.delete)
    .get(patterns.editors, editors)
    .put(patterns.editorNamed, editorNamed.put)
    .delete(patterns.editorNamed, editorNamed.delete);

  const methodsAt = (path: string): readonly string[] => {
    const methods = router.routes.filter(([, pattern]) => pattern.test(path)).map(([method]) => method);
    return [...new Set(methods)].flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  };

  const refuse = (context: RequestContext, methods: readonly string[]): Response => {
    if (methods.length === 0) return notFound(context);
    const allow = [...methods, "OPTIONS"].join(", ");
    return context.method === "OPTIONS" ? options(allow) : methodNotAllowed(context, allow);
  };

  const route = async (context: RequestContext, site: Site): Promise<Response> => {
    const path = normalizePath(context.path);
    if (site.authenticator === undefined && isForEditors(path)) return notFound(context);
    // Only a GET is sent to another spelling: other methods would lose what they carry.
    const isRouted = path === context.path || context.method !== "GET";
    const normalized = path === context.path ? context : { ...context, path, url: new URL(path, context.url).href };
    const answer: Response | undefined = isRouted ? await router.fetch(normalized, site) : undefined;
    if (answer !== undefined && answer.status !== 404) return answer;
    const methods = methodsAt(path);
    const target = targetOf(site.redirects, context.path, methods.length > 0);
    if (target === undefined) return answer ?? refuse(context, methods);
    return context.method === "GET"
      ? movedPermanently(site.store.channel.url, target)
      : refuse(context, ["GET", "HEAD"]);
  };

  return {
    /**
     * Finds the answer to any request. A path in another spelling is sent to the one that answers; a redirect
     * serves only where nothing else does. While the store fails, readers get what they would have got before.
     */
    async fetch(request: Request, site: Site): Promise<Response> {
      try {
        const path = pathOf(request.url);
        const cached = isForEditors(path) ? undefined : serveCached(request, path, site);
        return (
          (cached instanceof Promise ? await cached : cached) ?? (await route(createRequestContext(request), site))
        );
      } catch (error) {
        const lastGood = await serveStale(request, site);
        if (lastGood === undefined) throw error;
        console.error(`${request.url} is served as it was:`, error);
        return lastGood;
      }
    },
  };
};
