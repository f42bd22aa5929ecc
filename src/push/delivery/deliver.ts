import { withTimeout } from "../../lib/with-timeout.ts";
import type { SignatureMethod } from "../../model/signature-method.ts";
import { fetchDiscardingBody, isTimeout } from "../../outbound/guarded-fetch.ts";
import type { Outbound } from "../../outbound/outbound.ts";
import type { Payload } from "../protocol/protocol.ts";
import { protocols } from "../protocol/protocols.ts";
import type { DeliveryOutcome, Recipient } from "../rpc.ts";

const MAX_RETRY_AFTER_SECONDS = 86_400;

const MAX_REASON_LENGTH = 300;

/** Reads Retry-After (RFC 9110 §10.2.3). A date counts from the response's own: nobody knows whose clock is right. */
const readRetryAfter = ({ headers }: Response): { readonly retryAfterMs?: number } => {
  const text = headers.get("retry-after") ?? "";
  const untilMs = Date.parse(text) - Date.parse(headers.get("date") ?? "");
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil(untilMs / 1000);
  return seconds > 0 ? { retryAfterMs: Math.min(seconds, MAX_RETRY_AFTER_SECONDS) * 1000 } : {};
};

const timedOut = (id: number): DeliveryOutcome => ({
  ...{ id, kind: "failed", isTimeout: true },
  reason: "the callback does not answer in time",
});

/** Delivers an edition to one subscriber, in its protocol, signed if it has a secret. Never rejects: what went wrong is an outcome. */
export const deliver = async (
  outbound: Outbound,
  payload: Payload,
  { id, callback, protocol, secret }: Recipient,
  signature: SignatureMethod,
): Promise<DeliveryOutcome> => {
  try {
    const reason = await withTimeout(outbound.check(callback), outbound.timeoutMs);
    if (reason !== undefined) return { id, kind: "failed", reason: `the callback ${reason}` };
  } catch (error) {
    console.error("a callback could not be checked:", error);
    return isTimeout(error) ? timedOut(id) : { id, kind: "unchecked" };
  }
  try {
    const request = protocols[protocol].deliveryRequest(payload, secret, signature);
    const response = await fetchDiscardingBody(outbound, callback, request);
    if (response.ok) return { id, kind: "delivered" };
    if (response.status === 410) return { id, kind: "gone" };
    return { id, kind: "failed", reason: `the callback answers ${response.status}`, ...readRetryAfter(response) };
  } catch (error) {
    if (isTimeout(error)) return timedOut(id);
    const reason = `the callback can't be reached: ${String(error)}`.slice(0, MAX_REASON_LENGTH);
    return { id, kind: "failed", reason };
  }
};
