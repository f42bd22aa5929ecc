import { createHmac } from "node:crypto";
import { readdirSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import pMap from "p-map";
import { afterAll, beforeAll, expect, it } from "vitest";
import { story } from "../fixtures/publication.ts";
import { type RunningHub, startHub } from "./running-hub.ts";
import { acceptAll, type ReceivedRequest, type Subscribers, startSubscribers } from "./subscribers.ts";
import { ask, eventually } from "./workplace.ts";

// One story for a thousand subscribers, on a bad day: every tenth fails three times first, and the worker is killed twice.

/** With SUBSCRIBERS=10000 it takes two minutes. */
const SUBSCRIBERS = Number(process.env.SUBSCRIBERS ?? 1000);

/** So many subscribe with requests to the hub. The others are written into the databases of the shards. With SUBSCRIBING=2000 all subscribe. */
const SUBSCRIBING = Number(process.env.SUBSCRIBING ?? 250);

/** Deliveries that the hub makes at the same time. */
const CONCURRENCY = 6;
const TEXT = "A story for everyone.";

let hub: RunningHub;
let subscribers: Subscribers;

const isFailing = (path: string): boolean => Number(path.slice(1)) % 10 === 0;

const secretOf = (path: string): string => `secret of ${path}`;

const isDelivery = ({ method, body }: ReceivedRequest): boolean => method === "POST" && body.includes(TEXT);

/** Deliveries by path, in the order in which they came. */
const deliveries = new Map<string, readonly ReceivedRequest[]>();

/** Returns the deliveries that were answered with success. */
const acceptedAt = (path: string): readonly ReceivedRequest[] =>
  (deliveries.get(path) ?? []).slice(isFailing(path) ? 3 : 0);

const paths = Array.from({ length: SUBSCRIBERS }, (_, index) => `/${index}`);

const folderOf = (one: RunningHub): string => {
  const folder = `${one.workplace.folder}/.wrangler/state/v3/do`;
  return `${folder}/${readdirSync(folder).find((name) => name.endsWith("TopicShard"))}`;
};

/** Returns the files of the shards' databases. */
const shardFiles = (one: RunningHub): readonly string[] =>
  readdirSync(folderOf(one))
    .filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name))
    .map((name) => `${folderOf(one)}/${name}`);

const insertSubscriptions = (files: readonly string[], more: readonly string[]): void => {
  for (const [index, file] of files.entries()) {
    const database = new DatabaseSync(file);
    const columns = "callback, protocol, hostname, secret, expires";
    const insert = database.prepare(`INSERT INTO subscriptions (${columns}) VALUES (?, 'websub', ?, ?, ?)`);
    database.exec("BEGIN");
    for (const [number, path] of more.entries()) {
      if (number % files.length !== index) continue;
      insert.run(subscribers.url + path, "127.0.0.1", secretOf(path), Date.now() + 864_000_000);
    }
    database.exec("COMMIT");
    database.close();
  }
};

beforeAll(async () => {
  subscribers = await startSubscribers((call) => {
    if (!isDelivery(call)) return acceptAll(call);
    const before = deliveries.get(call.path) ?? [];
    deliveries.set(call.path, [...before, call]);
    // Slow enough to see how many are made at the same time; very slow until that was seen.
    const after = subscribers.maxConcurrentDeliveries() < CONCURRENCY ? 500 : 3;
    return { status: isFailing(call.path) && before.length < 3 ? 500 : 204, after };
  });
  hub = await startHub({
    HUB_RETRY_AFTER: "0.5",
    // Who does not answer in time twice is no subscriber. This process answers for all of them, however busy it is.
    HUB_TIME_OUT: "100",
    HUB_CLAIM: "300",
    HUB_MOST_PER_HOST: String(SUBSCRIBERS),
    HUB_SHARD_SIZE: "150",
  });
});

afterAll(async () => {
  await hub?.stop();
  await subscribers?.close();
});

const countSubscribers = async (): Promise<number> => {
  const { topics }: { topics: readonly { subscribers: number }[] } = await (
    await hub.api("GET", "/api/subscriptions")
  ).json();
  return topics.reduce((sum, { subscribers: count }) => sum + count, 0);
};

const countReached = (): number => paths.filter((path) => acceptedAt(path).length > 0).length;

const untilReached = async (count: number): Promise<void> => {
  await eventually(async () => (countReached() >= count ? true : undefined), 900_000);
};

it("reaches everyone with the right body and signature, though deliveries fail and the worker is killed", async () => {
  const subscribe = async (path: string): Promise<void> => {
    const form = {
      "hub.mode": "subscribe",
      "hub.topic": `${hub.url()}/rss.xml`,
      "hub.callback": subscribers.url + path,
      "hub.secret": secretOf(path),
    };
    // 503, if too many wait to be verified, is not seen here.
    const response = await hub.ask(form);
    if (response.status !== 202) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  };
  await pMap(paths.slice(0, SUBSCRIBING), subscribe, { concurrency: 32 });
  // Whoever has confirmed is a subscriber only after that was saved.
  await eventually(async () => ((await countSubscribers()) === SUBSCRIBING ? true : undefined));
  await hub.killAndStart(() => {
    insertSubscriptions(shardFiles(hub), paths.slice(SUBSCRIBING));
    // Deliveries that do not end in time are made again. Those that a killed worker had taken wait for the end of the claim.
    hub.setVariables({ HUB_TIME_OUT: "6", HUB_CLAIM: "12" });
  });
  expect((await hub.api("PUT", "/api/items/news", story("news", {}, TEXT))).status).toBe(201);
  for (const share of [0.2, 0.6]) {
    await untilReached(SUBSCRIBERS * share);
    await hub.killAndStart();
  }
  await untilReached(SUBSCRIBERS);
  const body = await eventually(async () => {
    const feed = Buffer.from(await (await ask(`${hub.url()}/rss.xml`)).arrayBuffer());
    return feed.includes(TEXT) ? feed : undefined;
  });
  for (const path of paths) {
    const last = acceptedAt(path).at(-1);
    expect(last?.body.equals(body)).toBe(true);
    expect(last?.headers["x-hub-signature"]).toBe(
      `sha256=${createHmac("sha256", secretOf(path)).update(body).digest("hex")}`,
    );
  }
  const sent = paths.reduce((sum, path) => sum + acceptedAt(path).length, 0);
  console.log(
    `lost: ${SUBSCRIBERS - countReached()}; delivered more than once: ${sent - SUBSCRIBERS}; at once: ${subscribers.maxConcurrentDeliveries()}`,
  );
  expect(subscribers.maxConcurrentDeliveries()).toBe(CONCURRENCY);
}, 900_000);

it("keeps the subscriptions in several shards, as there are too many for one", () => {
  expect(shardFiles(hub).length).toBeGreaterThanOrEqual(3);
});
