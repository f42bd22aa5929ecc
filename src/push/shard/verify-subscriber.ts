import { appendQuery, fetchDiscardingBody, guardedFetch, readTextUpTo } from "../../outbound/guarded-fetch.ts";
import type { Outbound } from "../../outbound/outbound.ts";
import type { Protocol } from "../protocol/websub.ts";
import type { PendingVerification } from "./verification-queue.ts";

/** What became of a question to a subscriber. */
export type Answer = "agrees" | "disagrees" | "does not answer";

/** Characters of an answer that are read: a challenge is shorter. */
const MAX_READ_CHARACTERS = 256;

/** What a subscriber is asked to confirm. */
export interface Intent {
  readonly protocol: Protocol;
  readonly mode: "subscribe" | "unsubscribe";
  readonly topic: string;
  /** Seconds; for subscribing only. */
  readonly lease: number;
}

const questionOf = ({ protocol, mode, topic, lease }: Intent, challenge: string): Readonly<Record<string, string>> =>
  protocol === "rsscloud"
    ? { url: topic, challenge }
    : {
        "hub.mode": mode,
        "hub.topic": topic,
        "hub.challenge": challenge,
        ...(mode === "subscribe" && { "hub.lease_seconds": String(Math.ceil(lease)) }),
      };

/** Verifies the intent of a subscriber (§5.3; rssCloud): 2xx with the very challenge, or it did not mean it. */
export const verifyIntent = async (
  outbound: Outbound,
  callback: string,
  intent: Intent,
  challenge: string,
): Promise<Answer> => {
  try {
    if ((await outbound.check(callback)) !== undefined) return "disagrees";
    const response = await guardedFetch(outbound, appendQuery(callback, questionOf(intent, challenge)));
    if (response.ok) return (await readTextUpTo(response, MAX_READ_CHARACTERS)) === challenge ? "agrees" : "disagrees";
    await response.body?.cancel();
    return response.status >= 500 || response.status === 429 ? "does not answer" : "disagrees";
  } catch {
    return "does not answer";
  }
};

/** Tells a subscriber that it is none, or none any longer (§5.2). It need not answer. */
export const deny = async (outbound: Outbound, callback: string, topic: string, reason: string): Promise<void> => {
  try {
    if ((await outbound.check(callback)) !== undefined) return;
    const parameters = { "hub.mode": "denied", "hub.topic": topic, "hub.reason": reason };
    await fetchDiscardingBody(outbound, appendQuery(callback, parameters));
  } catch (error) {
    console.log(`a callback could not be told that ${topic} is denied: ${String(error)}`);
  }
};

/** Asks a callback what there is to be asked, or tells it what there is to be told: that has no answer. */
export const askSubscriber = async (
  outbound: Outbound,
  topic: string,
  verification: PendingVerification,
): Promise<Answer | undefined> => {
  const { callback, protocol, mode, lease, reason, challenge } = verification;
  if (mode !== "denied")
    return verifyIntent(outbound, callback, { protocol, mode, topic, lease: lease / 1000 }, challenge);
  // rssCloud has no word for it.
  if (protocol === "websub") await deny(outbound, callback, topic, reason ?? "");
  return undefined;
};
