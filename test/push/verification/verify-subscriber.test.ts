import { createServer, type ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createOutbound, type Outbound } from "../../../src/outbound/outbound.ts";
import type { Intent } from "../../../src/push/protocol/protocol.ts";
import type { VerificationAnswer } from "../../../src/push/rpc.ts";
import { sendDenial, verifyIntent } from "../../../src/push/verification/verify-subscriber.ts";
import {
  acceptAll,
  type ReceivedRequest,
  type Reply,
  type Subscribers,
  startSubscribers,
} from "../../end-to-end/subscribers.ts";

const TOPIC = "http://localhost:8787/tags/a%20b/rss.xml";
const CHALLENGE = "Pq3-x_0123456789abcdefghijklmnop";

/** No machine takes as long as the time-out; that one is tested with callbacks that never answer. */
const outbound = createOutbound("http://localhost:8787", { fetch, timeoutMs: 3_600_000, userAgent: "Tests" });

const impatient: Outbound = { ...outbound, timeoutMs: 200 };

const websub = (callback: string) => ({ protocol: "websub", callback }) as const;

const intentTo = (mode: Intent["mode"], leaseSeconds = 1): Intent => ({ mode, topic: TOPIC, leaseSeconds });

const reply = (body: string, status = 200): Reply => ({ status, body });

/** What the subscriber at each path answers; those at other paths confirm. */
const replies: Readonly<Record<string, (call: ReceivedRequest) => Reply>> = {
  "/created": (call) => ({ ...acceptAll(call), status: 201 }),
  "/html": (call) => ({ ...acceptAll(call), headers: { "content-type": "text/html" } }),
  "/newline": (call) => reply(`${acceptAll(call).body}\n`),
  "/space": (call) => reply(` ${acceptAll(call).body}`),
  "/quoted": (call) => reply(JSON.stringify(acceptAll(call).body)),
  "/lower": (call) => reply((acceptAll(call).body ?? "").toLowerCase()),
  "/half": (call) => reply((acceptAll(call).body ?? "").slice(0, 16)),
  "/longer": (call) => reply(`${acceptAll(call).body}${"x".repeat(10_000)}`),
  "/binary": (call) => reply(`${acceptAll(call).body}\u0000`),
  "/empty": () => reply(""),
  "/other": () => reply("another challenge"),
  "/no-content": () => ({ status: 204 }),
  "/late": (call) => ({ ...acceptAll(call), after: Number.POSITIVE_INFINITY }),
  "/moved": (call) => ({ status: 301, headers: { location: `/elsewhere?${call.query}` } }),
  "/found": (call) => ({
    status: 302,
    headers: { location: `/elsewhere?${call.query}` },
    body: acceptAll(call).body ?? "",
  }),
  "/temporary": (call) => ({ status: 307, headers: { location: `/elsewhere?${call.query}` } }),
  ...Object.fromEntries(
    [400, 403, 404, 410, 429, 500, 503].map((status) => [
      `/${status}`,
      (call: ReceivedRequest) => ({ ...acceptAll(call), status }),
    ]),
  ),
};

