import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { deserialize } from "node:v8";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { story } from "../fixtures/publication.ts";
import { type RunningHub, startHub } from "./running-hub.ts";
import { acceptAll, type ReceivedRequest, type Reply, type Subscribers, startSubscribers } from "./subscribers.ts";
import { ask, eventually, freePort, run } from "./workplace.ts";

// The hub in real workerd, with real subscribers on loopback. Nothing here waits for a time: that a subscriber gets
// nothing is certain as soon as another one of the topic has the edition, and no delivery of the topic is pending.

let hub: RunningHub;
let subscribers: Subscribers;

/** Whether `/taken-back` answers with an error. */
let isRefusing = true;

const isVerifying = ({ method, query }: ReceivedRequest): boolean =>
  method === "GET" && query.get("hub.mode") !== "denied";

/** What the subscriber at each path answers; those at other paths confirm and accept everything. */
const replies: Readonly<Record<string, (call: ReceivedRequest, before: readonly ReceivedRequest[]) => Reply>> = {
  "/wrong": () => ({ status: 200, body: "another challenge" }),
  "/longer": (call) => ({ status: 200, body: `${call.query.get("hub.challenge")} and more` }),
  "/refusing": () => ({ status: 404 }),
  "/redirecting-verification": (call) => ({ status: 302, headers: { location: `/agreeing?${call.query}` } }),
  "/failing": (call, before) =>
    call.method === "GET" || before.filter(({ method }) => method === "POST").length >= 2
      ? acceptAll(call)
      : { status: 500 },
  "/redirecting": (call) =>
    call.method === "GET" ? acceptAll(call) : { status: 307, headers: { location: "/elsewhere" } },
  "/slow": (call) => (call.method === "GET" ? acceptAll(call) : { status: 200, after: Number.POSITIVE_INFINITY }),
  "/failing-status": (call) => (call.method === "GET" ? acceptAll(call) : { status: 503 }),
  "/taken-back": (call) => (call.method === "GET" || !isRefusing ? acceptAll(call) : { status: 500 }),
  "/leaving": (call) => (call.method === "GET" ? acceptAll(call) : { status: 410 }),
};

beforeAll(async () => {
  subscribers = await startSubscribers((call, before) =>
    (replies[call.path.replace(/\?.*$/, "")] ?? acceptAll)(call, before),
  );
  hub = await startHub({
    HUB_RETRY_AFTER: "0.5",
    HUB_LEAST_LEASE: "1",
    // This process answers for all subscribers, and at times it is busy, or waits for a command.
    HUB_TIME_OUT: "100",
    HUB_CLAIM: "300",
    REVISION_SECONDS: "0",
  });
  expect((await hub.api("PUT", "/api/items/first", story("first", { tags: ["Iraq"] }))).status).toBe(201);
  await subscribe(STEADY);
});

afterAll(async () => {
  await hub?.stop();
  await subscribers?.close();
});

const topic = (path = "/rss.xml"): string => hub.url() + path;

const form = (callback: string, more: Readonly<Record<string, string>> = {}) => ({
  "hub.mode": "subscribe",
  "hub.topic": topic(),
  "hub.callback": subscribers.url + callback,
  ...more,
});

const posts = (path: string): readonly ReceivedRequest[] =>
  subscribers.requestsAt(path).filter(({ method }) => method === "POST");

const verifications = (path: string): readonly ReceivedRequest[] => subscribers.requestsAt(path).filter(isVerifying);

/** Returns the `count`th value, or undefined if there are fewer. */
const nth = <Value>(values: readonly Value[], count = 1): Value | undefined =>
  values.length >= count ? values[count - 1] : undefined;

/** A subscriber of the main feed that accepts everything, from the beginning. */
const STEADY = "/steady";

/** What the publish API says of a topic. */
interface TopicStatus {
  readonly topic: string;
  readonly subscribers: number;
  /** Subscribers to whom something is still to be delivered. */
  readonly pending: number;
  readonly failures: readonly { readonly callback: string; readonly reason: string }[];
}

