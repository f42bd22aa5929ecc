import { jsonResponse, refuse } from "../http/api-response.ts";
import type { Channel } from "../model/channel.ts";
import type { Hub, TopicStatus } from "../push/rpc.ts";
import { nextPage } from "./paging.ts";
import { type Editor, type Role, refuseUnless } from "./role.ts";

/** Answers a request of an editor about subscriptions, by what the hub says. */
export type SubscriptionsHandler = (
  request: Request,
  editor: Editor,
  hub: Hub,
  channel: Pick<Channel, "url">,
) => Promise<Response>;

const iso = (time: number): string => new Date(time).toISOString();

const describeTopic = ({ topic, subscribers, pending, lastDelivery, failures }: TopicStatus) => ({
  ...{ topic, subscribers, pending },
  ...(lastDelivery !== undefined && { lastDelivery: iso(lastDelivery) }),
  failures: failures.map(({ since, next, ...failure }) => ({ ...failure, since: iso(since), next: iso(next) })),
});

/** GET /api/subscriptions?after=…: the topics that have subscribers, ascending, with the deliveries that failed. */
export const listSubscriptions: SubscriptionsHandler = async (request, editor, hub, channel) => {
  const refused = refuseUnless("publish", editor, "Seeing who has subscribed");
  if (refused !== undefined) return refused;
  const topics = await hub.status(new URL(request.url).searchParams.get("after") ?? "");
  // How long a page is, the hub decides: the list has ended with one that is empty.
  const next = nextPage(channel, topics, 1, ({ topic }) => `/api/subscriptions?after=${encodeURIComponent(topic)}`);
  return jsonResponse(200, { topics: topics.map(describeTopic), next });
};

/**
 * A handler of requests with `?topic=…&callback=…`: about one subscription, or about all of the topic if there is no
 * callback. They take `role`; `action` begins the sentence of the refusal.
 */
const topicHandler =
  (
    role: Role,
    action: string,
    handle: (topic: string, callback: string | undefined, hub: Hub) => Promise<Response>,
  ): SubscriptionsHandler =>
  async (request, editor, hub) => {
    const refused = refuseUnless(role, editor, action);
    if (refused !== undefined) return refused;
    const { searchParams } = new URL(request.url);
    const topic = searchParams.get("topic") ?? "";
    return topic === ""
      ? refuse(400, "Say which feed: `?topic=` with its address.")
      : handle(topic, searchParams.get("callback") ?? undefined, hub);
  };

/** DELETE /api/subscriptions?topic=…&callback=…: ends subscriptions; the hub tells the subscribers. */
export const endSubscriptions = topicHandler("owner", "Ending subscriptions", async (topic, callback, hub) => {
  const dropped = await hub.drop(topic, callback, "The publisher ended this subscription.");
  return dropped === 0 ? refuse(404, "There is no such subscription.") : jsonResponse(200, { dropped });
});

/**
 * POST /api/subscriptions?topic=…&callback=…: delivers the last edition again, to one callback or to all whose delivery
 * failed.
 */
export const redeliver = topicHandler("publish", "Delivering again", async (topic, callback, hub) => {
  const replayed = await hub.replay(topic, callback);
  if (replayed === undefined) return refuse(404, "Nobody has subscribed to this feed.");
  return replayed === 0 && callback !== undefined
    ? refuse(404, "There is no such subscription, or nothing was delivered to it yet: it hears of the next change.")
    : jsonResponse(202, { replayed });
});
