import { once } from "../lib/once.ts";
import type { Revision } from "../model/snapshot.ts";
import { deliveryContextOf, hubOf } from "../push/bindings.ts";
import { deliverBatch } from "../push/delivery/deliver-batch.ts";
import type { DeliveryMessage } from "../push/rpc.ts";
import { internalError } from "../routes/errors.ts";
import { createRouter } from "../routes/router.ts";
import type { Reading } from "../routes/site.ts";
import { deployedRevision } from "../store/bundled/deployed-revision.ts";
import { type OpenContentSource, openBundledContent } from "./content-source.ts";
import { createDurableObjects } from "./durable-objects.ts";
import type { Env, Platform } from "./environment.ts";
import { openSite } from "./open-site.ts";

/** Lets the scheduler check what has appeared or left, and set its alarm. */
const wakeScheduler = async ({ SCHEDULER }: Env): Promise<void> => SCHEDULER?.getByName("scheduler").check();

/**
 * A worker that serves a compiled publication (`text`, as the build writes it), with the classes of its Durable Objects. Where its stories
 * come from, `openSource` decides: content/ in the bundle or the newsroom.
 */
export const createWorker = (text: string, platform: Platform, openSource: OpenContentSource = openBundledContent) => {
  const { now, waitUntil, onWritten = wakeScheduler } = platform;

  const openOnce = (env: Env) => {
    const revision: Revision = deployedRevision(text, env);
    const notifyWritten = () => waitUntil(onWritten(env));
    const { site, source } = openSite(text, revision, openSource, env, platform, notifyWritten);
    return { reading: site.reading, router: createRouter(site), source, deployment: revision.id };
  };
  let opened: ReturnType<typeof openOnce> | undefined;

  /**
   * The parts of the worker, made with the first bindings that it is given. Throws an Error that says what to change if a binding or
   * variable is wrong.
   */
  const open = (env: Env) => {
    opened ??= openOnce(env);
    return opened;
  };

  /** The hub learns of the version of the worker from the first request to an isolate, also if it is no longer to be one. */
  const notifyDeployment = once(async (env: Env) => {
    if (env.HUB !== undefined) await hubOf(env).changed(open(env).deployment);
  });

  const respond = async (request: Request, env: Env): Promise<Response> => {
    try {
      return await open(env).router.fetch(request);
    } catch (error) {
      console.error("request failed", error);
      return internalError(request);
    }
  };

  return {
    open,
    async fetch(request: Request, env: Env): Promise<Response> {
      waitUntil(notifyDeployment(env));
      const response = await respond(request, env);
      // HEAD is a GET without a body (RFC 9110 §9.3.2), whatever the route knows of it.
      return request.method === "HEAD" && response.body !== null ? new Response(null, response) : response;
    },
    async scheduled(_controller: ScheduledController, env: Env): Promise<void> {
      await Promise.all([wakeScheduler(env), open(env).source.deleteUnused?.()]);
    },
    async queue({ messages }: MessageBatch<DeliveryMessage>, env: Env): Promise<void> {
      const context = deliveryContextOf(open(env).reading.store.channel.url, env);
      for (const { body } of messages) await deliverBatch(body, context);
    },
    ...createDurableObjects({
      now,
      reading: (env): Reading => open(env).reading,
      deployment: (env) => open(env).deployment,
    }),
  };
};
