import { type IRequest, IttyRouter, type IttyRouterType } from "itty-router";
import type { Authenticator } from "../admin/authenticate.ts";
import { authorize } from "../admin/authorize.ts";
import { getPartner, listPartners } from "../admin/partners-api.ts";
import type { Editor } from "../admin/role.ts";
import {
  endSubscriptions,
  listSubscriptions,
  redeliver,
  type SubscriptionsHandler,
} from "../admin/subscriptions-api.ts";
import { getUsage } from "../admin/usage-api.ts";
import { refuse } from "../http/api-response.ts";
import { optionsResponse } from "../http/cors.ts";
import { RequestAborted } from "../http/request-body.ts";
import { isOutage } from "../lib/is-outage.ts";
import { NewerDataError } from "../lib/newer-data-error.ts";
import { NotReadyError } from "../lib/not-ready-error.ts";
import { Unavailable } from "../lib/with-timeout.ts";
import { normalizePath } from "../model/address.ts";
import { favicon } from "./discovery/favicon.ts";
import { markdown, negotiatedArticle } from "./discovery/markdown.ts";
import { oembed } from "./discovery/oembed.ts";
import { sitemap, sitemapIndex } from "./discovery/sitemap.ts";
import { methodNotAllowed, notFound, tooManyMisses } from "./errors.ts";
import { feed, negotiatedFeed } from "./feeds.ts";
import { pageScript } from "./front/script.ts";
import { source } from "./front/source.ts";
import { opml, subscribePage } from "./front/subscribe-page.ts";
import { hub } from "./hub.ts";
import { media } from "./media.ts";
import { newsSitemap } from "./news-sitemap.ts";
import { archive, home, month, ownPage, republish, stories, style } from "./pages.ts";
import { type PartnerDependencies, partnerFeed, partnersUnavailable, partnerTerms } from "./partners/partners.ts";
import { movedPermanently, redirectTarget } from "./redirects.ts";
import { createRequestContext, keyParameter, pathOf, type RequestContext } from "./request-context.ts";
import { license, robots, tdmReservation } from "./rights.ts";
import { pleaseNotify } from "./rsscloud.ts";
import { serveCached, serveStale } from "./serve-document.ts";
import type { Site } from "./site.ts";
import type { Push } from "./subscribe.ts";
import { ownPagesPattern, patterns } from "./url-map.ts";

/** A table of routes, in the order in which they are tried. */
export type Routes = IttyRouterType<IRequest, []>;

/** Adds the routes of the newsroom, which the reading worker does not have in its bundle. */
export type AddNewsroomRoutes = (routes: Routes, site: Site, authenticator: Authenticator) => void;

/** What the router depends on. */
export interface RouterDependencies {
  readonly site: Site;
  /** Absent if site.yaml does not name the built-in hub: then there are no routes for subscribers. */
  readonly push?: Push | undefined;
  /** Absent if the owner's token is not set: then there are no routes for editors. */
  readonly authenticator?: Authenticator | undefined;
  /** Absent: there are no contracts with partners. */
  readonly partners?: PartnerDependencies | undefined;
  /** Counts a request for what does not exist, and returns whether its sender is within the limit. Absent: all are. */
  readonly mayMiss?: (request: Request) => Promise<boolean>;
  /** Absent in the reading worker. */
  readonly addNewsroomRoutes?: AddNewsroomRoutes | undefined;
}

