import { env, waitUntil } from "cloudflare:workers";
import publication from "../build/publication.txt";
import { openShelf, type Shelf } from "./editions/shelf.ts";
import { once } from "./memory/once.ts";
import { hubUrl } from "./model/address.ts";
import type { Channel } from "./model/channel.ts";
import type { Gate } from "./publish/authenticate.ts";
import { buryMedia } from "./publish/bury-media.ts";
import { assetsBefore, openMediaBucket } from "./publish/media-bucket.ts";
import type { Newsroom } from "./publish/newsroom.ts";
import * as push from "./push/bindings.ts";
import { deliverBatch } from "./push/deliver-batch.ts";
import { createHub } from "./push/hub.ts";
import type { DeliveryMessage } from "./push/stubs.ts";
import { createTopicShard } from "./push/topic-shard.ts";
import { isWithinLimit } from "./push/within-limit.ts";
import { internalError } from "./routes/errors.ts";
import { createRouter } from "./routes/router.ts";
import { createSite, type Push, type Site } from "./routes/site.ts";
import { editionOf, publicTopics } from "./routes/topics.ts";
import { createScheduler } from "./schedule/scheduler.ts";
import { openBundled } from "./store/bundled.ts";
import { openD1 } from "./store/d1.ts";
import { openDesk } from "./store/d1-desk.ts";
import { readLookEvery } from "./store/d1-moment.ts";
import { deployedRevision } from "./store/deployed-revision.ts";
import type { Revision } from "./store/store.ts";

/** The bindings and variables of wrangler.toml. */
export interface Env extends push.HubBindings {
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

const TIME_OUT = 2000;

/** Milliseconds. A write that was given up may have been done all the same, so it gets longer. */
const WRITE_TIME_OUT = 25_000;

/** The hub, where site.yaml names the built-in one. Throws where what it takes is not bound. */
const openPush = ({ url, hubs }: Channel, bindings: Env): Push | undefined => {
  if (hubs.length > 0 && bindings.HUB === undefined)
    console.warn("No hub is told of changes: bind HUB in wrangler.toml.");
  if (!hubs.includes(hubUrl(url))) return undefined;
  push.requireHub(bindings);
  return {
    outside: () => push.outsideForOnce(url, bindings),
    hub: () => push.hubOf(bindings),
    isWithinLimit: (request) => isWithinLimit(bindings.HUB_LIMIT, request),
  };
};

const openSite = (text: string, revision: Revision, surroundings: Surroundings, bindings: Env): Site => {
  const { now, waitUntil, openShelf, onWritten, timeOut = TIME_OUT } = surroundings;
  const { ASSETS, DB, MEDIA, PUBLISH_TOKEN = "", SITE_URL = "", STORE } = bindings;
  const bundled = openBundled(text, SITE_URL, revision);
  const { channel } = bundled;
  const shelf = openShelf?.(channel.url);
  const hub = openPush(channel, bindings);
  const parts = { now, waitUntil, ...(shelf && { shelf }), ...(hub && { push: hub }) };
  const gateOf = (editorByHash: Gate["editorByHash"]) =>
    PUBLISH_TOKEN === "" ? {} : { gate: { ownerToken: PUBLISH_TOKEN, editorByHash } };
  if (STORE !== "d1") return createSite({ ...parts, ...gateOf(async () => undefined), store: bundled, assets: ASSETS });
  if (DB === undefined) throw new Error("STORE is `d1`, but there is no database: bind one as DB in wrangler.toml.");
  const lookEvery = readLookEvery(bindings.REVISION_SECONDS);
  const store = openD1(DB, { channel, revision, lookEvery, timeOut, waitUntil, channelMedia: bundled.media });
  const bucket = MEDIA && openMediaBucket(MEDIA);
  const desk = openDesk(DB, timeOut, WRITE_TIME_OUT);
  const newsroom: Newsroom = {
    ...{ channel, now },
    onWritten() {
      store.forgetMoment();
      waitUntil(onWritten?.(bindings) ?? Promise.resolve());
    },
    siteMedia: async (path) => (await bundled.media(path))?.file,
    desk,
    ownerToken: PUBLISH_TOKEN,
    mustBeConditional: bindings.REQUIRE_IF_MATCH === "true",
    ...(bucket && { bucket }),
  };
  return createSite({
    ...parts,
    ...gateOf(desk.editorByHash),
    store,
    assets: bucket === undefined ? ASSETS : assetsBefore(bucket, ASSETS),
    ...(PUBLISH_TOKEN !== "" && { newsroom }),
  });
};

/** A worker that serves a compiled publication. */
export const createWorker = (text: string, surroundings: Surroundings) => {
  const router = createRouter();
  let site: Site | undefined;
  let revision: Revision | undefined;
  const revisionOf = (bindings: Env): Revision => {
    revision ??= deployedRevision(text, bindings);
    return revision;
  };
  const open = (bindings: Env): Site => {
    site ??= openSite(text, revisionOf(bindings), surroundings, bindings);
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
      if (newsroom?.bucket !== undefined) await buryMedia(newsroom.desk, newsroom.bucket, newsroom.now());
    },
    async fetch(request: Request, bindings: Env): Promise<Response> {
      const response = await answer(request, bindings);
      return request.method === "HEAD" && response.body !== null ? new Response(null, response) : response;
    },
  };
};

