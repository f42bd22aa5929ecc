import { type IRequest, IttyRouter } from "itty-router";
import type { Ask } from "./ask.ts";
import { methodNotAllowed, movedPermanently, notFound } from "./errors.ts";
import { feed, negotiatedFeed } from "./feeds.ts";
import { media } from "./media.ts";
import { article, home, style } from "./pages.ts";
import { legacyPaths, patterns } from "./paths.ts";
import type { Site } from "./site.ts";

/** Answers to OPTIONS: what any script of any site may send to a public feed. */
const options = (allow: string): Response =>
  new Response(null, {
    status: 204,
    headers: {
      allow,
      "access-control-allow-origin": "*",
      "access-control-allow-methods": allow,
      "access-control-allow-headers": "A-IM, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since",
      "access-control-max-age": "86400",
    },
  });

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
    .get(patterns.style, style);

  const methodsAt = (path: string): readonly string[] => {
    const methods = router.routes.filter(([, pattern]) => pattern.test(path)).map(([method]) => method);
    return methods.length === 0
      ? []
      : [...new Set(methods.flatMap((one) => (one === "GET" ? ["GET", "HEAD"] : [one]))), "OPTIONS"];
  };

  return {
    /** Finds the answer to any request. */
    async fetch(ask: Ask, site: Site): Promise<Response> {
      const { url, redirects } = site.store.channel;
      const moved = legacyPaths.get(ask.path) ?? (Object.hasOwn(redirects, ask.path) ? redirects[ask.path] : undefined);
      if (moved !== undefined) return movedPermanently(url, moved);
      const answer: Response | undefined = await router.fetch(ask, site);
      if (answer !== undefined) return answer;
      const methods = methodsAt(ask.path);
      if (methods.length === 0) return notFound(ask);
      const allow = methods.join(", ");
      return ask.method === "OPTIONS" ? options(allow) : methodNotAllowed(ask, allow);
    },
  };
};
