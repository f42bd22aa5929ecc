import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Outbound } from "../../../src/outbound/outbound.ts";
import { createOutbound } from "../../../src/outbound/outbound.ts";
import { deliver } from "../../../src/push/delivery/deliver.ts";
import type { Payload } from "../../../src/push/protocol/protocol.ts";
import type { DeliveryOutcome } from "../../../src/push/rpc.ts";
import { type ReceivedRequest, type Reply, type Subscribers, startSubscribers } from "../../end-to-end/subscribers.ts";

/** No machine takes as long as the time-out; that one is tested with a callback that never answers. */
const outbound = createOutbound("http://localhost:8787", { fetch, timeoutMs: 3_600_000, userAgent: "Tests" });

const payload: Payload = {
  etag: 'W/"1"',
  topic: "http://localhost:8787/rss.xml",
  hubUrl: "http://localhost:8787/hub",
  contentType: "application/rss+xml; charset=utf-8",
  // Not what a decoder and an encoder would give back: a BOM, NUL, half a letter.
  body: Uint8Array.from([0xef, 0xbb, 0xbf, 0x3c, 0x00, 0xff, 0xc3, 0x0d, 0x0a]),
};

const moved = (status: number): Reply => ({ status, headers: { location: "/elsewhere" } });

const retryAfter = (status: number, after: string): Reply => ({ status, headers: { "retry-after": after } });

/** What the subscriber at each path answers; those at other paths accept what they get. */
const replies: Readonly<Record<string, Reply>> = {
  "/200": { status: 200, body: "Thank you." },
  "/201": { status: 201 },
  "/202": { status: 202 },
  "/299": { status: 299 },
  "/gone": { status: 410, body: "No more." },
  "/301": moved(301),
  "/302": moved(302),
  "/303": moved(303),
  "/307": moved(307),
  "/308": moved(308),
  "/304": { status: 304 },
  "/400": { status: 400 },
  "/404": { status: 404, body: "x".repeat(100_000) },
  "/413": { status: 413 },
  "/500": { status: 500 },
  "/wait": retryAfter(503, "120"),
  "/wait-429": retryAfter(429, "7"),
  "/wait-long": retryAfter(503, "99999999"),
  "/wait-for-ever": retryAfter(503, "Infinity"),
  "/wait-not": retryAfter(503, "0"),
  "/wait-negative": retryAfter(503, "-5"),
  "/wait-oddly": retryAfter(503, "soon"),
  "/wait-until": {
    status: 503,
    headers: { date: "Sun, 22 Nov 2026 08:00:00 GMT", "retry-after": "Sun, 22 Nov 2026 08:02:00 GMT" },
  },
  "/wait-until-then": retryAfter(503, "Wed, 01 Jan 2098 00:00:00 GMT"),
  "/wait-until-past": retryAfter(503, "Sun, 01 Jan 2023 00:00:00 GMT"),
  "/slow": { status: 204, after: Number.POSITIVE_INFINITY },
};

it.each(["sha1", "sha256", "sha384", "sha512"] as const)(
  "what is signed is signed by %s if the site says so",
  async (method) => {
    const subscribers = await startSubscribers();
    const recipient = { id: 1, protocol: "websub", callback: `${subscribers.url}/signed`, secret: "sesame" } as const;
    expect(await deliver(outbound, payload, recipient, method)).toEqual({ id: 1, kind: "delivered" });
    const [delivery] = subscribers.requestsAt("/signed");
    const expected = createHmac(method, "sesame").update(payload.body).digest("hex");
    expect(delivery?.headers["x-hub-signature"]).toBe(`${method}=${expected}`);
    expect(delivery?.headers["user-agent"]).toBe("Tests");
    await subscribers.close();
  },
);