const statusOf = async (url: string): Promise<TopicStatus> => {
  const response = await hub.api("GET", "/api/subscriptions");
  const { topics }: { topics: readonly TopicStatus[] } = await response.json();
  return topics.find((one) => one.topic === url) ?? { topic: url, subscribers: 0, pending: 0, failures: [] };
};

const countSubscribers = async (url = topic()): Promise<number> => (await statusOf(url)).subscribers;

const untilSubscribers = async (count: number, url = topic()): Promise<void> => {
  await eventually(async () => ((await countSubscribers(url)) === count ? true : undefined));
};

const untilNothingIsPending = async (url = topic()): Promise<void> => {
  await eventually(async () => ((await statusOf(url)).pending === 0 ? true : undefined));
};

/** Sends a request of a callback, and waits until it was asked to confirm that. Returns that question. */
const request = async (callback: string, more: Readonly<Record<string, string>> = {}): Promise<ReceivedRequest> => {
  const path = callback.replace(/\?.*$/, "");
  const before = verifications(path).length;
  const response = await hub.ask(form(callback, more));
  expect([response.status, await response.text()]).toEqual([202, ""]);
  return eventually(async () => nth(verifications(path), before + 1));
};

/** Subscribes somebody who confirms that, and waits until the subscription exists. Returns the question. */
const subscribe = async (callback: string, more: Readonly<Record<string, string>> = {}): Promise<ReceivedRequest> => {
  const url = more["hub.topic"] ?? topic();
  const before = await countSubscribers(url);
  const question = await request(callback, more);
  await untilSubscribers(before + 1, url);
  return question;
};

/** Returns the databases of the hub, or of all shards. */
const databaseFiles = (className: "Hub" | "TopicShard"): readonly string[] => {
  const folder = join(hub.workplace.folder, ".wrangler/state/v3/do");
  return globSync(`*-${className}/*.sqlite`, { cwd: folder })
    .filter((name) => /[0-9a-f]{64}\.sqlite$/.test(name))
    .map((name) => join(folder, name));
};

const readDatabase = <Value>(path: string, read: (database: DatabaseSync) => Value): Value => {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 60_000 });
  try {
    return read(database);
  } finally {
    database.close();
  }
};

const countPendingVerifications = (path: string): number =>
  readDatabase(path, (database) =>
    Number(database.prepare("SELECT COUNT(*) AS count FROM pending_verifications").get()?.count),
  );

/** Waits until the hub has acted on whatever callbacks have answered so far: nobody waits to be verified. */
const untilAnswersAreRecorded = async (): Promise<void> => {
  await eventually(async () =>
    databaseFiles("TopicShard").every((path) => countPendingVerifications(path) === 0) ? true : undefined,
  );
};

/** Ends a subscription. */
const end = async (callback: string, url = topic()): Promise<void> => {
  const query = new URLSearchParams({ topic: url, callback });
  expect((await hub.api("DELETE", `/api/subscriptions?${query}`)).status).toBe(200);
};

let stories = 0;

/** Publishes a story, and returns words that are in it. */
const publish = async (): Promise<string> => {
  const name = `news-${stories++}`;
  const words = `Words of ${name}.`;
  // Each a minute later than the one before: the feeds hold the newest.
  const published = new Date(Date.UTC(2026, 0, 2, 0, stories)).toISOString();
  const text = story(name, { published, tags: ["Iraq"] }, words);
  expect((await hub.api("PUT", `/api/items/${name}`, text)).status).toBe(201);
  return words;
};

/** Waits until something with these words was delivered to a path. Returns that delivery. */
const untilDelivered = (path: string, words: string): Promise<ReceivedRequest> =>
  eventually(async () => posts(path).find(({ body }) => body.includes(words)));

/** Waits until the main feed with these words was delivered to all who are to get it. */
const untilDeliveredToAll = async (words: string): Promise<void> => {
  await untilDelivered(STEADY, words);
  await untilNothingIsPending();
};

