import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { story } from "../fixtures/publication.ts";
import { type RunningHub, startHub } from "./running-hub.ts";
import { acceptAll, type ReceivedRequest, type Reply, type Subscribers, startSubscribers } from "./subscribers.ts";
import { eventually, freePort, run } from "./workplace.ts";

// The hub in real workerd, with real subscribers on loopback.

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
  "/slow": (call) => (call.method === "GET" ? acceptAll(call) : { status: 200, after: 5000 }),
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
    HUB_TIME_OUT: "2",
    HUB_CLAIM: "20",
    HUB_GIVE_UP_AFTER: "6",
    REVISION_SECONDS: "0",
  });
  expect((await hub.api("PUT", "/api/items/first", story("first", { tags: ["Iraq"] }))).status).toBe(201);
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

/** Subscribes, and waits until the callback was asked to confirm that. Returns that request. */
const subscribe = async (callback: string, more: Readonly<Record<string, string>> = {}): Promise<ReceivedRequest> => {
  const path = callback.replace(/\?.*$/, "");
  const before = verifications(path).length;
  const response = await hub.ask(form(callback, more));
  expect([response.status, await response.text()]).toEqual([202, ""]);
  return eventually(async () => nth(verifications(path), before + 1));
};

const pause = (milliseconds = 400) => new Promise((done) => setTimeout(done, milliseconds));

let stories = 0;

/** Publishes a story, and returns words that are in it. */
const publish = async (): Promise<string> => {
  const name = `news-${stories++}`;
  const words = `Words of ${name}.`;
  expect((await hub.api("PUT", `/api/items/${name}`, story(name, { tags: ["Iraq"] }, words))).status).toBe(201);
  return words;
};

describe("subscribing", () => {
  it("is verified with a random challenge, and then every story is delivered as readers get it", async () => {
    const { query } = await subscribe("/typical");
    expect(query.get("hub.mode")).toBe("subscribe");
    expect(query.get("hub.topic")).toBe(topic());
    expect(query.get("hub.lease_seconds")).toBe("864000");
    expect(query.get("hub.challenge")).toMatch(/^[\w-]{32}$/);
    await pause();
    const words = await publish();
    const delivery = await eventually(async () => nth(posts("/typical")));
    const feed = await fetch(topic(), { headers: { connection: "close" } });
    expect(delivery.body.toString()).toBe(await feed.text());
    expect(delivery.body.toString()).toContain(words);
    expect(delivery.headers["content-type"]).toBe(feed.headers.get("content-type"));
    expect(delivery.headers.link).toBe(`<${hub.url()}/hub>; rel="hub", <${topic()}>; rel="self"`);
    expect(delivery.headers["x-hub-signature"]).toBeUndefined();
  });

  it("with a secret has deliveries signed with it", async () => {
    await subscribe("/secret", { "hub.secret": "open sesame" });
    await pause();
    await publish();
    const { body, headers } = await eventually(async () => nth(posts("/secret")));
    expect(headers["x-hub-signature"]).toBe(`sha256=${createHmac("sha256", "open sesame").update(body).digest("hex")}`);
  });

  it("keeps the callback's own query, and ignores unknown parameters", async () => {
    const { path } = await subscribe("/query?mine=1&also=a%20b", { "hub.unknown": "x", other: "y" });
    expect(path).toMatch(/^\/query\?mine=1&also=a%20b&hub\.mode=subscribe&/);
    await pause();
    await publish();
    expect((await eventually(async () => nth(posts("/query")))).path).toBe("/query?mine=1&also=a%20b");
  });

  it("again renews it: one delivery a story, under the new secret, with another challenge", async () => {
    const first = await subscribe("/again", { "hub.secret": "one" });
    const second = await subscribe("/again", { "hub.secret": "two", "hub.lease_seconds": "5000" });
    expect(second.query.get("hub.challenge")).not.toBe(first.query.get("hub.challenge"));
    expect(second.query.get("hub.lease_seconds")).toBe("5000");
    await pause();
    await publish();
    const { body, headers } = await eventually(async () => nth(posts("/again")));
    expect(headers["x-hub-signature"]).toBe(`sha256=${createHmac("sha256", "two").update(body).digest("hex")}`);
    await pause();
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
    await pause();
    await publish();
    const { headers, body } = await eventually(async () => nth(posts(callback)));
    expect(headers["content-type"]).toBe(contentType);
    expect(body.toString()).toBe(await (await fetch(topic(path), { headers: { connection: "close" } })).text());
  });

  it.each(["/wrong", "/longer", "/refusing", "/redirecting-verification"])(
    "does not come about if the callback is %s",
    async (callback) => {
      await subscribe(callback);
      await pause();
      await publish();
      await subscribe("/witness");
      await pause(1000);
      expect(posts(callback)).toEqual([]);
    },
  );

  it("ends with its lease", async () => {
    await subscribe("/short", { "hub.lease_seconds": "1" });
    await pause(1500);
    await publish();
    await pause(1000);
    expect(posts("/short")).toEqual([]);
  });

  it("ends when the subscriber says so, and only then", async () => {
    await subscribe("/ending");
    await pause();
    await subscribe("/ending", { "hub.mode": "unsubscribe" });
    const asked = verifications("/ending").at(-1);
    expect(asked?.query.get("hub.mode")).toBe("unsubscribe");
    expect(asked?.query.has("hub.lease_seconds")).toBe(false);
    await pause();
    await publish();
    await pause(1000);
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
    const response = await fetch(`${hub.url()}/hub`, { method: "POST", body: "{}" });
    expect(response.status).toBe(415);
  });

  it("a GET", async () => {
    const response = await fetch(`${hub.url()}/hub`);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
  });
});