describe("verifying intent", () => {
  let subscribers: Subscribers;

  beforeAll(async () => {
    subscribers = await startSubscribers((call) => (replies[call.path.replace(/\?.*$/, "")] ?? acceptAll)(call));
  });

  afterAll(() => subscribers.close());

  const verify = (callback: string, mode: "subscribe" | "unsubscribe" = "subscribe"): Promise<VerificationAnswer> =>
    verifyIntent(outbound, websub(subscribers.url + callback), intentTo(mode, 864_000), CHALLENGE);

  it("asks with a GET that says what is meant", async () => {
    expect(await verify("/typical?own=a%20b")).toBe("confirmed");
    const [call] = subscribers.requestsAt("/typical");
    expect([...(call?.query ?? [])]).toEqual([
      ["own", "a b"],
      ["hub.mode", "subscribe"],
      ["hub.topic", TOPIC],
      ["hub.challenge", CHALLENGE],
      ["hub.lease_seconds", "864000"],
    ]);
    expect([call?.method, call?.body.byteLength, call?.headers.cookie]).toEqual(["GET", 0, undefined]);
    expect(call?.path).toMatch(/^\/typical\?own=a%20b&hub\.mode=/);
  });

  it.each(["subscribe", "unsubscribe"] as const)(
    "to %s echoes the token of the request, if it had one",
    async (mode) => {
      const intent = { ...intentTo(mode), verifyToken: "a&b=c ü" };
      expect(await verifyIntent(outbound, websub(`${subscribers.url}/${mode}`), intent, CHALLENGE)).toBe("confirmed");
      const [call] = subscribers.requestsAt(`/${mode}`);
      expect(call?.query.get("hub.verify_token")).toBe("a&b=c ü");
    },
  );

  it("names no lease when it asks about unsubscribing", async () => {
    expect(await verify("/leaving", "unsubscribe")).toBe("confirmed");
    expect([...(subscribers.requestsAt("/leaving")[0]?.query.keys() ?? [])]).toEqual([
      ...["hub.mode", "hub.topic", "hub.challenge"],
    ]);
  });

  it.each<[string, VerificationAnswer]>([
    ["/created", "confirmed"],
    ["/html", "confirmed"],
    ["/newline", "not confirmed"],
    ["/space", "not confirmed"],
    ["/quoted", "not confirmed"],
    ["/lower", "not confirmed"],
    ["/half", "not confirmed"],
    ["/longer", "not confirmed"],
    ["/binary", "not confirmed"],
    ["/empty", "not confirmed"],
    ["/other", "not confirmed"],
    ["/no-content", "not confirmed"],
    ["/moved", "not confirmed"],
    ["/found", "not confirmed"],
    ["/temporary", "not confirmed"],
    ["/400", "not confirmed"],
    ["/403", "not confirmed"],
    ["/404", "not confirmed"],
    ["/410", "not confirmed"],
    ["/429", "no answer"],
    ["/500", "no answer"],
    ["/503", "no answer"],
  ])("is confirmed by a 2xx with the very challenge and nothing else: %s, %s", async (callback, answer) => {
    expect(await verify(callback)).toBe(answer);
  });

  it("is not confirmed by a callback that does not answer in time", async () => {
    const late = websub(`${subscribers.url}/late`);
    expect(await verifyIntent(impatient, late, intentTo("subscribe"), CHALLENGE)).toBe("hung");
  });

  it("asks over rssCloud with its own parameters", async () => {
    const verifyAt = (path: string) => {
      const subscriber = { protocol: "rsscloud", callback: subscribers.url + path } as const;
      return verifyIntent(outbound, subscriber, intentTo("subscribe", 90_000), CHALLENGE);
    };
    expect(await verifyAt("/cloud?own=1")).toBe("confirmed");
    const [call] = subscribers.requestsAt("/cloud");
    expect(call && [...call.query]).toEqual([
      ["own", "1"],
      ["url", TOPIC],
      ["challenge", CHALLENGE],
    ]);
    expect(await verifyAt("/other")).toBe("not confirmed");
  });

  it("follows no redirect", async () => {
    await Promise.all(["/moved", "/found", "/temporary"].map((callback) => verify(callback)));
    expect(subscribers.requestsAt("/elsewhere")).toEqual([]);
  });

  it("sends nothing to a callback that is not allowed", async () => {
    const callback = `${subscribers.url.replace("//", "//user@")}/forbidden`;
    expect(await verifyIntent(outbound, websub(callback), intentTo("subscribe"), CHALLENGE)).toBe("not confirmed");
    expect(subscribers.requestsAt("/forbidden")).toEqual([]);
  });

  it("sends nothing while it can't be told whether the callback is allowed", async () => {
    const unsure: Outbound = { ...outbound, check: () => Promise.reject(new Error("SERVFAIL")) };
    expect(await verifyIntent(unsure, websub(`${subscribers.url}/unsure`), intentTo("subscribe"), CHALLENGE)).toBe(
      "no answer",
    );
    expect(subscribers.requestsAt("/unsure")).toEqual([]);
  });

  it("has no answer if nobody listens", async () => {
    const closed = await startSubscribers();
    await closed.close();
    expect(await verifyIntent(outbound, websub(closed.url), intentTo("subscribe"), CHALLENGE)).toBe("no answer");
  });
});

/**
 * Opens a server that answers with the body that `write` writes. Returns what `ask` resolves to as soon as the
 * connection is closed, too.
 */
