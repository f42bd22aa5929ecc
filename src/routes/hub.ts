import { readHubRequest } from "../push/protocol/websub.ts";
import type { Hub } from "../push/rpc.ts";
import type { RequestContext } from "./request-context.ts";
import type { Site } from "./site.ts";
import { formResponse, orUnavailable, type Push, type Refusal, readForm, subscribe } from "./subscribe.ts";
import { isTopic } from "./topics.ts";

/** Handles a publisher's ping that a topic has changed. It is only a hint: the hub checks the topics itself. */
const handlePing = async (form: URLSearchParams, hub: Hub, { store }: Site): Promise<Refusal | undefined> => {
  const topics = [...form.getAll("hub.url"), ...form.getAll("hub.topic")];
  if (!topics.some((topic) => isTopic(topic, store.channel.url))) {
    return { status: 400, reason: "hub.url must be the address of a feed of this site." };
  }
  return orUnavailable(async () => {
    await hub.ping();
    return undefined;
  });
};

const handleForm = async (form: URLSearchParams, site: Site, push: Push): Promise<Refusal | undefined> => {
  if (form.get("hub.mode") === "publish") return handlePing(form, push.hub(), site);
  const request = readHubRequest(form);
  return typeof request === "string"
    ? { status: 400, reason: request }
    : subscribe(site, push, push.outbound(), request);
};

/**
 * POST /hub: subscribes or unsubscribes by WebSub (§5.1), or takes a ping. 202 if the request is accepted and will be
 * verified (§5.1.2), otherwise the reason as plain text.
 */
export const hub = async ({ request }: RequestContext, site: Site, push: Push): Promise<Response> => {
  const form = await readForm(request, push);
  const refusal = form instanceof URLSearchParams ? await handleForm(form, site, push) : form;
  return formResponse(202, "text/plain", refusal === undefined ? null : `${refusal.reason}\n`, refusal);
};
