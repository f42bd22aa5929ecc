import { readHubRequest } from "../push/hub-request.ts";
import type { Hub } from "../push/stubs.ts";
import type { Ask } from "./ask.ts";
import { notFound } from "./errors.ts";
import type { Site } from "./site.ts";
import { type Refusal, readForm, subscribe, unlessItFails } from "./subscribe.ts";
import { isTopic } from "./topics.ts";

/** WebSub §5.1.2: 202, and what is asked for is verified after that; else what is wrong, as plain text. */
const answer = (refusal: Refusal | undefined): Response =>
  new Response(refusal === undefined ? null : `${refusal.reason}\n`, {
    status: refusal?.status ?? 202,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...refusal?.headers,
    },
  });

/** A publisher's word that something has changed: nothing is believed, but the hub looks. */
const takePing = async (form: URLSearchParams, hub: Hub, { store }: Site): Promise<Refusal | undefined> => {
  const topics = [...form.getAll("hub.url"), ...form.getAll("hub.topic")];
  if (!topics.some((topic) => isTopic(topic, store.channel.url))) {
    return { status: 400, reason: "hub.url must be the address of a feed of this site." };
  }
  return unlessItFails(async () => {
    await hub.nudge();
    return undefined;
  });
};

/** POST /hub: subscribing and unsubscribing (WebSub §5.1). */
export const hub = async (ask: Ask, site: Site): Promise<Response> => {
  const { push } = site;
  if (push === undefined) return notFound(ask);
  const form = await readForm(ask.request, push);
  if (!(form instanceof URLSearchParams)) return answer(form);
  if (form.get("hub.mode") === "publish") return answer(await takePing(form, push.hub(), site));
  const request = readHubRequest(form);
  return answer(
    typeof request === "string"
      ? { status: 400, reason: request }
      : await subscribe(site, push, push.outside(), request),
  );
};
