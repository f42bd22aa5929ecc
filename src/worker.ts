import { env, waitUntil } from "cloudflare:workers";
import { hash } from "node:crypto";
import publication from "../build/publication.txt";
import { openShelf, type Shelf } from "./editions/shelf.ts";
import { buryMedia } from "./publish/bury-media.ts";
import { assetsBefore, openMediaBucket } from "./publish/media-bucket.ts";
import type { Newsroom } from "./publish/newsroom.ts";
import { internalError } from "./routes/errors.ts";
import { createRouter } from "./routes/router.ts";
import { createSite, type Site } from "./routes/site.ts";
import type { OnPublished } from "./schedule/look-around.ts";
import { createScheduler } from "./schedule/scheduler.ts";
import { openBundled } from "./store/bundled.ts";
import { openD1 } from "./store/d1.ts";
import { openDesk } from "./store/d1-desk.ts";
import type { Revision } from "./store/store.ts";

/** The bindings and variables of wrangler.toml. */
export interface Env {
  readonly ASSETS: Pick<Fetcher, "fetch">;
  readonly VERSION?: WorkerVersionMetadata;
  /** Replaces `url` of content/site.yaml unless it is empty. */
  readonly SITE_URL?: string;
  /** `d1`: stories are those of DB, and content/ only gives site.yaml and the media that it names. */
  readonly STORE?: string;
  readonly DB?: D1Database;
  readonly SCHEDULER?: DurableObjectNamespace<Scheduler>;
  /** Media files that were uploaded. */
  readonly MEDIA?: R2Bucket;
  /** The owner's token: turns the publish API on. A secret, without a default. */
  readonly PUBLISH_TOKEN?: string;
  /** `true`: whoever changes a story must say which version (428). */
  readonly REQUIRE_IF_MATCH?: string;
  /** Seconds for which an instance may not notice what another one wrote; 3 unless it says otherwise. */
  readonly REVISION_SECONDS?: string;
}

/** What a worker is given beside its bindings. */
export interface Surroundings {
  /** Milliseconds. */
  readonly now: () => number;
  readonly waitUntil: (work: Promise<unknown>) => void;
  /** Milliseconds for which a reader waits for the database; 2000 unless it says otherwise. */
  readonly timeOut?: number;
  /** Is told of every write to the newsroom. */
  readonly onWritten?: (bindings: Env) => Promise<void>;
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

const TIME_OUT = 2000;

/** Milliseconds. A write that was given up may have been done all the same, so it gets longer. */
const WRITE_TIME_OUT = 25_000;

const secondsOf = (text: string | undefined, otherwise: number): number => {
  const seconds = Number(text ?? "");
  return text !== undefined && text !== "" && seconds >= 0 ? seconds : otherwise;
};

const openSite = (text: string, surroundings: Surroundings, bindings: Env): Site => {
  const { now, waitUntil, openShelf, onWritten, timeOut = TIME_OUT } = surroundings;
  const { ASSETS, DB, MEDIA, PUBLISH_TOKEN = "", SITE_URL = "", STORE } = bindings;
  const revision = revisionOf(text, bindings);
  const bundled = openBundled(text, SITE_URL, revision);
  const { channel } = bundled;
  const shelf = openShelf?.(channel.url);
  const parts = { now, waitUntil, ...(shelf && { shelf }) };
  if (STORE !== "d1") return createSite({ ...parts, store: bundled, assets: ASSETS });
  if (DB === undefined) throw new Error("STORE is `d1`, but there is no database: bind one as DB in wrangler.toml.");
  const lookEvery = 1000 * secondsOf(bindings.REVISION_SECONDS, 3);
  const store = openD1(DB, { channel, revision, lookEvery, timeOut, waitUntil, channelMedia: bundled.media });
  const bucket = MEDIA && openMediaBucket(MEDIA);
  const newsroom: Newsroom = {
    ...{ channel, now },
    onWritten() {
      store.forgetMoment();
      waitUntil(onWritten?.(bindings) ?? Promise.resolve());
    },
    siteMedia: async (path) => (await bundled.media(path))?.file,
    desk: openDesk(DB, timeOut, WRITE_TIME_OUT),
    ownerToken: PUBLISH_TOKEN,
    mustBeConditional: bindings.REQUIRE_IF_MATCH === "true",
    ...(bucket && { bucket }),
  };
  return createSite({
    ...parts,
    store,
    assets: bucket === undefined ? ASSETS : assetsBefore(bucket, ASSETS),
    ...(PUBLISH_TOKEN !== "" && { newsroom }),
  });
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
    /** The site, for those who serve no request. */
    site(bindings: Env): Site {
      site ??= openSite(text, surroundings, bindings);
      return site;
    },
    /** Deletes what nobody names any longer: to be called now and then. */
    async tidy(bindings: Env): Promise<void> {
      const { newsroom } = this.site(bindings);
      if (newsroom?.bucket !== undefined) await buryMedia(newsroom.desk, newsroom.bucket, newsroom.now());
    },
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

/** Lets the scheduler look around, and set its alarm. */
const wakeScheduler = async ({ SCHEDULER }: Env): Promise<void> => {
  await SCHEDULER?.getByName("scheduler").look();
};

const worker = createWorker(publication, {
  now: Date.now,
  waitUntil,
  onWritten: wakeScheduler,
  openShelf: (origin) => openShelf(origin, () => caches.open("editions")),
});

// While the worker starts there is a second of time, and a request has milliseconds. A wrong SITE_URL
// then stops the deployment instead of the readers.
worker.open(env);

// What appears or leaves by itself, for push to announce.
const onPublished: OnPublished = async (items) => {
  console.log(`appeared or left: ${items.map(({ slug }) => slug).join(", ")}`);
};

/** One for the whole site. */
export class Scheduler extends createScheduler((bindings: Env) => ({
  store: worker.site(bindings).store,
  onPublished,
  now: Date.now,
})) {}

export default {
  fetch: worker.fetch,
  async scheduled(_controller, bindings) {
    await Promise.all([wakeScheduler(bindings), worker.tidy(bindings)]);
  },
} satisfies ExportedHandler<Env>;
