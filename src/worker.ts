import { env } from "cloudflare:workers";
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
  const answer = async (request: Request, bindings: Env): Promise<Response> => {
    try {
      site ??= openSite(text, now, bindings);
      return await router.fetch(request, site);
    } catch (error) {
      console.error("request failed", error);
      return internalError(request);
    }
  };
  return {
    /** Reads the publication ahead of the first request. Throws where a variable is wrong. */
    open(bindings: Env): void {
      site = openSite(text, now, bindings);
    },
    async fetch(request: Request, bindings: Env): Promise<Response> {
      const response = await answer(request, bindings);
      return request.method === "HEAD" && response.body !== null ? new Response(null, response) : response;
    },
  };
};

const worker = createWorker(publication, Date.now);

// While the worker starts there is a second of time, and a request has milliseconds. A wrong SITE_URL
// then stops the deployment instead of the readers.
worker.open(env);

export default { fetch: worker.fetch } satisfies ExportedHandler<Env>;
