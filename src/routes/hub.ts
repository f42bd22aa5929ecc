import { readHubRequest } from "../push/protocol/websub.ts";
import type { Hub } from "../push/rpc.ts";
import type { RequestContext } from "./request-context.ts";
import type { Push, Reading } from "./site.ts";
import { formResponse, orUnavailable, type Refusal, readForm, subscribe } from "./subscribe.ts";
import { isTopic } from "./topics.ts";

/** Takes a publisher's ping that a topic has changed. It is not believed: the hub checks its topics. */
const takePing = async (form: URLSearchParams, hub: Hub, { store }: Reading): Promise<Refusal | undefined> => {
  const topics = [...form.getAll("hub.url"), ...form.getAll("hub.topic")];
  if (!topics.some((topic) => isTopic(topic, store.channel.url))) {
    return { status: 400, reason: "hub.url must be the address of a feed of this site." };
  }
  return orUnavailable(async () => {
    await hub.ping();
    return undefined;
  });
};

const takeForm = async (form: URLSearchParams, reading: Reading, push: Push): Promise<Refusal | undefined> => {
  if (form.get("hub.mode") === "publish") return takePing(form, push.hub(), reading);
  const request = readHubRequest(form);
  return typeof request === "string"
    ? { status: 400, reason: request }
    : subscribe(reading, push, push.outbound(), request);
};

/** POST /hub: subscribing and unsubscribing (WebSub §5.1). 202 if it will be verified (§5.1.2), otherwise the reason as plain text. */
export const hub = async ({ request }: RequestContext, reading: Reading, push: Push): Promise<Response> => {
  const form = await readForm(request, push);
  const refusal = form instanceof URLSearchParams ? await takeForm(form, reading, push) : form;
  return formResponse(202, "text/plain", refusal === undefined ? null : `${refusal.reason}\n`, refusal);
};