/** Returns the number of the last change that the hub was told of, and after which change it checked the main feed last. */
const readChanges = (): { readonly last: number; readonly checked: number } => {
  const [path = ""] = databaseFiles("Hub");
  return readDatabase(path, (database) => {
    const stored = database.prepare("SELECT value FROM _cf_KV WHERE key = 'change'").get()?.value;
    const checked = database.prepare("SELECT checked_change FROM topics WHERE topic = ?").get(topic())?.checked_change;
    return { last: stored instanceof Uint8Array ? Number(deserialize(stored)) : 0, checked: Number(checked) };
  });
};

/** Does what the hub takes for a change, and waits until it has checked whether the main feed has changed. */
const untilChecked = async (change: () => Promise<void>): Promise<void> => {
  const before = readChanges().last;
  await change();
  await eventually(async () => {
    const { last, checked } = readChanges();
    return last > before && checked >= last ? true : undefined;
  });
};

/** Waits until readers get a feed with these words, and returns it. */
const untilServed = (words: string, path?: string): Promise<{ readonly text: string; readonly headers: Headers }> =>
  eventually(async () => {
    const response = await ask(topic(path));
    const text = await response.text();
    return text.includes(words) ? { text, headers: response.headers } : undefined;
  });

describe("subscribing", () => {
  it("is verified with a random challenge, and then every story is delivered as readers get it", async () => {
    const { query } = await subscribe("/typical");
    expect(query.get("hub.mode")).toBe("subscribe");
    expect(query.get("hub.topic")).toBe(topic());
    expect(query.get("hub.lease_seconds")).toBe("864000");
    expect(query.get("hub.challenge")).toMatch(/^[\w-]{32}$/);
    const words = await publish();
    const delivery = await untilDelivered("/typical", words);
    const feed = await untilServed(words);
    expect(delivery.body.toString()).toBe(feed.text);
    expect(delivery.headers["content-type"]).toBe(feed.headers.get("content-type"));
    expect(delivery.headers.link).toBe(`<${hub.url()}/hub>; rel="hub", <${topic()}>; rel="self"`);
    expect(delivery.headers["x-hub-signature"]).toBeUndefined();
  });

  it("with a secret has deliveries signed with it", async () => {
    await subscribe("/secret", { "hub.secret": "open sesame" });
    const { body, headers } = await untilDelivered("/secret", await publish());
    expect(headers["x-hub-signature"]).toBe(`sha256=${createHmac("sha256", "open sesame").update(body).digest("hex")}`);
  });

  it("keeps the callback's own query, and ignores unknown parameters", async () => {
    const { path } = await subscribe("/query?mine=1&also=a%20b", { "hub.unknown": "x", other: "y" });
    expect(path).toMatch(/^\/query\?mine=1&also=a%20b&hub\.mode=subscribe&/);
    expect((await untilDelivered("/query", await publish())).path).toBe("/query?mine=1&also=a%20b");
  });

  it("again renews it: one delivery a story, under the new secret, with another challenge", async () => {
    const first = await subscribe("/again", { "hub.secret": "one" });
    const second = await request("/again", { "hub.secret": "two", "hub.lease_seconds": "5000" });
    expect(second.query.get("hub.challenge")).not.toBe(first.query.get("hub.challenge"));
    expect(second.query.get("hub.lease_seconds")).toBe("5000");
    await untilAnswersAreRecorded();
    const words = await publish();
    const { body, headers } = await untilDelivered("/again", words);
    expect(headers["x-hub-signature"]).toBe(`sha256=${createHmac("sha256", "two").update(body).digest("hex")}`);
    await untilDeliveredToAll(words);
    expect(posts("/again")).toHaveLength(1);
  });

  it.each([
    ["/atom.xml", "application/atom+xml; charset=utf-8"],
    ["/feed.json", "application/feed+json; charset=utf-8"],
    ["/tags/iraq/rss.xml", "application/rss+xml; charset=utf-8"],
    ["/summaries/feed.json", "application/feed+json; charset=utf-8"],
  ])("works for %s", async (path, contentType) => {
    const callback = `/topic${path}`;
    await subscribe(callback, { "hub.topic": topic(path) });
    const name = `news-${stories}`;
    await publish();
    const { headers, body } = await untilDelivered(callback, name);
    expect(headers["content-type"]).toBe(contentType);
    expect(body.toString()).toBe((await untilServed(name, path)).text);
  });

  it.each(["/wrong", "/longer", "/refusing", "/redirecting-verification"])(
    "does not come about if the callback is %s",
    async (callback) => {
      const before = await countSubscribers();
      await request(callback);
      await untilAnswersAreRecorded();
      expect(await countSubscribers()).toBe(before);
      await untilDeliveredToAll(await publish());
      expect(posts(callback)).toEqual([]);
    },
  );

  it("ends with its lease", async () => {
    const before = await countSubscribers();
    await request("/short", { "hub.lease_seconds": "1" });
    // Now there is one more, or was: its lease may be over before anybody looks.
    await untilAnswersAreRecorded();
    await untilSubscribers(before);
    await untilDeliveredToAll(await publish());
    expect(posts("/short")).toEqual([]);
  });

  it("ends when the subscriber says so, and only then", async () => {
    const before = await countSubscribers();
    await subscribe("/ending");
    const { query } = await request("/ending", { "hub.mode": "unsubscribe" });
    expect(query.get("hub.mode")).toBe("unsubscribe");
    expect(query.has("hub.lease_seconds")).toBe(false);
    await untilSubscribers(before);
    await untilDeliveredToAll(await publish());
    expect(posts("/ending")).toEqual([]);
  });
});

