// WebSub, https://www.w3.org/TR/websub/: all that it says of requests to a hub, and of requests that a hub sends.

import { createHmac } from "node:crypto";
import type { SignatureMethod } from "../../model/signature-method.ts";
import type { CallbackProtocol, HubRequest } from "./protocol.ts";

/** §5.1: less than 200 bytes. */
const MAX_SECRET_BYTES = 199;

/** Longer than any that is in use. It stands in the address of the question, and is stored until then. */
const MAX_VERIFY_TOKEN_BYTES = 512;

const byteLength = (text: string): number => new TextEncoder().encode(text).byteLength;

const readLease = (text: string | null): number | undefined | "invalid" => {
  if (text === null || text === "") return undefined;
  return /^\d{1,12}$/.test(text) && Number(text) > 0 ? Number(text) : "invalid";
};

/**
 * Reads the form of a request to subscribe or to unsubscribe (§5.1). Returns the request, or a sentence for the
 * subscriber's developer that says what is wrong. Unknown parameters are ignored (§5.1.1). hub.verify_token is
 * PubSubHubbub's (0.3 §6.1, 0.4 §5.1), which subscribers in use still send.
 */
export const readHubRequest = (form: URLSearchParams): HubRequest | string => {
  const mode = form.get("hub.mode");
  if (mode !== "subscribe" && mode !== "unsubscribe") return "hub.mode must be subscribe or unsubscribe, or publish.";
  const topic = form.get("hub.topic");
  const callback = form.get("hub.callback");
  if (topic === null || topic === "") return "hub.topic is missing: the URL of a feed, as its link rel=self says.";
  if (callback === null || callback === "") return "hub.callback is missing: the URL at which you wait for news.";
  const leaseSeconds = readLease(form.get("hub.lease_seconds"));
  if (leaseSeconds === "invalid") return "hub.lease_seconds must be a whole number of seconds, more than 0.";
  const secret = form.get("hub.secret");
  if (secret !== null && byteLength(secret) > MAX_SECRET_BYTES) {
    return "hub.secret must have less than 200 bytes.";
  }
  const verifyToken = form.get("hub.verify_token");
  if (verifyToken !== null && byteLength(verifyToken) > MAX_VERIFY_TOKEN_BYTES) {
    return `hub.verify_token must have at most ${MAX_VERIFY_TOKEN_BYTES} bytes.`;
  }
  return {
    protocol: "websub",
    mode,
    topic,
    callback,
    ...(leaseSeconds !== undefined && { leaseSeconds }),
    ...(secret !== null && secret !== "" && { secret }),
    ...(verifyToken !== null && { verifyToken }),
  };
};

/** Signs a body (§7.1): returns the value of X-Hub-Signature, a hexadecimal HMAC behind the name of its method. */
export const sign = (body: Uint8Array, secret: string, method: SignatureMethod): string =>
  `${method}=${createHmac(method, secret).update(body).digest("hex")}`;

/** What a hub says to a subscriber: verification of intent (§5.3), denial (§5.2) and content distribution (§7). */
export const websub: CallbackProtocol = {
  verificationQuery: ({ mode, topic, leaseSeconds, verifyToken }, challenge) => ({
    "hub.mode": mode,
    "hub.topic": topic,
    "hub.challenge": challenge,
    ...(mode === "subscribe" && { "hub.lease_seconds": String(Math.ceil(leaseSeconds)) }),
    ...(verifyToken !== undefined && { "hub.verify_token": verifyToken }),
  }),
  denialQuery: (topic, reason) => ({ "hub.mode": "denied", "hub.topic": topic, "hub.reason": reason }),
  deliveryRequest: ({ topic, hubUrl, contentType, body }, secret, signature) => ({
    method: "POST",
    headers: {
      "content-type": contentType,
      link: `<${hubUrl}>; rel="hub", <${topic}>; rel="self"`,
      ...(secret !== undefined && { "x-hub-signature": sign(body, secret, signature) }),
    },
    body,
  }),
};

/**
 * The request that tells a hub elsewhere that a topic has changed. §6 leaves its form open: this is PubSubHubbub's,
 * with the topic under both names that hubs in use look for.
 */
export const publishRequest = (topic: string): RequestInit => ({
  method: "POST",
  body: new URLSearchParams({ "hub.mode": "publish", "hub.url": topic, "hub.topic": topic }),
});
