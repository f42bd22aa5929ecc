import { json, refuse } from "../publish/answer.ts";
import { type Editor, refuseUnless } from "../publish/role.ts";
import type { TopicStatus } from "../push/stubs.ts";
import type { Ask } from "./ask.ts";
import { notFound } from "./errors.ts";
import { letIn } from "./let-in.ts";
import type { Push, Site } from "./site.ts";

type Handler = (ask: Ask, site: Site) => Promise<Response>;

/** Without a hub there is nothing at this address. */
const forEditors =
  (handle: (request: Request, editor: Editor, push: Push) => Promise<Response>): Handler =>
  async (ask, { gate, push }) =>
    gate === undefined || push === undefined
      ? notFound(ask)
      : letIn(ask.request, gate, (editor) => handle(ask.request, editor, push));

const iso = (time: number): string => new Date(time).toISOString();

const describe = ({ topic, subscribers, pending, lastDelivery, failures }: TopicStatus) => ({
  ...{ topic, subscribers, pending },
  ...(lastDelivery !== undefined && { lastDelivery: iso(lastDelivery) }),
  failures: failures.map(({ since, next, ...failure }) => ({ ...failure, since: iso(since), next: iso(next) })),
});

const list = forEditors(async (request, editor, push) => {
  const mayNot = refuseUnless("publish", editor, "Seeing who has subscribed");
  if (mayNot !== undefined) return mayNot;
  const topics = await push.hub().status(new URL(request.url).searchParams.get("after") ?? "");
  const last = topics.at(-1)?.topic;
  const next = last === undefined ? null : `/api/subscriptions?after=${encodeURIComponent(last)}`;
  return json(200, { topics: topics.map(describe), next });
});

/** What `?topic=…&callback=…` name; the refusal where no topic is named. Without a callback, all of the topic. */
const readTarget = (request: Request) => {
  const { searchParams } = new URL(request.url);
  const topic = searchParams.get("topic") ?? "";
  const callback = searchParams.get("callback") ?? undefined;
  return topic === "" ? refuse(400, "Say which feed: `?topic=` with its address.") : { topic, callback };
};

const drop = forEditors(async (request, editor, push) => {
  const mayNot = refuseUnless("owner", editor, "Ending subscriptions");
  if (mayNot !== undefined) return mayNot;
  const target = readTarget(request);
  if (target instanceof Response) return target;
  const count = await push.hub().drop(target.topic, target.callback, "The publisher ended this subscription.");
  return count === 0 ? refuse(404, "There is no such subscription.") : json(200, { dropped: count });
});

const replay = forEditors(async (request, editor, push) => {
  const mayNot = refuseUnless("publish", editor, "Delivering again");
  if (mayNot !== undefined) return mayNot;
  const target = readTarget(request);
  if (target instanceof Response) return target;
  return json(202, { replayed: await push.hub().replay(target.topic, target.callback) });
});

/**
 * `/api/subscriptions`: GET tells how every topic with subscribers stands; DELETE ends subscriptions, of a callback or of all, and
 * tells them so; POST sends the last edition again, to a callback or to all that failed.
 */
export const subscriptions = { get: list, delete: drop, post: replay };
