import { type Hub, startHub } from "../push/hub.ts";
import { now } from "../push/sink.ts";
import { openGoodCallback, openHangingCallbacks } from "./callbacks.ts";

/** What hangs, and what a good subscriber wants meanwhile. */
export interface Scenario {
  readonly name: string;
  /** So many servers, each at a port of its own, share the callbacks that hang. */
  readonly hosts: number;
  /** So many feeds share them, too: each is a topic with a shard of its own. */
  readonly topics: number;
  /**
   * `subscribe`: the first question. `renew`: the question of somebody who has subscribed before. `deliver`: an edition;
   * those who hang have confirmed their subscriptions.
   */
  readonly wish: "deliver" | "renew" | "subscribe";
}

const SCOPES = ["", "/tags/news", "/authors/news-desk", "/sections/world"];
const FILES = ["rss.xml", "atom.xml", "feed.json"];

/** The feeds of the benchmark's site, the main one first. */
export const TOPICS = ["", "/summaries"].flatMap((text) =>
  SCOPES.flatMap((scope) => FILES.map((file) => `${text}${scope}/${file}`)),
);

/** What waits longer than this is given up: an hour would be the same to whoever waits. */
const GIVE_UP_AFTER_MS = 600_000;

const STORIES = 5;

const withinTime = async (event: Promise<void>): Promise<number> => {
  const start = now();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((done) => {
    timer = setTimeout(done, GIVE_UP_AFTER_MS);
  });
  await Promise.race([event, timeout]);
  clearTimeout(timer);
  return (now() - start) / 1000;
};

const untilSubscribed = async (hub: Hub, count: number): Promise<void> => {
  while ((await hub.status()).subscribers < count) await new Promise((done) => setTimeout(done, 50));
};

/**
 * Has `count` callbacks that hang subscribe, and then returns for how many seconds a good one waits for what it wishes.
 */
export const measureWait = async (
  { hosts, topics, wish }: Scenario,
  count: number,
  root: string | undefined,
): Promise<number> => {
  // Ends last: it waits for those whom it asks.
  await using hub = await startHub(STORIES, root);
  await using hanging = await openHangingCallbacks(hosts, wish === "deliver");
  await using good = await openGoodCallback();
  const [main = ""] = TOPICS;
  if (wish === "renew") {
    const asked = good.next("GET");
    await hub.subscribe(good.url, undefined, main);
    await asked;
    await untilSubscribed(hub, 1);
  }
  for (let index = 0; index < count; index++) {
    const url = `${hanging.urls[index % hosts]}/${index}`;
    await hub.subscribe(url, undefined, TOPICS[index % topics] ?? main);
  }
  if (wish === "deliver") {
    await hub.subscribe(good.url, undefined, main);
    await untilSubscribed(hub, count + 1);
    const delivered = withinTime(good.next("POST"));
    await hub.publish();
    return await delivered;
  }
  const asked = withinTime(good.next("GET"));
  await hub.subscribe(good.url, undefined, main);
  return await asked;
};
