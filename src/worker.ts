import publication from "../build/publication.txt";
import { internalError } from "./routes/errors.ts";
import { createRouter } from "./routes/router.ts";
import { createSite, type Site } from "./routes/site.ts";
import { openBundled } from "./store/bundled.ts";

/** The bindings and variables of wrangler.toml. */
export interface Env {
  readonly ASSETS: Pick<Fetcher, "fetch">;
  readonly VERSION?: WorkerVersionMetadata;
  /** Replaces `url` of content/site.yaml unless it is empty. */
  readonly SITE_URL?: string;
}

const openSite = (text: string, now: () => number, { ASSETS, SITE_URL = "", VERSION }: Env): Site => {
  const at = Date.parse(VERSION?.timestamp ?? "");
  const revision = { id: VERSION?.id ?? "", at: Number.isNaN(at) ? 0 : Math.floor(at / 1000) * 1000 };
  return createSite({ store: openBundled(text, SITE_URL, revision), assets: ASSETS, now });
};

/** A worker that serves a compiled publication by a clock. */
export const createWorker = (text: string, now: () => number) => {
  const router = createRouter();
  let site: Site | undefined;
  const answer = async (request: Request, env: Env): Promise<Response> => {
    try {
      site ??= openSite(text, now, env);
      return await router.fetch(request, site);
    } catch (error) {
      console.error("request failed", error);
      return internalError(request);
    }
  };
  return {
    async fetch(request: Request, env: Env): Promise<Response> {
      const response = await answer(request, env);
      return request.method === "HEAD" && response.body !== null ? new Response(null, response) : response;
    },
  };
};

export default createWorker(publication, Date.now) satisfies ExportedHandler<Env>;