describe("a request that the hub refuses", () => {
  it.each<[string, Readonly<Record<string, string>>, number, RegExp]>([
    ["no mode", { "hub.mode": "" }, 400, /hub\.mode/],
    ["no topic", { "hub.topic": "" }, 400, /hub\.topic is missing/],
    ["no callback", { "hub.callback": "" }, 400, /hub\.callback is missing/],
    ["somebody else's topic", { "hub.topic": "https://example.com/rss.xml" }, 400, /a feed of this site/],
    ["a lease that is no number", { "hub.lease_seconds": "long" }, 400, /whole number/],
    ["a secret of 200 bytes", { "hub.secret": "x".repeat(200) }, 400, /less than 200 bytes/],
    ["a callback on another machine", { "hub.callback": "https://example.com/" }, 400, /on this machine/],
  ])("%s", async (_, wrong, status, text) => {
    const response = await hub.ask(form("/never", wrong));
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(await response.text()).toMatch(text);
  });

  it.each(["/rss.xml?x", "/rss.xml#x", "//rss.xml", "/archive/1/rss.xml", "/feed", "/", "/api/items", "/%72ss.xml"])(
    "the topic %s",
    async (path) => {
      expect((await hub.ask(form("/never", { "hub.topic": topic(path) }))).status).toBe(400);
    },
  );

  it("a feed that does not exist", async () => {
    expect((await hub.ask(form("/never", { "hub.topic": topic("/tags/none/rss.xml") }))).status).toBe(404);
  });

  it("JSON", async () => {
    const response = await ask(`${hub.url()}/hub`, { method: "POST", body: "{}" });
    expect(response.status).toBe(415);
  });

  it("a GET", async () => {
    const response = await ask(`${hub.url()}/hub`);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
  });
});

