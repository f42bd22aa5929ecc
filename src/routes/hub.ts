import { readBytes, typeOf } from "../publish/body.ts";
import { readHubRequest } from "../push/hub-request.ts";
import type { Ask } from "./ask.ts";
import { notFound } from "./errors.ts";
import type { Site } from "./site.ts";
import { isTopic, tagOfTopic } from "./topics.ts";

const MOST_BYTES = 16_384;
const FORM = "application/x-www-form-urlencoded";

/** WebSub §5.1.2: what is wrong stands in the body, as plain text. */
const say = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(text === "" ? null : `${text}\n`, {
    status,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...headers,
    },
  });

const readForm = async (request: Request): Promise<URLSearchParams | Response> => {
  if (typeOf(request) !== FORM) return say(415, `Send a form: ${FORM}.`, { "accept-post": FORM });
  const bytes = await readBytes(request, MOST_BYTES);
  return bytes === undefined ? say(413, "The form is too long.") : new URLSearchParams(new TextDecoder().decode(bytes));
};

/** A publisher's word that something has changed: nothing is believed, but the hub looks. */
const takePing = async (form: URLSearchParams, { push, store }: Site): Promise<Response> => {
  const topics = [...form.getAll("hub.url"), ...form.getAll("hub.topic")];
  if (!topics.some((topic) => isTopic(topic, store.channel.url))) {
    return say(400, "hub.url must be the address of a feed of this site.");
  }
  await push?.hub().nudge();
  return say(202, "");
};

const whyRefused = async (callback: string, refuse: (callback: string) => Promise<string | undefined>) => {
  try {
    const reason = await refuse(callback);
    return reason === undefined ? undefined : say(400, `hub.callback ${reason}.`);
  } catch (error) {
    console.error("the resolver failed:", error);
    return say(503, "Your callback can't be checked just now. Try again later.", { "retry-after": "60" });
  }
};

/** POST /hub: subscribing and unsubscribing (WebSub §5.1). What is asked for is verified after the answer. */
export const hub = async (ask: Ask, site: Site): Promise<Response> => {
  const { push, store } = site;
  if (push === undefined) return notFound(ask);
  if (!(await push.isWithinLimit(ask.request))) return say(429, "Too many requests.", { "retry-after": "60" });
  const form = await readForm(ask.request);
  if (form instanceof Response) return form;
  if (form.get("hub.mode") === "publish") return takePing(form, site);
  const request = readHubRequest(form);
  if (typeof request === "string") return say(400, request);
  const { topic, callback } = request;
  if (!isTopic(topic, store.channel.url)) {
    return say(400, "hub.topic must be the address of a feed of this site, as its link rel=self says.");
  }
  const outside = push.outside();
  const refused = await whyRefused(callback, outside.refuse);
  if (refused !== undefined) return refused;
  const etag = await tagOfTopic(site, topic);
  // Who has subscribed may leave, whatever became of the feed.
  if (etag === undefined && request.mode === "subscribe") return say(404, "There is no such feed.");
  const address = await outside.addressOf(callback).catch(() => undefined);
  const admission = await push.hub().admit(etag ?? "", { ...request, ...(address !== undefined && { address }) });
  return admission === "accepted"
    ? say(202, "")
    : say(503, "Too many callbacks wait to be verified. Try again later.", { "retry-after": "60" });
};
