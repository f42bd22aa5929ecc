import { readHubRequest } from "../push/protocol/websub.ts";
import type { Hub } from "../push/rpc.ts";
import type { Site } from "./site.ts";
import { answerForm, type Refusal, subscribe, takingForms, unlessItFails } from "./subscribe.ts";
import { isTopic } from "./topics.ts";

/** WebSub §5.1.2: 202, and what is asked for is verified after that; else what is wrong, as plain text. */
const answer = (refusal: Refusal | undefined): Response =>
  answerForm(202, "text/plain", refusal === undefined ? null : `${refusal.reason}\n`, refusal);

/** A publisher's word that something has changed: nothing is believed, but the hub looks. */
const takePing = async (form: URLSearchParams, hub: Hub, { store }: Site): Promise<Refusal | undefined> => {
  const topics = [...form.getAll("hub.url"), ...form.getAll("hub.topic")];
  if (!topics.some((topic) => isTopic(topic, store.channel.url))) {
    return { status: 400, reason: "hub.url must be the address of a feed of this site." };
  }
  return unlessItFails(async () => {
    await hub.ping();
    return undefined;
  });
};

/** POST /hub: subscribing and unsubscribing (WebSub §5.1). */
export const hub = takingForms(answer, async (form, push, site) => {
  if (form.get("hub.mode") === "publish") return takePing(form, push.hub(), site);
  const request = readHubRequest(form);
  return typeof request === "string"
    ? { status: 400, reason: request }
    : subscribe(site, push, push.outbound(), request);
});