const withBody = async <Value>(
  write: (response: ServerResponse) => void,
  ask: (url: string) => Promise<Value>,
): Promise<Value> => {
  const closed = Promise.withResolvers<void>();
  const server = createServer((_, response) => {
    response.on("close", () => closed.resolve());
    response.writeHead(200);
    write(response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  try {
    const outcome = await ask(`http://127.0.0.1:${address.port}/`);
    await closed.promise;
    return outcome;
  } finally {
    server.closeAllConnections();
    server.close();
  }
};

describe("an answer", () => {
  const verify = (url: string): Promise<VerificationAnswer> =>
    verifyIntent(outbound, websub(url), intentTo("subscribe"), CHALLENGE);

  it("without an end is read only until it is clear that it is not the challenge", async () => {
    let sent = 0;
    const endless = (response: ServerResponse): void => {
      response.write(CHALLENGE);
      const more = (): void => {
        if (response.destroyed) return;
        sent += 16_384;
        if (response.write("x".repeat(16_384))) setImmediate(more);
        else response.once("drain", more);
      };
      more();
    };
    expect(await withBody(endless, verify)).toBe("not confirmed");
    expect(sent).toBeLessThan(50_000_000);
  });

  it("without an end is not waited for longer than the time-out", async () => {
    // The time is over when the answer has begun, and not before.
    const timer = new AbortController();
    const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValueOnce(timer.signal);
    const beginning = (response: ServerResponse): void => {
      response.write(CHALLENGE, () => timer.abort(new DOMException("The time is over.", "TimeoutError")));
    };
    const answer = await withBody(beginning, (url) =>
      verifyIntent(impatient, websub(url), intentTo("subscribe"), CHALLENGE),
    );
    expect(answer).toBe("hung");
    expect(timeout.mock.calls).toEqual([[impatient.timeoutMs]]);
    timeout.mockRestore();
  });

  it("confirms if it comes in pieces, and ends", async () => {
    const pieces = (response: ServerResponse): void => {
      response.write(CHALLENGE.slice(0, 5));
      setTimeout(() => response.end(CHALLENGE.slice(5)), 50);
    };
    expect(await withBody(pieces, verify)).toBe("confirmed");
  });

  it("does not confirm if it breaks off", async () => {
    const breaking = (response: ServerResponse): void => {
      response.write(CHALLENGE, () => response.destroy());
    };
    expect(await withBody(breaking, verify)).toBe("no answer");
  });

  it("without an end does not hold up a denial", async () => {
    const sent = withBody(
      (response) => response.write("x"),
      (url) => sendDenial(outbound, websub(url), TOPIC, "No."),
    );
    await expect(sent).resolves.toBe("told");
  });
});

describe("denying", () => {
  it("says so, and why, with a GET", async () => {
    const subscribers = await startSubscribers(() => ({ status: 500 }));
    await sendDenial(outbound, websub(`${subscribers.url}/denied?own=1`), TOPIC, "Too many: 100 & more.");
    const [call, ...others] = subscribers.requestsAt("/denied");
    await subscribers.close();
    expect(others).toEqual([]);
    expect([call?.method, ...(call?.query ?? [])]).toEqual([
      "GET",
      ["own", "1"],
      ["hub.mode", "denied"],
      ["hub.topic", TOPIC],
      ["hub.reason", "Too many: 100 & more."],
    ]);
  });

  it("never fails: nobody need listen, and nothing is sent to a callback that is not allowed", async () => {
    const closed = await startSubscribers();
    await closed.close();
    await expect(sendDenial(outbound, websub(closed.url), TOPIC, "No.")).resolves.toBe("told");
    await expect(sendDenial(outbound, websub("http://169.254.169.254/"), TOPIC, "No.")).resolves.toBe("told");
    const unsure: Outbound = { ...outbound, check: () => Promise.reject(new Error("SERVFAIL")) };
    await expect(sendDenial(unsure, websub(closed.url), TOPIC, "No.")).resolves.toBe("told");
    const subscribers = await startSubscribers();
    const strict: Outbound = { ...outbound, check: async () => "must be elsewhere" };
    await sendDenial(strict, websub(`${subscribers.url}/strict`), TOPIC, "No.");
    expect(subscribers.requestsAt("/strict")).toEqual([]);
    await subscribers.close();
  });
});