/** Lets the scheduler look around, and set its alarm. */
const wakeScheduler = async ({ SCHEDULER }: Env): Promise<void> => SCHEDULER?.getByName("scheduler").look();

const worker = createWorker(publication, {
  now: Date.now,
  waitUntil,
  onWritten: wakeScheduler,
  openShelf: (origin) => openShelf(origin, () => caches.open("editions")),
});

// While the worker starts there is a second of time, and a request has milliseconds. A wrong SITE_URL
// then stops the deployment instead of the readers.
worker.site(env);

/** Lets the hub look what has changed, for its own subscribers and for hubs elsewhere. */
const tellHub = async (bindings: Env, deployment?: string): Promise<void> => {
  const { hubs } = worker.site(bindings).store.channel;
  if (hubs.length > 0 && bindings.HUB !== undefined) await push.hubOf(bindings).changed(deployment);
};

/** The first request to an instance tells the hub of its version, which may be a new one. */
const noticeDeployment = once((bindings: Env) => tellHub(bindings, worker.revision(bindings).id));

/** One for the whole site. */
export class Scheduler extends createScheduler((bindings: Env) => ({
  store: worker.site(bindings).store,
  now: Date.now,
  async onLook(items) {
    if (items.length > 0) console.log(`appeared or left: ${items.map(({ slug }) => slug).join(", ")}`);
    await tellHub(bindings);
  },
})) {}

/** One for the whole site: which topics have subscribers. */
export class Hub extends createHub((bindings: Env) => {
  const site = worker.site(bindings);
  const { url, hubs } = site.store.channel;
  return push.hubParts(url, bindings, {
    deployment: worker.revision(bindings).id,
    editionOf: editionOf(site),
    refresh: () => site.store.forgetMoment(),
    outsideHubs: hubs.filter((hub) => hub !== hubUrl(url)),
    publicTopics: () => publicTopics(site),
  });
}) {}

/** Subscriptions of a topic. */
export class TopicShard extends createTopicShard((bindings: Env) => {
  const { url } = worker.site(bindings).store.channel;
  return push.shardParts(url, bindings, hubUrl(url));
}) {}

export default {
  fetch(request, bindings) {
    waitUntil(noticeDeployment(bindings));
    return worker.fetch(request, bindings);
  },
  async scheduled(_controller, bindings) {
    await Promise.all([wakeScheduler(bindings), worker.tidy(bindings)]);
  },
  async queue({ messages }, bindings) {
    const courier = push.courierOf(worker.site(bindings).store.channel.url, bindings);
    for (const { body } of messages) await deliverBatch(body, courier);
  },
} satisfies ExportedHandler<Env, DeliveryMessage>;
