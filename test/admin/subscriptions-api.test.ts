import { beforeEach, describe, expect, it } from "vitest";
import type { Editor } from "../../src/admin/role.ts";
import {
  endSubscriptions,
  listSubscriptions,
  redeliver,
  type SubscriptionsHandler,
} from "../../src/admin/subscriptions-api.ts";
import type { Hub, TopicStatus } from "../../src/push/rpc.ts";

const OWNER: Editor = { name: "ann", role: "owner", tokenHash: "", isRevocable: true };
const TOPIC = "https://courier.example/tags/a&b/rss.xml";
const CALLBACK = "https://reader.example.net/?a=b&c";

/** What the hub was asked. */
let calls: (readonly unknown[])[];

beforeEach(() => {
  calls = [];
});

const hubThat = (answers: {
  readonly status?: readonly TopicStatus[];
  readonly drop?: number;
  readonly replay?: number | undefined;
}): Hub => ({
  admit: async () => "accepted",
  changed: async () => {},
  ping: async () => {},
  updateCounts: async () => {},
  async status(after) {
    calls.push(["status", after]);
    return answers.status ?? [];
  },
  async drop(...call) {
    calls.push(["drop", ...call]);
    return answers.drop ?? 0;
  },
  async replay(...call) {
    calls.push(["replay", ...call]);
    return answers.replay;
  },
});

const CHANNEL = { url: "https://courier.example" };

const request = (handler: SubscriptionsHandler, query: Readonly<Record<string, string>>, hub: Hub): Promise<Response> =>
  handler(new Request(`https://courier.example/api/subscriptions?${new URLSearchParams(query)}`), OWNER, hub, CHANNEL);

describe("the list of topics", () => {
  const first: TopicStatus = { topic: "https://courier.example/a", subscribers: 2, pending: 0, failures: [] };
  const last: TopicStatus = {
    ...{ topic: TOPIC, subscribers: 1, pending: 3, lastDelivery: Date.UTC(2026, 1, 3, 4, 5, 6, 7) },
    failures: [
      {
        ...{ callback: CALLBACK, attempts: 2, reason: "it answers 503" },
        ...{ since: Date.UTC(2026, 1, 3), next: Date.UTC(2026, 1, 4) },
      },
    ],
  };

  it("has times in ISO 8601, and the address of the next page behind its last topic", async () => {
    const response = await request(listSubscriptions, {}, hubThat({ status: [first, first, last] }));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      topics: [
        first,
        first,
        {
          ...{ topic: TOPIC, subscribers: 1, pending: 3, lastDelivery: "2026-02-03T04:05:06.007Z" },
          failures: [
            {
              ...{ callback: CALLBACK, attempts: 2, reason: "it answers 503" },
              ...{ since: "2026-02-03T00:00:00.000Z", next: "2026-02-04T00:00:00.000Z" },
            },
          ],
        },
      ],
      next: `/api/subscriptions?after=${encodeURIComponent(TOPIC)}`,
    });
  });

  it("begins behind the topic that it is asked for, and ends with a page that is empty", async () => {
    const response = await request(listSubscriptions, { after: TOPIC }, hubThat({}));
    expect(await response.json()).toEqual({ topics: [], next: null });
    await request(listSubscriptions, {}, hubThat({}));
    expect(calls).toEqual([
      ["status", TOPIC],
      ["status", ""],
    ]);
  });
});

describe("a request about a topic", () => {
  it.each<[string, SubscriptionsHandler, Readonly<Record<string, string>>, Hub, number, object]>([
    [
      "to end one subscription",
      endSubscriptions,
      { topic: TOPIC, callback: CALLBACK },
      hubThat({ drop: 1 }),
      200,
      { dropped: 1 },
    ],
    ["to end all", endSubscriptions, { topic: TOPIC }, hubThat({ drop: 7 }), 200, { dropped: 7 }],
    [
      "to end none that there is",
      endSubscriptions,
      { topic: TOPIC },
      hubThat({ drop: 0 }),
      404,
      { detail: "There is no such subscription." },
    ],
    [
      "to deliver again to one",
      redeliver,
      { topic: TOPIC, callback: CALLBACK },
      hubThat({ replay: 1 }),
      202,
      { replayed: 1 },
    ],
    ["to deliver again to all that failed", redeliver, { topic: TOPIC }, hubThat({ replay: 0 }), 202, { replayed: 0 }],
    [
      "to deliver again to a callback that is not there",
      redeliver,
      { topic: TOPIC, callback: CALLBACK },
      hubThat({ replay: 0 }),
      404,
      { detail: expect.stringMatching(/^There is no such subscription, or nothing was delivered to it yet/) },
    ],
    [
      "to deliver again where there is nobody",
      redeliver,
      { topic: TOPIC },
      hubThat({}),
      404,
      { detail: "Nobody has subscribed to this feed." },
    ],
    [
      "that ends subscriptions and names none",
      endSubscriptions,
      {},
      hubThat({}),
      400,
      { detail: "Say which feed: `?topic=` with its address." },
    ],
    [
      "that delivers again and has an empty topic",
      redeliver,
      { topic: "" },
      hubThat({}),
      400,
      { detail: "Say which feed: `?topic=` with its address." },
    ],
  ])("%s", async (_, handler, query, hub, status, body) => {
    const response = await request(handler, query, hub);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject(body);
  });

  it("names topic and callback to the hub, and the reason that subscribers are told", async () => {
    await request(endSubscriptions, { topic: TOPIC, callback: CALLBACK }, hubThat({}));
    await request(redeliver, { topic: TOPIC, callback: CALLBACK }, hubThat({}));
    await request(redeliver, { topic: TOPIC }, hubThat({}));
    expect(calls).toEqual([
      ["drop", TOPIC, CALLBACK, "The publisher ended this subscription."],
      ["replay", TOPIC, CALLBACK],
      ["replay", TOPIC, undefined],
    ]);
  });
});

it.each<[string, SubscriptionsHandler, string]>([
  ["list subscriptions", listSubscriptions, "Seeing who has subscribed takes the role `publish`; yours is `write`."],
  ["end them", endSubscriptions, "Ending subscriptions takes the role `owner`; yours is `write`."],
  ["deliver again", redeliver, "Delivering again takes the role `publish`; yours is `write`."],
])("who may only write is told what it takes to %s, and the hub is not asked", async (_, handler, detail) => {
  const writing = new Request("https://courier.example/api/subscriptions?topic=x");
  const response = await handler(writing, { ...OWNER, role: "write" }, hubThat({ drop: 1, replay: 1 }), CHANNEL);
  expect([response.status, await response.json()]).toEqual([403, { status: 403, title: "Forbidden", detail }]);
  expect(calls).toEqual([]);
});
