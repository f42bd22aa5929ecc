import { deleteUnusedMedia } from "../newsroom/media/delete-unused-media.ts";
import { internalError } from "../routes/errors.ts";
import { createRouter } from "../routes/router.ts";
import type { Site } from "../routes/site.ts";
import { deployedRevision } from "../store/bundled/deployed-revision.ts";
import type { Revision } from "../store/store.ts";
import type { Env, Platform } from "./environment.ts";
import { openSite } from "./open-site.ts";

/** A worker that serves a compiled publication. */
export const createWorker = (text: string, platform: Platform) => {
  const router = createRouter();
  let site: Site | undefined;
  let revision: Revision | undefined;
  const revisionOf = (bindings: Env): Revision => {
    revision ??= deployedRevision(text, bindings);
    return revision;
  };
  const open = (bindings: Env): Site => {
    site ??= openSite(text, revisionOf(bindings), platform, bindings);
    return site;
  };
  const answer = async (request: Request, bindings: Env): Promise<Response> => {
    try {
      return await router.fetch(request, open(bindings));
    } catch (error) {
      console.error("request failed", error);
      return internalError(request);
    }
  };
  return {
    /** The site: opened ahead of the first request, it is read by then. Throws where a variable is wrong. */
    site: open,
    /** Of this version of the worker, with this publication. */
    revision: revisionOf,
    /** Deletes what nobody names any longer: to be called now and then. */
    async tidy(bindings: Env): Promise<void> {
      const { newsroom } = open(bindings);
      if (newsroom?.bucket !== undefined) await deleteUnusedMedia(newsroom.repository, newsroom.bucket, newsroom.now());
    },
    async fetch(request: Request, bindings: Env): Promise<Response> {
      const response = await answer(request, bindings);
      return request.method === "HEAD" && response.body !== null ? new Response(null, response) : response;
    },
  };
};