/** All routes, one a line. */
const createRoutes = ({ site, push, authenticator, partners, addNewsroomRoutes }: RouterDependencies): Routes => {
  const forReaders =
    (handle: (context: RequestContext, site: Site) => Promise<Response>) => (context: RequestContext) =>
      handle(context, site);

  const forSubscribers =
    (handle: (context: RequestContext, site: Site, push: Push) => Promise<Response>) =>
    async (context: RequestContext) =>
      push === undefined ? notFound(context) : handle(context, site, push);

  const forPartners =
    (handle: (context: RequestContext, site: Site, partners: PartnerDependencies) => Promise<Response>) =>
    async (context: RequestContext) =>
      partners === undefined ? notFound(context) : handle(context, site, partners);

  const forAdmin = (handle: SubscriptionsHandler) => async (context: RequestContext) =>
    push === undefined || authenticator === undefined
      ? notFound(context)
      : authorize(context.request, authenticator, (editor) =>
          handle(context.request, editor, push.hub(), context.channel).catch((cause: unknown) => {
            throw new Unavailable("the hub failed", { cause });
          }),
        );

  const forContracts =
    (handle: (request: Request, editor: Editor, partners: PartnerDependencies, name: string) => Promise<Response>) =>
    async (context: RequestContext) =>
      partners === undefined || authenticator === undefined
        ? notFound(context)
        : authorize(context.request, authenticator, (editor) =>
            handle(context.request, editor, partners, keyParameter(context, "name") ?? ""),
          );

  const routes = IttyRouter<IRequest, []>();
  routes
    .get(patterns.partnerFile, forPartners(partnerFeed))
    .get(patterns.partner, forPartners(partnerTerms))
    .get(patterns.feed, forReaders(feed))
    .get(patterns.scopedFeed, forReaders(feed))
    .get(patterns.negotiated, forReaders(negotiatedFeed))
    .get(patterns.home, forReaders(home))
    .get(patterns.laterPage, forReaders(stories))
    .get(patterns.scope, forReaders(stories))
    .get(patterns.laterScopePage, forReaders(stories))
    .get(patterns.archive, forReaders(archive))
    .get(patterns.month, forReaders(month))
    .get(patterns.subscribe, forReaders(subscribePage))
    .get(patterns.opml, forReaders(opml))
    .get(patterns.source, forReaders(source))
    .get(patterns.scopedSource, forReaders(source))
    .get(patterns.script, pageScript)
    .get(patterns.markdown, forReaders(markdown))
    .get(patterns.article, forReaders(negotiatedArticle))
    .get(patterns.republish, forReaders(republish))
    .get(patterns.media, forReaders(media))
    .get(patterns.style, forReaders(style))
    .get(patterns.robots, forReaders(robots))
    .get(patterns.newsSitemap, forReaders(newsSitemap))
    .get(patterns.sitemapIndex, forReaders(sitemapIndex))
    .get(patterns.sitemap, forReaders(sitemap))
    .get(patterns.oembed, forReaders(oembed))
    .get(patterns.favicon, forReaders(favicon))
    .get(patterns.license, forReaders(license))
    .get(patterns.tdmReservation, forReaders(tdmReservation))
    .post(patterns.hub, forSubscribers(hub))
    .post(patterns.pleaseNotify, forSubscribers(pleaseNotify))
    .get(patterns.subscriptions, forAdmin(listSubscriptions))
    .post(patterns.subscriptions, forAdmin(redeliver))
    .delete(patterns.subscriptions, forAdmin(endSubscriptions))
    .get(
      patterns.partners,
      forContracts((request, editor, { contracts }) => listPartners(request, editor, contracts, site.store.channel)),
    )
    .get(
      patterns.contract,
      forContracts((_, editor, { contracts }, name) => getPartner(name, editor, contracts)),
    )
    .get(
      patterns.usage,
      forContracts((request, editor, { contracts, usageReader }, name) =>
        getUsage(request, name, editor, {
          usage: usageReader?.(),
          isPartner: async (one) => (await contracts.find(one)) !== undefined,
        }),
      ),
    );
  const ownPages = ownPagesPattern(site.store.channel.pages ?? []);
  if (ownPages !== undefined) routes.get(ownPages, forReaders(ownPage));
  if (authenticator !== undefined) addNewsroomRoutes?.(routes, site, authenticator);
  return routes;
};

/** Whether a path is for editors only: it exists only if the owner's token is set, and nothing at it is cached. */
const isForEditors = (path: string): boolean => path.startsWith("/api/") || path.startsWith("/preview/");

/** Whether a path is for partners only: it exists only if there are contracts, and what is at it is no public document. */
const isForPartners = (path: string): boolean => path.startsWith("/partners/");

