import { appendQuery, fetchDiscardingBody, guardedFetch, readTextUpTo } from "../../outbound/guarded-fetch.ts";
import type { Outbound } from "../../outbound/outbound.ts";
import type { Intent } from "../protocol/protocol.ts";
import { protocols } from "../protocol/protocols.ts";
import type { Subscriber } from "./subscriber.ts";
import type { PendingVerification } from "./verification-queue.ts";

/** What a subscriber says when it is asked to confirm its request. */
export type VerificationAnswer = "confirmed" | "not confirmed" | "no answer";

/** A challenge is shorter. */
const MAX_ANSWER_CHARACTERS = 256;

/**
 * Asks a subscriber whether it meant its request (WebSub §5.3; rssCloud does the same). It confirms with 2xx and the
 * very challenge as the body. It gives no answer with 5xx, 429 or nothing in time, or if it cannot be told whether it
 * may be asked.
 */
export const verifyIntent = async (
  outbound: Outbound,
  { callback, protocol }: Subscriber,
  intent: Intent,
  challenge: string,
): Promise<VerificationAnswer> => {
  try {
    if ((await outbound.check(callback)) !== undefined) return "not confirmed";
    const query = protocols[protocol].verificationQuery(intent, challenge);
    const response = await guardedFetch(outbound, appendQuery(callback, query));
    if (response.ok) {
      const answer = await readTextUpTo(response, MAX_ANSWER_CHARACTERS);
      return answer === challenge ? "confirmed" : "not confirmed";
    }
    await response.body?.cancel();
    return response.status >= 500 || response.status === 429 ? "no answer" : "not confirmed";
  } catch {
    return "no answer";
  }
};

/**
 * Tells a subscriber that it is none, or none any longer (WebSub §5.2), unless its protocol cannot say so. It need not
 * answer. Never rejects.
 */
export const sendDenial = async (
  outbound: Outbound,
  { callback, protocol }: Subscriber,
  topic: string,
  reason: string,
): Promise<void> => {
  const query = protocols[protocol].denialQuery(topic, reason);
  if (query === undefined) return;
  try {
    if ((await outbound.check(callback)) !== undefined) return;
    await fetchDiscardingBody(outbound, appendQuery(callback, query));
  } catch (error) {
    console.log(`a callback could not be told that ${topic} is denied: ${String(error)}`);
  }
};

/**
 * Asks a callback what is to be asked and returns its answer, or tells it what is to be told, to which there is no
 * answer.
 */
export const verifySubscriber = async (
  outbound: Outbound,
  topic: string,
  verification: PendingVerification,
): Promise<VerificationAnswer | undefined> => {
  const { mode, leaseMs, verifyToken, reason, challenge } = verification;
  if (mode !== "denied") {
    const intent = { mode, topic, leaseSeconds: leaseMs / 1000, ...(verifyToken !== null && { verifyToken }) };
    return verifyIntent(outbound, verification, intent, challenge);
  }
  await sendDenial(outbound, verification, topic, reason ?? "");
  return undefined;
};
