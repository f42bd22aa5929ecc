import { readBytes, typeOf } from "../http/request-body.ts";
import type { HubRequest } from "../push/protocol/protocol.ts";
import type { Hub } from "../push/rpc.ts";
import { notFound } from "./errors.ts";
import type { Handler } from "./handler.ts";
import type { Push, Site } from "./site.ts";
import { etagOfTopic, isTopic } from "./topics.ts";

const MAX_BYTES = 16_384;
const FORM = "application/x-www-form-urlencoded";
const LATER = { "retry-after": "60" };

type Outbound = ReturnType<Push["outbound"]>;

/** Why a subscriber's form is not heeded, in a sentence for its developer. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Whoever asks has asked too often. */
export const TOO_MANY: Refusal = { status: 429, reason: "Too many requests. Wait a minute.", headers: LATER };

/** Reads a form that anybody may send, but not too often. */
const readForm = async (request: Request, push: Push): Promise<URLSearchParams | Refusal> => {
  if (!(await push.isWithinLimit(request))) return TOO_MANY;
  if (typeOf(request) !== FORM)
    return { status: 415, reason: `Send a form: ${FORM}.`, headers: { "accept-post": FORM } };
  const bytes = await readBytes(request, MAX_BYTES);
  return bytes === undefined
    ? { status: 413, reason: "The form is too long." }
    : new URLSearchParams(new TextDecoder().decode(bytes));
};

/** An answer to a form, which no cache keeps. */
export const answerForm = (status: number, type: string, body: string | null, refusal: Refusal | undefined): Response =>
  new Response(body, {
    status: refusal?.status ?? status,
    headers: {
      "content-type": `${type}; charset=utf-8`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...refusal?.headers,
    },
  });

/** Takes forms where the site has a hub: `answer` says what became of one, in the words of its protocol. */
export const takingForms =
  (
    answer: (refusal: Refusal | undefined) => Response,
    heed: (form: URLSearchParams, push: Push, site: Site, request: Request) => Promise<Refusal | undefined>,
  ): Handler =>
  async (context, site) => {
    const { push } = site;
    if (push === undefined) return notFound(context);
    const form = await readForm(context.request, push);
    return answer(form instanceof URLSearchParams ? await heed(form, push, site, context.request) : form);
  };

/** An answer of ours that does not come: whoever asked may ask again. */
export const unlessItFails = async <Value>(work: () => Promise<Value>): Promise<Value | Refusal> => {
  try {
    return await work();
  } catch (error) {
    console.error("a request to the hub failed:", error);
    return { status: 503, reason: "The hub does not answer. Send it again later.", headers: LATER };
  }
};

const checkCallback = async (callback: string, { check }: Outbound): Promise<Refusal | undefined> => {
  try {
    const reason = await check(callback);
    return reason === undefined ? undefined : { status: 400, reason: `The callback ${reason}.` };
  } catch (error) {
    console.error("the resolver failed:", error);
    return { status: 503, reason: "Your callback can't be checked just now. Try again later.", headers: LATER };
  }
};

const handOver = async (
  site: Site,
  hub: Hub,
  { addressOf }: Outbound,
  request: HubRequest,
): Promise<Refusal | undefined> => {
  const { topic, callback, mode } = request;
  // Who has subscribed may leave, whatever became of the feed.
  const etag = mode === "subscribe" ? await etagOfTopic(site, topic) : "";
  if (etag === undefined) return { status: 404, reason: "There is no such feed." };
  const address = await addressOf(callback).catch(() => undefined);
  const admission = await hub.admit(etag, { ...request, ...(address !== undefined && { address }) });
  return admission === "accepted"
    ? undefined
    : { status: 503, reason: "Too many callbacks wait to be verified. Try again later.", headers: LATER };
};

/** Hands a request to subscribe or to unsubscribe to the hub, if it is one for a feed of ours. Gives why not. */
export const subscribe = async (
  site: Site,
  push: Push,
  outbound: Outbound,
  request: HubRequest,
): Promise<Refusal | undefined> => {
  if (!isTopic(request.topic, site.store.channel.url)) {
    return { status: 400, reason: "The topic must be the address of a feed of this site, as its link rel=self says." };
  }
  const refusal = await checkCallback(request.callback, outbound);
  return refusal ?? unlessItFails(() => handOver(site, push.hub(), outbound, request));
};