describe("delivering", () => {
  let subscribers: Subscribers;

  beforeAll(async () => {
    subscribers = await startSubscribers(({ path }: ReceivedRequest): Reply => replies[path] ?? { status: 204 });
  });

  afterAll(() => subscribers.close());

  const deliverTo = (callback: string, secret?: string): Promise<DeliveryOutcome> =>
    deliver(
      outbound,
      payload,
      {
        id: 7,
        protocol: "websub",
        callback: subscribers.url + callback,
        ...(secret !== undefined && { secret }),
      },
      "sha256",
    );

  it("posts the very bytes, with their type and links to hub and topic", async () => {
    expect(await deliverTo("/typical?own=a%20b&x")).toEqual({ id: 7, kind: "delivered" });
    const [call, ...others] = subscribers.requestsAt("/typical");
    expect(others).toEqual([]);
    expect([call?.method, call?.path]).toEqual(["POST", "/typical?own=a%20b&x"]);
    expect(call?.body).toEqual(Buffer.from(payload.body));
    const { "content-type": type, link, "content-length": length } = call?.headers ?? {};
    expect({ type, link, length }).toEqual({
      type: "application/rss+xml; charset=utf-8",
      link: '<http://localhost:8787/hub>; rel="hub", <http://localhost:8787/rss.xml>; rel="self"',
      length: "9",
    });
  });

  it("sends no more headers of its own than these, and those of the platform", async () => {
    await deliverTo("/headers", "s");
    const platform = [
      "accept",
      "accept-encoding",
      "accept-language",
      "connection",
      "host",
      "sec-fetch-mode",
      "user-agent",
    ];
    const own = Object.keys(subscribers.requestsAt("/headers")[0]?.headers ?? {}).filter(
      (name) => !platform.includes(name),
    );
    expect(own.sort()).toEqual(["content-length", "content-type", "link", "x-hub-signature"]);
  });

  it("signs with the secret, and with nothing where there is none", async () => {
    await deliverTo("/signed", "öpen sesame");
    await deliverTo("/unsigned");
    const expected = createHmac("sha256", Buffer.from("öpen sesame", "utf8")).update(payload.body).digest("hex");
    expect(subscribers.requestsAt("/signed")[0]?.headers["x-hub-signature"]).toBe(`sha256=${expected}`);
    expect(subscribers.requestsAt("/unsigned")[0]?.headers).not.toHaveProperty("x-hub-signature");
  });

  it.each(["/200", "/201", "/202", "/204", "/299"])("is done if the callback answers %s", async (callback) => {
    expect(await deliverTo(callback)).toEqual({ id: 7, kind: "delivered" });
  });

  it("reports that a callback wants no more", async () => {
    expect(await deliverTo("/gone")).toEqual({ id: 7, kind: "gone" });
  });

  it.each(["301", "302", "303", "304", "307", "308", "400", "404", "413", "500"])(
    "has failed if the callback answers %s",
    async (status) => {
      const reason = `the callback answers ${status}`;
      expect(await deliverTo(`/${status}`)).toEqual({ id: 7, kind: "failed", reason });
    },
  );

  it("follows no redirect", async () => {
    await Promise.all([301, 302, 303, 307, 308].map((status) => deliverTo(`/${status}`)));
    expect(subscribers.requestsAt("/elsewhere")).toEqual([]);
  });

  it.each<[string, string, number | undefined]>([
    ["/wait", "503", 120_000],
    ["/wait-429", "429", 7000],
    ["/wait-long", "503", 86_400_000],
    ["/wait-for-ever", "503", undefined],
    ["/wait-not", "503", undefined],
    ["/wait-negative", "503", undefined],
    ["/wait-oddly", "503", undefined],
    ["/wait-until", "503", 120_000],
    ["/wait-until-then", "503", 86_400_000],
    ["/wait-until-past", "503", undefined],
  ])("reports how long it is asked to wait, a day at most: %s", async (callback, status, retryAfterMs) => {
    const reason = `the callback answers ${status}`;
    const waiting = retryAfterMs === undefined ? {} : { retryAfterMs };
    expect(await deliverTo(callback)).toEqual({ id: 7, kind: "failed", reason, ...waiting });
  });

  it("does not wait for a callback that is slow", async () => {
    const recipient = { id: 7, protocol: "websub", callback: `${subscribers.url}/slow` } as const;
    const outcome = await deliver({ ...outbound, timeoutMs: 300 }, payload, recipient, "sha256");
    expect(outcome).toEqual({ id: 7, kind: "failed", isTimeout: true, reason: "the callback does not answer in time" });
  });

  it("only says which feed has changed over rssCloud", async () => {
    const recipient = { id: 7, protocol: "rsscloud", callback: `${subscribers.url}/cloud?own=1` } as const;
    expect(await deliver(outbound, payload, recipient, "sha256")).toEqual({ id: 7, kind: "delivered" });
    const [call, ...others] = subscribers.requestsAt("/cloud");
    expect(others).toEqual([]);
    expect([call?.method, call?.path]).toEqual(["POST", "/cloud?own=1"]);
    expect(call?.headers["content-type"]).toMatch(/^application\/x-www-form-urlencoded/);
    expect([...new URLSearchParams(call?.body.toString())]).toEqual([["url", payload.topic]]);
    expect(call?.headers.link).toBeUndefined();
  });

  it("reports that nobody listens", async () => {
    const closed = await startSubscribers();
    await closed.close();
    const outcome = await deliver(
      outbound,
      payload,
      {
        id: 1,
        protocol: "websub",
        callback: closed.url,
        secret: "very secret",
      },
      "sha256",
    );
    expect(outcome).toEqual({
      id: 1,
      kind: "failed",
      reason: expect.stringMatching(/^the callback can't be reached: /),
    });
    expect(JSON.stringify(outcome)).not.toContain("very secret");
  });

  it.each<[string, unknown, object]>([
    ["it failed", new TypeError("x"), { reason: "the callback can't be reached: TypeError: x" }],
    [
      "the reason is as long as may be",
      "x".repeat(269),
      { reason: `the callback can't be reached: ${"x".repeat(269)}` },
    ],
    ["there is more to say", "x".repeat(270), { reason: `the callback can't be reached: ${"x".repeat(269)}` }],
    [
      "the time was up",
      new DOMException("", "TimeoutError"),
      { reason: "the callback does not answer in time", isTimeout: true },
    ],
  ])("says in three hundred characters why there was no answer: %s", async (_, error, expected) => {
    const failing = { ...outbound, fetch: () => Promise.reject(error) };
    const recipient = { id: 3, protocol: "websub", callback: "http://localhost:9/" } as const;
    expect(await deliver(failing, payload, recipient, "sha256")).toEqual({ id: 3, kind: "failed", ...expected });
  });

  it("reports that the connection broke", async () => {
    const server = createServer((request) => request.socket.destroy());
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    if (typeof address !== "object" || address === null) throw new Error("no port");
    const outcome = await deliver(
      outbound,
      payload,
      {
        id: 1,
        protocol: "websub",
        callback: `http://127.0.0.1:${address.port}/`,
      },
      "sha256",
    );
    server.close();
    expect(outcome).toMatchObject({ kind: "failed", reason: expect.stringMatching(/can't be reached/) });
  });

  it("does not read the answer's body to its end", async () => {
    const server = createServer((_, response) => {
      response.writeHead(200);
      response.write("x");
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    if (typeof address !== "object" || address === null) throw new Error("no port");
    const outcome = await deliver(
      outbound,
      payload,
      {
        id: 1,
        protocol: "websub",
        callback: `http://127.0.0.1:${address.port}/`,
      },
      "sha256",
    );
    server.closeAllConnections();
    server.close();
    expect(outcome).toEqual({ id: 1, kind: "delivered" });
  });

  it.each<[string, RegExp]>([
    ["http://169.254.169.254/", /^the callback must be on this machine/],
    ["http://user:pw@localhost/", /^the callback must not hold a user name/],
    ["http://127.1/", /^the callback must have its host/],
  ])("sends nothing to %s, even if it has subscribed", async (callback, reason) => {
    const outcome = await deliver(outbound, payload, { id: 1, protocol: "websub", callback }, "sha256");
    expect(outcome).toEqual({ id: 1, kind: "failed", reason: expect.stringMatching(reason) });
  });

  it("sends nothing while it can't be told where a name leads", async () => {
    const unsure: Outbound = { ...outbound, check: () => Promise.reject(new Error("SERVFAIL".repeat(100))) };
    const outcome = await deliver(
      unsure,
      payload,
      {
        id: 1,
        protocol: "websub",
        callback: `${subscribers.url}/unsure`,
      },
      "sha256",
    );
    expect(outcome).toEqual({ id: 1, kind: "unchecked" });
    expect(subscribers.requestsAt("/unsure")).toEqual([]);
  });
});