describe("rssCloud", () => {
  const pleaseNotify = (path: string, more: Readonly<Record<string, string>> = {}): Promise<Response> => {
    const { hostname, port } = new URL(subscribers.url);
    const form = { protocol: "http-post", domain: hostname, port, path, url1: topic(), ...more };
    return fetch(`${hub.url()}/rsscloud/pleaseNotify`, { method: "POST", body: new URLSearchParams(form) });
  };

  it("is offered by RSS", async () => {
    const feed = await (await fetch(topic())).text();
    const { hostname, port } = new URL(hub.url());
    expect(feed).toContain(
      `<cloud domain="${hostname}" port="${port}" path="/rsscloud/pleaseNotify" registerProcedure="" protocol="http-post"/>`,
    );
  });

  it("is verified with a challenge, and then told once of each change which feed it is", async () => {
    const response = await pleaseNotify("/cloud", { url2: topic("/tags/iraq/atom.xml") });
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(
      /^<\?xml [^>]*>\n<notifyResult success="true" msg="[^"]+25 hours[^"]+"\/>\n$/,
    );
    const asked = await eventually(async () => nth(verifications("/cloud"), 2) && verifications("/cloud"));
    expect(asked.map(({ query }) => query.get("url")).toSorted()).toEqual(
      [topic(), topic("/tags/iraq/atom.xml")].toSorted(),
    );
    await pause();
    await publish();
    await eventually(async () => nth(posts("/cloud"), 2));
    await pause();
    expect(
      posts("/cloud")
        .map(({ body }) => new URLSearchParams(body.toString()).get("url"))
        .toSorted(),
    ).toEqual([topic(), topic("/tags/iraq/atom.xml")].toSorted());
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
  beforeAll(async () => {
    await subscribe("/steady");
    await pause();
  });

  it("tries again if it fails, until it works", async () => {
    await subscribe("/failing");
    await pause();
    const words = await publish();
    const last = await eventually(async () => nth(posts("/failing"), 3));
    expect(last.body.toString()).toContain(words);
    await pause(1500);
    expect(posts("/failing")).toHaveLength(3);
  });

  it("counts a redirect as a failure, and does not follow it", async () => {
    await subscribe("/redirecting");
    await pause();
    await publish();
    await eventually(async () => nth(posts("/redirecting"), 2));
    expect(subscribers.requestsAt("/elsewhere")).toEqual([]);
  });

  it("ends the subscription of a callback that answers 410", async () => {
    await subscribe("/leaving");
    await pause();
    await publish();
    await eventually(async () => nth(posts("/leaving")));
    await pause();
    await publish();
    await pause(1000);
    expect(posts("/leaving")).toHaveLength(1);
  });

  it("does not wait for a slow callback, and gives it up in the end with a reason", async () => {
    await subscribe("/slow");
    await pause();
    const before = posts("/steady").length;
    await publish();
    await eventually(async () => nth(posts("/steady"), before + 1));
    const denied = await eventually(async () =>
      nth(subscribers.requestsAt("/slow").filter(({ query }) => query.get("hub.mode") === "denied")),
    );
    expect(denied.query.get("hub.topic")).toBe(topic());
    expect(denied.query.get("hub.reason")).toMatch(/could be delivered since .*in time/);
  });

  it("sends nothing if nothing has changed", async () => {
    await pause(1000);
    const before = posts("/steady").length;
    expect((await hub.ask({ "hub.mode": "publish", "hub.url": topic() })).status).toBe(202);
    await hub.api("PUT", "/api/items/hidden", story("hidden", { draft: true }));
    await pause(1500);
    expect(posts("/steady")).toHaveLength(before);
  });

  it("does not send a story that was taken back before it was delivered", async () => {
    const put = (front: Readonly<Record<string, unknown>>) =>
      hub.api("PUT", "/api/items/leak", story("leak", { tags: ["Leak"], ...front }, "What leaked."));
    await put({});
    await subscribe("/taken-back", { "hub.topic": topic("/tags/leak/rss.xml") });
    await pause();
    await put({ title: "Corrected" });
    await eventually(async () => nth(posts("/taken-back")));
    expect((await put({ draft: true })).status).toBe(200);
    await pause(1000);
    isRefusing = false;
    const refused = posts("/taken-back").length;
    await pause(3000);
    expect(posts("/taken-back")).toHaveLength(refused);
    await put({ title: "Published after all" });
    const delivered = await eventually(async () => nth(posts("/taken-back"), refused + 1));
    expect(delivered.body.toString()).toContain("Published after all");
  });

  it("sends a withdrawal, and a story whose embargo lifts", async () => {
    const before = posts("/steady").length;
    expect((await hub.api("DELETE", "/api/items/first?reason=It+was+wrong.")).status).toBe(200);
    const told = await eventually(async () => nth(posts("/steady"), before + 1));
    expect(told.body.toString()).toContain("It was wrong.");
    const at = new Date(Math.ceil(Date.now() / 1000) * 1000 + 2000).toISOString();
    await hub.api("PUT", "/api/items/soon", story("soon", { published: at }, "It lifts."));
    const lifted = await eventually(async () => nth(posts("/steady"), before + 2));
    expect(lifted.body.toString()).toContain("It lifts.");
    expect(lifted.at).toBeGreaterThanOrEqual(Date.parse(at));
  });
});

describe("the publisher", () => {
  const command = (text: string) =>
    run(hub.workplace, `PUBLISH_TOKEN=${hub.token()} npm run --silent hub -- ${text} --to ${hub.url()}`);

  it("sees who has subscribed, what was delivered and what fails, and no secret", async () => {
    await subscribe("/failing-status", { "hub.topic": topic("/atom.xml"), "hub.secret": "never-shown" });
    await pause();
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
  });

  it("has the last edition sent again", async () => {
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
    const response = await fetch(hub.url() + path, { method, headers: { authorization: "Bearer nobody" } });
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
    await hub.ask({ ...form("", { "hub.secret": "open sesame" }), "hub.callback": callback });
    await pause(1000);
    await publish();
    await eventually(async () => (/^delivered \d+ bytes$/m.test(output) ? true : undefined));
    subscriber.kill();
  });
});

describe("a deployment", () => {
  it("is delivered if it changes a feed, without a story being written", async () => {
    await subscribe("/deployed");
    await pause();
    const siteFile = join(hub.workplace.folder, "content/site.yaml");
    await hub.killAndStart(() =>
      writeFileSync(siteFile, readFileSync(siteFile, "utf8").replace(/^title: .*$/m, "title: The Redeployed Courier")),
    );
    const delivery = await eventually(async () => nth(posts("/deployed")));
    expect(delivery.body.toString()).toContain("<title>The Redeployed Courier</title>");
  });
});