/** The path of a partner's file. */
const PARTNER_FILE = /^\/partners\/(?<partner>[^/]+)\/(?<file>[^/]+)$/;

/** The response to a request that no route handles, at a path that has routes for `methods`, if only others. */
const refuseMethod = (context: RequestContext, methods: readonly string[]): Response => {
  const allow = [...methods, "OPTIONS"].join(", ");
  return context.method === "OPTIONS"
    ? optionsResponse(allow, !isForEditors(context.path) && !isForPartners(context.path))
    : methodNotAllowed(context, allow);
};

/** Creates the router of a worker. */
export const createRouter = (dependencies: RouterDependencies) => {
  const { site, authenticator, partners, mayMiss = async () => true } = dependencies;
  const routes = createRoutes(dependencies);

  const methodsAt = (path: string): readonly string[] => {
    const methods = routes.routes.filter(([, pattern]) => pattern.test(path)).map(([method]) => method);
    return [...new Set(methods)].flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  };

  /** A 404, counted: beyond the limit, a 429. */
  const missing = async (context: RequestContext, response = notFound(context)): Promise<Response> =>
    (await mayMiss(context.request)) ? response : tooManyMisses(context);

  /** Partners ask for their files so often that these do not pass through the table of routes, which takes the URL apart again. */
  const respondTo = (context: RequestContext): Promise<Response | undefined> => {
    const params = context.method === "GET" ? PARTNER_FILE.exec(context.path)?.groups : undefined;
    return params === undefined || partners === undefined
      ? routes.fetch(context)
      : partnerFeed({ ...context, params }, site, partners);
  };

  const route = async (context: RequestContext): Promise<Response> => {
    const path = normalizePath(context.path);
    if (authenticator === undefined && isForEditors(path)) return missing(context);
    // A GET of another spelling is redirected; other methods would lose their body, so their path is normalized here.
    const hasContracts = !isForPartners(path) || (await partners?.contracts.exist(site.now())) === true;
    const isRouted = hasContracts && (path === context.path || context.method !== "GET");
    const normalized = path === context.path ? context : { ...context, path, url: new URL(path, context.url).href };
    const response: Response | undefined = isRouted ? await respondTo(normalized) : undefined;
    if (response !== undefined && response.status !== 404) return response;
    const methods = hasContracts ? methodsAt(path) : [];
    const target = redirectTarget(site.redirects, context.path, methods.length > 0);
    if (target === undefined) {
      if (response === undefined) return methods.length === 0 ? missing(context) : refuseMethod(context, methods);
      // What the API does not have, it says to editors only; what a contract does not have, to the partner.
      return path.startsWith("/api/") || isForPartners(path) ? response : missing(context, response);
    }
    return context.method === "GET"
      ? movedPermanently(site.store.channel.url, target)
      : refuseMethod(context, ["GET", "HEAD"]);
  };

  return {
    /**
     * Answers any request. Another spelling of a path is redirected to the one that is served; a redirect of site.yaml
     * counts only if nothing else answers. While the store fails, readers get the last edition of a document.
     */
    async fetch(request: Request): Promise<Response> {
      try {
        const path = pathOf(request.url);
        const cached = isForEditors(path) || isForPartners(path) ? undefined : serveCached(request, path, site);
        return (
          (cached instanceof Promise ? await cached : cached) ??
          (await route(createRequestContext(request, site.store.channel)))
        );
      } catch (error) {
        // Nobody knows what newer data says of an old edition.
        if (error instanceof NewerDataError) throw error;
        // Hardly anybody is left to read this.
        if (error instanceof RequestAborted) return refuse(400, "Your request ended before its body was complete.");
        if (error instanceof NotReadyError) throw error;
        if (isForPartners(normalizePath(pathOf(request.url))) && isOutage(error)) return partnersUnavailable(error);
        const stale = await serveStale(request, site);
        if (stale === undefined) throw error;
        console.error(`${request.url} is served from the last good edition:`, error);
        return stale;
      }
    },
  };
};
