import { withTimeout } from "../../lib/with-timeout.ts";
import {
  appendQuery,
  fetchDiscardingBody,
  guardedFetch,
  isTimeout,
  readTextUpTo,
} from "../../outbound/guarded-fetch.ts";
import type { Outbound } from "../../outbound/outbound.ts";
import type { Intent } from "../protocol/protocol.ts";
import { protocols } from "../protocol/protocols.ts";
import type { Verification, VerificationAnswer } from "../rpc.ts";

/** A callback, and how it is spoken to. */
type Subscriber = Pick<Verification, "callback" | "protocol">;

/** A challenge is shorter. */
const MAX_ANSWER_CHARACTERS = 256;

/**
 * Asks a subscriber whether it meant its request (WebSub §5.3; rssCloud does the same). It confirms with 2xx and the
 * very challenge as the body. It gives no answer with 5xx, 429 or no connection, or if it cannot be told whether it may
 * be asked; it hangs if all of that takes longer than the time-out.
 */
export const verifyIntent = async (
  outbound: Outbound,
  { callback, protocol }: Subscriber,
  intent: Intent,
  challenge: string,
): Promise<VerificationAnswer> => {
  try {
    if ((await withTimeout(outbound.check(callback), outbound.timeoutMs)) !== undefined) return "not confirmed";
    const query = protocols[protocol].verificationQuery(intent, challenge);
    const response = await guardedFetch(outbound, appendQuery(callback, query));
    if (response.ok) {
      const answer = await readTextUpTo(response, MAX_ANSWER_CHARACTERS);
      return answer === challenge ? "confirmed" : "not confirmed";
    }
    await response.body?.cancel();
    return response.status >= 500 || response.status === 429 ? "no answer" : "not confirmed";
  } catch (error) {
    return isTimeout(error) ? "hung" : "no answer";
  }
};

/**
 * Tells a subscriber that it is none, or none any longer (WebSub §5.2), unless its protocol cannot say so. It need not
 * answer, but whether it hangs is told. Never rejects.
 */
export const sendDenial = async (
  outbound: Outbound,
  { callback, protocol }: Subscriber,
  topic: string,
  reason: string,
): Promise<"hung" | "told"> => {
  const query = protocols[protocol].denialQuery(topic, reason);
  if (query === undefined) return "told";
  try {
    if ((await withTimeout(outbound.check(callback), outbound.timeoutMs)) === undefined)
      await fetchDiscardingBody(outbound, appendQuery(callback, query));
  } catch (error) {
    console.log(`a callback could not be told that ${topic} is denied: ${String(error)}`);
    if (isTimeout(error)) return "hung";
  }
  return "told";
};

/**
 * Asks a callback what is to be asked and returns its answer, or tells it what is to be told, to which there is no
 * answer that counts.
 */
export const verifySubscriber = async (
  outbound: Outbound,
  topic: string,
  verification: Verification,
): Promise<VerificationAnswer | "told"> => {
  const { mode, leaseMs, verifyToken, reason, challenge } = verification;
  if (mode !== "denied") {
    const intent = { mode, topic, leaseSeconds: leaseMs / 1000, ...(verifyToken !== null && { verifyToken }) };
    return verifyIntent(outbound, verification, intent, challenge);
  }
  return sendDenial(outbound, verification, topic, reason ?? "");
};
