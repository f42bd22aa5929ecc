import { createHmac } from "node:crypto";
import { fetchDiscardingBody } from "../../outbound/guarded-fetch.ts";
import type { Outbound } from "../../outbound/outbound.ts";
import type { Protocol } from "../protocol/websub.ts";
import type { TopicEdition } from "../rpc.ts";

/** An edition as it is sent out. */
export interface Payload extends TopicEdition {
  readonly topic: string;
  /** Of the hub that sends it. */
  readonly hubUrl: string;
}

/** Someone whom it is for. */
export interface Recipient {
  /** Of the subscription, in its shard. */
  readonly id: number;
  readonly callback: string;
  readonly protocol: Protocol;
  readonly secret?: string;
}

/** What became of a delivery. */
export type Outcome =
  | { readonly id: number; readonly kind: "taken" }
  /** The subscriber wants no more (410). */
  | { readonly id: number; readonly kind: "gone" }
  /** Nobody could tell whether the callback may be asked just now. */
  | { readonly id: number; readonly kind: "untried" }
  /** There was no time left for it. */
  | { readonly id: number; readonly kind: "not begun" }
  /** `retryAfter`: milliseconds for which it asked us to wait. */
  | { readonly id: number; readonly kind: "failed"; readonly reason: string; readonly retryAfterMs?: number };

const MAX_WAIT_SECONDS = 86_400;

/** RFC 9110 §10.2.3. A date counts from the answer's own: nobody knows whose clock is right. */
const readRetryAfter = ({ headers }: Response): { readonly retryAfterMs?: number } => {
  const text = headers.get("retry-after") ?? "";
  const until = Date.parse(text) - Date.parse(headers.get("date") ?? "");
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil(until / 1000);
  return seconds > 0 ? { retryAfterMs: Math.min(seconds, MAX_WAIT_SECONDS) * 1000 } : {};
};

/** The signature of a body (§7.1): a hexadecimal HMAC, with the name of its method. */
export const signatureOf = (body: Uint8Array, secret: string): string =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

const messageOf = ({ topic, hubUrl, contentType, body }: Payload, { protocol, secret }: Recipient): RequestInit =>
  protocol === "rsscloud"
    ? { body: new URLSearchParams({ url: topic }) }
    : {
        headers: {
          "content-type": contentType,
          link: `<${hubUrl}>; rel="hub", <${topic}>; rel="self"`,
          ...(secret !== undefined && { "x-hub-signature": signatureOf(body, secret) }),
        },
        body,
      };

/** Delivers an edition to one subscriber (§7), or tells it that there is one (rssCloud). Never fails: what went wrong is an outcome. */
export const deliver = async (outbound: Outbound, payload: Payload, recipient: Recipient): Promise<Outcome> => {
  const { id, callback } = recipient;
  try {
    const refused = await outbound.check(callback);
    if (refused !== undefined) return { id, kind: "failed", reason: `the callback ${refused}` };
  } catch (error) {
    console.error("a callback could not be checked:", error);
    return { id, kind: "untried" };
  }
  try {
    const response = await fetchDiscardingBody(outbound, callback, {
      method: "POST",
      ...messageOf(payload, recipient),
    });
    if (response.ok) return { id, kind: "taken" };
    if (response.status === 410) return { id, kind: "gone" };
    const asked = readRetryAfter(response);
    return { id, kind: "failed", reason: `the callback answers ${response.status}`, ...asked };
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    const reason = isLate ? "does not answer in time" : `can't be reached: ${String(error)}`;
    return { id, kind: "failed", reason: `the callback ${reason}`.slice(0, 300) };
  }
};
