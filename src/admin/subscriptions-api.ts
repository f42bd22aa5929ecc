import { json, refuse } from "../http/api-response.ts";
import type { Hub, TopicStatus } from "../push/rpc.ts";
import type { Handler } from "../routes/handler.ts";
import { withEditor } from "../routes/with-editor.ts";
import { type Role, refuseUnless } from "./role.ts";

const iso = (time: number): string => new Date(time).toISOString();

const describe = ({ topic, subscribers, pending, lastDelivery, failures }: TopicStatus) => ({
  ...{ topic, subscribers, pending },
  ...(lastDelivery !== undefined && { lastDelivery: iso(lastDelivery) }),
  failures: failures.map(({ since, next, ...failure }) => ({ ...failure, since: iso(since), next: iso(next) })),
});

/** For editors with a role; `deed` begins the sentence for those without it. */
const forRole = (
  role: Role,
  action: string,
  handle: (query: URLSearchParams, hub: Hub) => Promise<Response>,
): Handler =>
  withEditor(
    ({ push }) => push,
    async ({ request }, editor, { hub }) =>
      refuseUnless(role, editor, action) ?? handle(new URL(request.url).searchParams, hub()),
  );

const list = forRole("publish", "Seeing who has subscribed", async (query, hub) => {
  const topics = await hub.status(query.get("after") ?? "");
  const last = topics.at(-1)?.topic;
  const next = last === undefined ? null : `/api/subscriptions?after=${encodeURIComponent(last)}`;
  return json(200, { topics: topics.map(describe), next });
});

/** The same for what `?topic=…&callback=…` names: without a callback, all of the topic. */
const forTarget = (
  role: Role,
  action: string,
  handle: (topic: string, callback: string | undefined, hub: Hub) => Promise<Response>,
): Handler =>
  forRole(role, action, async (query, hub) => {
    const topic = query.get("topic") ?? "";
    return topic === ""
      ? refuse(400, "Say which feed: `?topic=` with its address.")
      : handle(topic, query.get("callback") ?? undefined, hub);
  });

const drop = forTarget("owner", "Ending subscriptions", async (topic, callback, hub) => {
  const dropped = await hub.drop(topic, callback, "The publisher ended this subscription.");
  return dropped === 0 ? refuse(404, "There is no such subscription.") : json(200, { dropped });
});

const replay = forTarget("publish", "Delivering again", async (topic, callback, hub) => {
  const replayed = await hub.replay(topic, callback);
  if (replayed === undefined) return refuse(404, "Nobody has subscribed to this feed.");
  return replayed === 0 && callback !== undefined
    ? refuse(404, "There is no such subscription, or nothing was delivered to it yet: it hears of the next change.")
    : json(202, { replayed });
});

/**
 * `/api/subscriptions`: GET tells how every topic with subscribers stands; DELETE ends subscriptions, of a callback or of all, and
 * tells them so; POST sends the last edition again, to a callback or to all that failed.
 */
export const subscriptions = { get: list, delete: drop, post: replay };
