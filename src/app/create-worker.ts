import { NewerDataError } from "../lib/newer-data-error.ts";
import { NotReadyError } from "../lib/not-ready-error.ts";
import { once } from "../lib/once.ts";
import { withoutBasePath } from "../model/address.ts";
import { consumerContextOf, hubOf } from "../push/bindings.ts";
import { consumeMessage } from "../push/consume-message.ts";
import type { QueueMessage } from "../push/rpc.ts";
import { internalError, notFound, unavailable } from "../routes/errors.ts";
import { movedPermanently } from "../routes/redirects.ts";
import { pathOf } from "../routes/request-context.ts";
import type { PublicationSource } from "../store/loaded/publication-source.ts";
import { type OpenContentSource, openBundledContent } from "./content-source.ts";
import { createDurableObjects } from "./durable-objects.ts";
import { type Env, wakeScheduler } from "./environment.ts";
import type { OpenedSite } from "./open-site.ts";
import type { Platform } from "./platform.ts";
import { bundledSites, loadedSites } from "./sites.ts";

/**
 * Creates a worker that serves a publication, as the build has compiled it or as a source loads it, the latter below `basePath`: its
 * event handlers and the classes of its Durable Objects. `openSource` decides where the stories of a build come from: content/ in the
 * bundle, or the newsroom.
 */
export const createWorker = (
  publication: string | PublicationSource,
  platform: Platform,
  openSource: OpenContentSource = openBundledContent,
  basePath = "",
) => {
  const { waitUntil } = platform;

  const sites =
    typeof publication === "string"
      ? bundledSites(publication, platform, openSource)
      : loadedSites(publication, basePath, platform);

  /**
   * Tells the hub which version of the worker runs. If site.yaml no longer names the hub, it then ends its
   * subscriptions; if it is only off, they stay as they are. And lets the scheduler check whether another version compiled the
   * stored stories.
   */
  const notifyDeployment = once(async (env: Env) => {
    const { deployment, source, site, namesHub } = await sites.current(env);
    const isOff = namesHub && site.store.channel.hubs.length === 0;
    await Promise.all([
      env.HUB !== undefined && !isOff && hubOf(env).changed(deployment),
      source.recompile !== undefined && wakeScheduler(env),
    ]);
  });

  const respond = async (request: Request, env: Env): Promise<Response> => {
    let opened: OpenedSite | undefined;
    try {
      const current = sites.current(env);
      opened = current instanceof Promise ? await current : current;
      const { router, site } = opened;
      waitUntil(notifyDeployment(env));
      if (opened.basePath === "") return await router.fetch(request);
      const url = withoutBasePath(request.url, opened.basePath);
      if (url !== undefined) return await router.fetch(new Request(url, request));
      const { channel } = site.store;
      return pathOf(request.url) === opened.basePath
        ? movedPermanently(channel.url, "/")
        : notFound({ request, channel });
    } catch (error) {
      const channel = opened?.site.store.channel;
      if (error instanceof NotReadyError) return unavailable(request, channel);
      console.error("request failed", error);
      return error instanceof NewerDataError ? unavailable(request, channel) : internalError(request, channel);
    }
  };

  const handlers = {
    async fetch(request: Request, env: Env): Promise<Response> {
      const response = await respond(request, env);
      // A HEAD is a GET without the body (RFC 9110 §9.3.2), also for routes that do not know of it.
      return request.method === "HEAD" && response.body !== null ? new Response(null, response) : response;
    },
    async scheduled(_controller: ScheduledController, env: Env): Promise<void> {
      const { source } = await sites.current(env);
      await Promise.all([wakeScheduler(env), source.deleteUnusedMedia?.()]);
    },
    async queue({ messages }: MessageBatch<QueueMessage>, env: Env): Promise<void> {
      const { site } = await sites.current(env);
      const context = consumerContextOf(site.store.channel, env);
      for (const { body } of messages) await consumeMessage(body, context, waitUntil);
    },
  } satisfies ExportedHandler<Env, QueueMessage>;

  const mounted = typeof publication === "string" ? undefined : { source: publication, basePath };
  return { open: sites.known, ...handlers, ...createDurableObjects(sites, platform.now, mounted) };
};
