import { mediaTypeOf, readBody } from "../http/request-body.ts";
import type { Outbound } from "../outbound/outbound.ts";
import type { HubRequest } from "../push/protocol/protocol.ts";
import type { Hub } from "../push/rpc.ts";
import type { Site } from "./site.ts";
import { etagOfTopic, isTopic } from "./topics.ts";

const MAX_FORM_BYTES = 16_384;
const FORM = "application/x-www-form-urlencoded";
const RETRY_LATER = { "retry-after": "60" };

/** What checks the callback of a request. */
type CallbackChecker = Pick<Outbound, "addressOf" | "check">;

/** What the routes for subscribers need. */
export interface Push {
  readonly hub: () => Hub;
  /** To be called once a request: it resolves no host twice. */
  readonly outbound: () => CallbackChecker;
  /** Whether the sender of a request is within the rate limit. */
  readonly isWithinLimit: (request: Request) => Promise<boolean>;
}

/** Why a form is refused. `reason` is a sentence for the developer of the subscriber. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The refusal of a sender that has exceeded the rate limit. */
export const TOO_MANY_REQUESTS: Refusal = {
  status: 429,
  reason: "Too many requests. Wait a minute.",
  headers: RETRY_LATER,
};

/** Reads a form, or returns why it is refused: by the rate limit, its type or its length. */
export const readForm = async (request: Request, push: Push): Promise<URLSearchParams | Refusal> => {
  if (!(await push.isWithinLimit(request))) return TOO_MANY_REQUESTS;
  if (mediaTypeOf(request) !== FORM)
    return { status: 415, reason: `Send a form: ${FORM}.`, headers: { "accept-post": FORM } };
  const bytes = await readBody(request, MAX_FORM_BYTES);
  return bytes === undefined
    ? { status: 413, reason: "The form is too long." }
    : new URLSearchParams(new TextDecoder().decode(bytes));
};

/** The response to a form, never cached. `status` is the one of an accepted form; a refusal has its own. */
export const formResponse = (status: number, type: string, body: string | null, refusal: Refusal | undefined) =>
  new Response(body, {
    status: refusal?.status ?? status,
    headers: {
      "content-type": `${type}; charset=utf-8`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...refusal?.headers,
    },
  });

/** The result of a call to the hub, or a refusal (503) if it fails: the sender may try again. */
export const orUnavailable = async <Value>(work: () => Promise<Value>): Promise<Value | Refusal> => {
  try {
    return await work();
  } catch (error) {
    console.error("a request to the hub failed:", error);
    return { status: 503, reason: "The hub does not answer. Send it again later.", headers: RETRY_LATER };
  }
};

const checkCallback = async (callback: string, { check }: CallbackChecker): Promise<Refusal | undefined> => {
  try {
    const reason = await check(callback);
    return reason === undefined ? undefined : { status: 400, reason: `The callback ${reason}.` };
  } catch (error) {
    console.error("the resolver failed:", error);
    return { status: 503, reason: "Your callback can't be checked just now. Try again later.", headers: RETRY_LATER };
  }
};

const passToHub = async (
  site: Site,
  hub: Hub,
  { addressOf }: CallbackChecker,
  request: HubRequest,
): Promise<Refusal | undefined> => {
  const { topic, callback, mode } = request;
  // Unsubscribing is possible even if the feed does not exist any longer.
  const etag = mode === "subscribe" ? await etagOfTopic(site, topic) : "";
  if (etag === undefined) return { status: 404, reason: "There is no such feed." };
  const address = await addressOf(callback).catch(() => undefined);
  const admission = await hub.admit(etag, { ...request, ...(address !== undefined && { address }) });
  return admission === "accepted"
    ? undefined
    : { status: 503, reason: "Too many callbacks wait to be verified. Try again later.", headers: RETRY_LATER };
};

/**
 * Passes a request to subscribe or unsubscribe to the hub if its topic is a feed of this site and its callback is
 * allowed; otherwise returns why not.
 */
export const subscribe = async (
  site: Site,
  push: Push,
  outbound: CallbackChecker,
  request: HubRequest,
): Promise<Refusal | undefined> => {
  if (!isTopic(request.topic, site.store.channel.url)) {
    return { status: 400, reason: "The topic must be the address of a feed of this site, as its link rel=self says." };
  }
  const refusal = await checkCallback(request.callback, outbound);
  return refusal ?? orUnavailable(() => passToHub(site, push.hub(), outbound, request));
};