describe("rssCloud", () => {
  const pleaseNotify = (path: string, more: Readonly<Record<string, string>> = {}): Promise<Response> => {
    const { hostname, port } = new URL(subscribers.url);
    const form = { protocol: "http-post", domain: hostname, port, path, url1: topic(), ...more };
    return ask(`${hub.url()}/rsscloud/pleaseNotify`, { method: "POST", body: new URLSearchParams(form) });
  };

  it("is offered by RSS", async () => {
    const feed = await (await ask(topic())).text();
    const { hostname, port } = new URL(hub.url());
    expect(feed).toContain(
      `<cloud domain="${hostname}" port="${port}" path="/rsscloud/pleaseNotify" registerProcedure="" protocol="http-post"/>`,
    );
  });

  it("is verified with a challenge, and then told once of each change which feed it is", async () => {
    const topics = [topic(), topic("/tags/iraq/atom.xml")].toSorted();
    const before = await Promise.all(topics.map(countSubscribers));
    const response = await pleaseNotify("/cloud", { url2: topic("/tags/iraq/atom.xml") });
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(
      /^<\?xml [^>]*>\n<notifyResult success="true" msg="[^"]+25 hours[^"]+"\/>\n$/,
    );
    const asked = await eventually(async () => nth(verifications("/cloud"), 2) && verifications("/cloud"));
    expect(asked.map(({ query }) => query.get("url")).toSorted()).toEqual(topics);
    for (const [index, url] of topics.entries()) await untilSubscribers((before[index] ?? 0) + 1, url);
    await publish();
    await eventually(async () => nth(posts("/cloud"), 2));
    for (const url of topics) await untilNothingIsPending(url);
    expect(
      posts("/cloud")
        .map(({ body }) => new URLSearchParams(body.toString()).get("url"))
        .toSorted(),
    ).toEqual(topics);
  });

  it.each<[string, Readonly<Record<string, string>>, number, RegExp]>([
    ["soap", { protocol: "soap" }, 400, /success="false" msg="protocol must be/],
    [
      "another site's feed",
      { url1: "https://example.com/?a&b<c>" },
      400,
      /msg="Feed 1: The topic must be the address of a feed of this site/,
    ],
    ["a feed that does not exist", { url1: "/tags/none/rss.xml" }, 404, /no such feed/],
    ["another machine", { domain: "example.com", port: "80" }, 400, /on this machine/],
    ["a user name", { domain: "user:pw@localhost" }, 400, /domain must be a host name/],
  ])("refuses %s", async (_, wrong, status, text) => {
    const url1 = wrong.url1?.startsWith("/") ? { url1: topic(wrong.url1) } : {};
    const response = await pleaseNotify("/never", { ...wrong, ...url1 });
    expect([response.status, response.headers.get("content-type")]).toEqual([status, "text/xml; charset=utf-8"]);
    expect(await response.text()).toMatch(text);
    expect(subscribers.requestsAt("/never")).toEqual([]);
  });
});

describe("delivering", () => {
  it("tries again if it fails, until it works", async () => {
    await subscribe("/failing");
    const words = await publish();
    const last = await eventually(async () => nth(posts("/failing"), 3));
    expect(last.body.toString()).toContain(words);
    await untilDeliveredToAll(words);
    expect(posts("/failing")).toHaveLength(3);
  });

  it("counts a redirect as a failure, and does not follow it", async () => {
    await subscribe("/redirecting");
    await publish();
    await eventually(async () => nth(posts("/redirecting"), 2));
    expect(subscribers.requestsAt("/elsewhere")).toEqual([]);
    await end(`${subscribers.url}/redirecting`);
  });

  it("ends the subscription of a callback that answers 410", async () => {
    const before = await countSubscribers();
    await subscribe("/leaving");
    await publish();
    await eventually(async () => nth(posts("/leaving")));
    await untilSubscribers(before);
    await untilDeliveredToAll(await publish());
    expect(posts("/leaving")).toHaveLength(1);
  });

  it("sends nothing if nothing has changed", async () => {
    await untilDeliveredToAll(await publish());
    const before = posts(STEADY).length;
    await untilChecked(async () => {
      expect((await hub.ask({ "hub.mode": "publish", "hub.url": topic() })).status).toBe(202);
    });
    await untilChecked(async () => {
      expect((await hub.api("PUT", "/api/items/hidden", story("hidden", { draft: true }))).status).toBe(201);
    });
    await untilNothingIsPending();
    expect(posts(STEADY)).toHaveLength(before);
    await untilDeliveredToAll(await publish());
    expect(posts(STEADY)).toHaveLength(before + 1);
  });

  it("does not send a story that was taken back before it was delivered", async () => {
    const put = (front: Readonly<Record<string, unknown>>) =>
      hub.api("PUT", "/api/items/leak", story("leak", { tags: ["Leak"], ...front }, "What leaked."));
    await put({});
    await untilServed("What leaked.", "/tags/leak/rss.xml");
    await subscribe("/taken-back", { "hub.topic": topic("/tags/leak/rss.xml") });
    await put({ title: "Corrected" });
    await eventually(async () => nth(posts("/taken-back")));
    expect((await put({ draft: true })).status).toBe(200);
    await untilNothingIsPending(topic("/tags/leak/rss.xml"));
    // One batch is delivered after another: one that was under way has ended by then.
    await untilDeliveredToAll(await publish());
    isRefusing = false;
    const refused = posts("/taken-back").length;
    await untilDeliveredToAll(await publish());
    expect((await statusOf(topic("/tags/leak/rss.xml"))).pending).toBe(0);
    expect(posts("/taken-back")).toHaveLength(refused);
    await put({ title: "Published after all" });
    const delivered = await eventually(async () => nth(posts("/taken-back"), refused + 1));
    expect(delivered.body.toString()).toContain("Published after all");
  });

  it("sends a withdrawal, and a story whose embargo lifts", async () => {
    const before = posts(STEADY).length;
    expect((await hub.api("DELETE", "/api/items/first?reason=It+was+wrong.")).status).toBe(200);
    await untilDeliveredToAll("It was wrong.");
    expect(posts(STEADY)).toHaveLength(before + 1);
    const at = new Date(Math.ceil(Date.now() / 1000) * 1000 + 2000).toISOString();
    await hub.api("PUT", "/api/items/soon", story("soon", { published: at }, "It lifts."));
    const lifted = await untilDelivered(STEADY, "It lifts.");
    await untilNothingIsPending();
    expect(posts(STEADY)).toHaveLength(before + 2);
    expect(lifted.at).toBeGreaterThanOrEqual(Date.parse(at));
  });
});

describe("the publisher", () => {
  const command = (text: string) =>
    run(hub.workplace, `PUBLISH_TOKEN=${hub.token()} npm run --silent hub -- ${text} --to ${hub.url()}`);

  it("sees who has subscribed, what was delivered and what fails, and no secret", async () => {
    await subscribe("/failing-status", { "hub.topic": topic("/atom.xml"), "hub.secret": "never-shown" });
    await publish();
    await eventually(async () => nth(posts("/failing-status"), 2));
    const text = await (await hub.api("GET", "/api/subscriptions")).text();
    const { topics }: { topics: readonly Readonly<Record<string, unknown>>[] } = JSON.parse(text);
    expect(topics.find((one) => one.topic === topic("/atom.xml"))).toMatchObject({
      subscribers: 2,
      failures: [{ callback: `${subscribers.url}/failing-status`, reason: "the callback answers 503" }],
    });
    expect(text).not.toContain("never-shown");
    expect(command("status").output).toContain("/failing-status: the callback answers 503;");
    expect(hub.output()).not.toContain("never-shown");
    await end(`${subscribers.url}/failing-status`, topic("/atom.xml"));
  });

  it("has the last edition sent again", async () => {
    await untilDeliveredToAll(await publish());
    const before = posts("/steady").length;
    const { status, output } = command(`replay ${topic()} ${subscribers.url}/steady`);
    expect([status, output]).toEqual([0, "Subscribers that get the last edition again: 1.\n"]);
    const again = await eventually(async () => nth(posts("/steady"), before + 1));
    expect(again.body.toString()).toBe(posts("/steady").at(-2)?.body.toString());
  });

  it("is told if there is nothing to send again", async () => {
    expect(command(`replay ${topic("/feed.json")}`)).toMatchObject({ status: 0, output: "No delivery has failed.\n" });
    expect(command(`replay ${topic("/tags/nobody/rss.xml")}`)).toMatchObject({
      status: 1,
      output: expect.stringContaining("Nobody has subscribed to this feed."),
    });
    expect(command(`status ${topic()}`)).toMatchObject({ status: 1, output: expect.stringContaining("Usage:") });
    expect(command(`replay ${topic()} ${subscribers.url}/nobody`)).toMatchObject({
      status: 1,
      output: expect.stringContaining("There is no such subscription"),
    });
  });

  it("ends a subscription, which the subscriber is told", async () => {
    expect(command(`drop ${topic()} ${subscribers.url}/steady`)).toMatchObject({
      status: 0,
      output: "Subscriptions ended: 1.\n",
    });
    const { query } = await eventually(async () =>
      nth(subscribers.requestsAt("/steady").filter((call) => call.query.get("hub.mode") === "denied")),
    );
    expect(query.get("hub.reason")).toBe("The publisher ended this subscription.");
    expect(command(`drop ${topic()} ${subscribers.url}/steady`)).toMatchObject({
      status: 1,
      output: expect.stringContaining("There is no such subscription."),
    });
  });

  it.each([
    ["GET", "/api/subscriptions"],
    ["DELETE", "/api/subscriptions?topic=x"],
    ["POST", "/api/subscriptions?topic=x"],
  ])("only, and nobody else: %s %s", async (method, path) => {
    const headers = { authorization: "Bearer nobody", connection: "close" };
    const response = await fetch(hub.url() + path, { method, headers });
    expect(response.status).toBe(401);
  });
});

describe("docs/push.md", () => {
  it("has a subscriber that works as it says", async () => {
    const [, code = ""] =
      /```js\n(.*?)```/s.exec(readFileSync(join(hub.workplace.folder, "docs/push.md"), "utf8")) ?? [];
    const port = await freePort();
    const file = join(hub.workplace.folder, "subscriber.mjs");
    writeFileSync(file, code.replace("9000", String(port)));
    const subscriber = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    subscriber.stdout.on("data", (chunk) => {
      output += chunk;
    });
    const callback = `http://localhost:${port}/`;
    await eventually(async () => ((await fetch(callback).catch(() => undefined)) ? true : undefined));
    const before = await countSubscribers();
    await hub.ask({ ...form("", { "hub.secret": "open sesame" }), "hub.callback": callback });
    await untilSubscribers(before + 1);
    await publish();
    await eventually(async () => (/^delivered \d+ bytes$/m.test(output) ? true : undefined));
    await end(callback);
    subscriber.kill();
  });
});

describe("a deployment", () => {
  it("is delivered if it changes a feed, without a story being written", async () => {
    await subscribe("/deployed");
    const siteFile = join(hub.workplace.folder, "content/site.yaml");
    await hub.killAndStart(() =>
      writeFileSync(siteFile, readFileSync(siteFile, "utf8").replace(/^title: .*$/m, "title: The Redeployed Courier")),
    );
    const delivery = await eventually(async () => nth(posts("/deployed")));
    expect(delivery.body.toString()).toContain("<title>The Redeployed Courier</title>");
  });
});

describe("a hub that soon loses patience", () => {
  it("does not wait for a slow callback, and gives it up in the end with a reason", async () => {
    for (const callback of ["/patient", "/slow"]) await subscribe(callback);
    await hub.killAndStart(() => hub.setVariables({ HUB_TIME_OUT: "2", HUB_CLAIM: "20", HUB_GIVE_UP_AFTER: "3" }));
    await untilDelivered("/patient", await publish());
    const denied = await eventually(async () =>
      nth(subscribers.requestsAt("/slow").filter(({ query }) => query.get("hub.mode") === "denied")),
    );
    expect(denied.query.get("hub.topic")).toBe(topic());
    expect(denied.query.get("hub.reason")).toMatch(/could be delivered since .*in time/);
  });
});
