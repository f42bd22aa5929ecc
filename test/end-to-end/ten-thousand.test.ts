import { createHmac } from "node:crypto";
import { readdirSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mapConcurrently } from "../../src/outbound/concurrency.ts";
import { story } from "../fixtures/publication.ts";
import { type HubAtWork, startHub } from "./hub-at-work.ts";
import { agree, type Call, openSubscribers, type Subscribers } from "./subscriber.ts";
import { eventually } from "./workplace.ts";

// One story for ten thousand subscribers, on a bad day: every tenth fails three times first, and the worker is killed twice.

const COUNT = 10_000;

/**
 * So many subscribe as anybody would; the others are written into the database, which takes a minute or two less. All do with
 * SUBSCRIBING=10000.
 */
const SUBSCRIBING = Number(process.env.SUBSCRIBING ?? 500);
const AT_ONCE = 32;
const WORDS = "A story for ten thousand.";

let hub: HubAtWork;
let subscribers: Subscribers;

const isFailing = (path: string): boolean => Number(path.slice(1)) % 10 === 0;

const secretOf = (path: string): string => `secret of ${path}`;

const isDelivery = ({ method, body }: Call): boolean => method === "POST" && body.includes(WORDS);

/** Deliveries by path, as they came. */
const deliveries = new Map<string, readonly Call[]>();

/** Those that were answered with success. */
const taken = (path: string): readonly Call[] => (deliveries.get(path) ?? []).slice(isFailing(path) ? 3 : 0);

const paths = Array.from({ length: COUNT }, (_, index) => `/${index}`);

const folderOf = (one: HubAtWork): string => {
  const folder = `${one.workplace.folder}/.wrangler/state/v3/do`;
  return `${folder}/${readdirSync(folder).find((name) => name.endsWith("TopicShard"))}`;
};

/** The databases of the shards. */
const shardFiles = (one: HubAtWork): readonly string[] =>
  readdirSync(folderOf(one))
    .filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name))
    .map((name) => `${folderOf(one)}/${name}`);

const writeInto = (files: readonly string[], more: readonly string[]): void => {
  for (const [index, file] of files.entries()) {
    const database = new DatabaseSync(file);
    const columns = "callback, protocol, host, secret, expires";
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
  subscribers = await openSubscribers((call) => {
    if (!isDelivery(call)) return agree(call);
    const before = deliveries.get(call.path) ?? [];
    deliveries.set(call.path, [...before, call]);
    // Slow enough to see how many are on their way at once.
    return { status: isFailing(call.path) && before.length < 3 ? 500 : 204, after: 3 };
  });
  hub = await startHub({
    HUB_RETRY_AFTER: "0.5",
    // Where all subscribe at the same time, this very process takes longer to answer.
    ...(SUBSCRIBING > 1000 ? { HUB_CLAIM: "30", HUB_TIME_OUT: "10" } : { HUB_CLAIM: "8", HUB_TIME_OUT: "3" }),
    HUB_MOST_PER_HOST: String(COUNT),
    HUB_SHARD_SIZE: "150",
  });
}, 300_000);

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

const doneBy = (): number => paths.filter((path) => taken(path).length > 0).length;

it("reaches everyone with the right body and signature, though deliveries fail and the worker is killed", async () => {
  const subscribe = async (path: string): Promise<void> => {
    const form = {
      "hub.mode": "subscribe",
      "hub.topic": `${hub.url()}/rss.xml`,
      "hub.callback": subscribers.url + path,
      "hub.secret": secretOf(path),
    };
    await eventually(async () => {
      const response = await hub.ask(form);
      const text = await response.text();
      // It says so where too many wait to be verified.
      if (response.status !== 202 && response.status !== 503) throw new Error(`${path}: ${response.status} ${text}`);
      return response.status === 202 ? true : undefined;
    });
  };
  await mapConcurrently(paths.slice(0, SUBSCRIBING), subscribe, { concurrency: AT_ONCE });
  // Whoever answered is not a subscriber before that is written down.
  await eventually(async () => ((await countSubscribers()) === SUBSCRIBING ? true : undefined));
  await hub.killAndStart(() => writeInto(shardFiles(hub), paths.slice(SUBSCRIBING)));
  expect((await hub.api("PUT", "/api/items/news", story("news", {}, WORDS))).status).toBe(201);
  for (const share of [0.2, 0.6]) {
    await eventually(async () => (doneBy() >= COUNT * share ? true : undefined));
    await hub.killAndStart();
  }
  await eventually(async () => (doneBy() === COUNT ? true : undefined));
  const body = Buffer.from(
    await (await fetch(`${hub.url()}/rss.xml`, { headers: { connection: "close" } })).arrayBuffer(),
  );
  for (const path of paths) {
    const last = taken(path).at(-1);
    expect(last?.body.equals(body)).toBe(true);
    expect(last?.headers["x-hub-signature"]).toBe(
      `sha256=${createHmac("sha256", secretOf(path)).update(body).digest("hex")}`,
    );
  }
  const sent = paths.reduce((sum, path) => sum + taken(path).length, 0);
  console.log(
    `lost: ${COUNT - doneBy()}; delivered more than once: ${sent - COUNT}; at once: ${subscribers.mostAtOnce()}`,
  );
  expect(subscribers.mostAtOnce()).toBe(6);
}, 300_000);

it("keeps them in several shards, as one would be too large", () => {
  expect(shardFiles(hub).length).toBeGreaterThanOrEqual(3);
});
