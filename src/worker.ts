import { env, waitUntil } from "cloudflare:workers";
import { hash } from "node:crypto";
import publication from "../build/publication.txt";
import { openShelf, type Shelf } from "./editions/shelf.ts";
import { internalError } from "./routes/errors.ts";
import { createRouter } from "./routes/router.ts";
import { createSite, type Site } from "./routes/site.ts";
import { openBundled } from "./store/bundled.ts";
import type { Revision } from "./store/store.ts";

/** The bindings and variables of wrangler.toml. */
export interface Env {
  readonly ASSETS: Pick<Fetcher, "fetch">;
  readonly VERSION?: WorkerVersionMetadata;
  /** Replaces `url` of content/site.yaml unless it is empty. */
  readonly SITE_URL?: string;
}

/** What a worker is given beside its bindings. */
export interface Surroundings {
  /** Milliseconds. */
  readonly now: () => number;
  readonly waitUntil: (work: Promise<unknown>) => void;
  /** Opens what keeps editions outside of the isolate, for a site at an origin. */
  readonly openShelf?: (origin: string) => Shelf;
}

/** Another one for every other content, version or address: what is kept under it outside of the isolate stays true. */
const revisionOf = (text: string, { SITE_URL = "", VERSION }: Env): Revision => {
  const at = Date.parse(VERSION?.timestamp ?? "");
  return {
    id: hash("sha256", `${VERSION?.id}\n${SITE_URL}\n${text}`, "base64url").slice(0, 16),
    at: Number.isNaN(at) ? 0 : Math.floor(at / 1000) * 1000,
  };
};

const openSite = (text: string, { now, waitUntil, openShelf }: Surroundings, bindings: Env): Site => {
  const store = openBundled(text, bindings.SITE_URL ?? "", revisionOf(text, bindings));
  const shelf = openShelf?.(store.channel.url);
  return createSite({ store, assets: bindings.ASSETS, now, waitUntil, ...(shelf && { shelf }) });
};

/** A worker that serves a compiled publication. */
export const createWorker = (text: string, surroundings: Surroundings) => {
  const router = createRouter();
  let site: Site | undefined;
  const answer = async (request: Request, bindings: Env): Promise<Response> => {
    try {
      site ??= openSite(text, surroundings, bindings);
      return await router.fetch(request, site);
    } catch (error) {
      console.error("request failed", error);
      return internalError(request);
    }
  };
  return {
    /** Reads the publication ahead of the first request. Throws where a variable is wrong. */
    open(bindings: Env): void {
      site = openSite(text, surroundings, bindings);
    },
    async fetch(request: Request, bindings: Env): Promise<Response> {
      const response = await answer(request, bindings);
      return request.method === "HEAD" && response.body !== null ? new Response(null, response) : response;
    },
  };
};

const worker = createWorker(publication, {
  now: Date.now,
  waitUntil,
  openShelf: (origin) => openShelf(origin, () => caches.open("editions")),
});

// While the worker starts there is a second of time, and a request has milliseconds. A wrong SITE_URL
// then stops the deployment instead of the readers.
worker.open(env);

export default { fetch: worker.fetch } satisfies ExportedHandler<Env>;
