import { Response } from "miniflare";
import { compilePublication } from "../../src/content/publication.ts";
import { writePublication } from "../../src/model/publication.ts";
import { fillDatabase } from "../newsroom/fill-database.ts";
import { TOKEN } from "../newsroom/run-newsroom.ts";
import { newestAt, storyText } from "../newsroom/story-text.ts";
import { bundleAsDeployed, compatibilityFlags } from "../serve/bundle.ts";
import { sendRequest } from "../serve/send-request.ts";
import { start } from "../serve/start.ts";
import { HUB_STATUS_PATH, type HubStatus, hubModules } from "./hub-modules.ts";

/** Our worker with its hub. */
export interface Hub extends AsyncDisposable {
  /** Of workerd; undefined if the system does not say. */
  readonly pid: number | undefined;
  status(): Promise<HubStatus>;
  /** Requests a subscription to a feed, given by its path; the main feed if it is absent. */
  subscribe(callback: string, secret: string | undefined, path?: string): Promise<void>;
  /** Publishes a story that is newer than all before it. */
  publish(): Promise<void>;
}

/** On loopback, so that callbacks may be, too. No request is sent to this address. */
const SITE = "http://localhost:8787";

const siteYaml = (feedLength: number): string => `
id: tag:courier.example.org,2026:feeds
url: ${SITE}
title: The Harbour Courier
description: News of the harbour.
language: en
authors: { news-desk: { name: News Desk } }
sections: { world: World }
hubs: [built-in]
feedLength: ${feedLength}
`;

const publicationText = async (feedLength: number): Promise<string> => {
  const site = new TextEncoder().encode(siteYaml(feedLength));
  const { publication } = await compilePublication(new Map([["site.yaml", site]]));
  if (publication === undefined) throw new Error("The benchmark's site.yaml does not compile.");
  return writePublication(publication);
};

const BINDINGS = {
  ...{ STORE: "d1", PUBLISH_TOKEN: TOKEN, SITE_URL: SITE },
  ...{ HUB_MOST_PER_HOST: "100000" },
};

/**
 * Starts a newsroom whose feed has so many stories. It writes to a temporary folder. `root` is that of another checkout
 * whose worker is to run.
 */
export const startHub = async (feedLength: number, root?: string): Promise<Hub> => {
  const { code } = await bundleAsDeployed("src/newsroom-worker.ts", root);
  const started = await start(
    hubModules(code),
    {
      compatibilityFlags: await compatibilityFlags(),
      bindings: BINDINGS,
      d1Databases: ["DB"],
      durableObjects: {
        HUB: { className: "Hub", useSQLite: true },
        TOPICS: { className: "TopicShard", useSQLite: true },
        SCHEDULER: { className: "Scheduler", useSQLite: true },
      },
      queueProducers: { DELIVERIES: "deliveries" },
      queueConsumers: { deliveries: { maxBatchSize: 1, maxBatchTimeout: 0, maxRetries: 0 } },
      serviceBindings: { ASSETS: async () => new Response(null, { status: 404 }) },
    },
    [["publication.txt", await publicationText(feedLength)]],
  );
  const { port, pid, miniflare } = started;
  let stories = 0;
  const hub: Hub = {
    pid,
    async status() {
      const { body } = await sendRequest(port, HUB_STATUS_PATH, {});
      return JSON.parse(Buffer.from(body).toString());
    },
    async subscribe(callback, secret, path = "/rss.xml") {
      const form = { "hub.mode": "subscribe", "hub.topic": SITE + path, "hub.callback": callback };
      const body = new URLSearchParams({ ...form, ...(secret !== undefined && { "hub.secret": secret }) });
      const answer = await fetch(`http://127.0.0.1:${port}/hub`, { method: "POST", body });
      if (answer.status !== 202) throw new Error(`/hub answered ${answer.status}: ${await answer.text()}`);
    },
    async publish() {
      const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "text/markdown" };
      const slug = `news-${stories}`;
      const answer = await sendRequest(
        port,
        `/api/items/${slug}`,
        headers,
        false,
        storyText(slug, newestAt(stories++)),
      );
      if (answer.status !== 201) throw new Error(`A story was answered ${answer.status}: ${Buffer.from(answer.body)}`);
    },
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  };
  const database = await miniflare.getD1Database("DB");
  await fillDatabase({ port, database, [Symbol.asyncDispose]: hub[Symbol.asyncDispose] }, feedLength);
  return hub;
};
