import type { Protocol } from "./hub-request.ts";
import { reach } from "./reach.ts";

/** How push reaches the outside. */
export interface Outside {
  readonly fetch: typeof globalThis.fetch;
  /** Why nothing may be sent to a callback just now; nothing where it may. Fails where nobody can tell. */
  readonly check: (callback: string) => Promise<string | undefined>;
  /** IP address that a callback leads to, as far as that is known. */
  readonly addressOf: (callback: string) => Promise<string | undefined>;
  /** Milliseconds. */
  readonly timeOut: number;
}

/** What became of a question to a subscriber. */
export type Answer = "agrees" | "disagrees" | "does not answer";

/** Characters of an answer that are read: a challenge is shorter. */
const MOST_READ = 256;

/** The callback with parameters behind its own (§5.1.1). */
export const withParameters = (callback: string, parameters: Readonly<Record<string, string>>): string =>
  `${callback}${callback.includes("?") ? "&" : "?"}${new URLSearchParams(parameters)}`;

/** The text of an answer; of one that is longer than `most` characters, only so much that this can be seen. */
export const readStart = async ({ body }: Response, most: number): Promise<string> => {
  let text = "";
  if (body === null) return text;
  for await (const part of body.pipeThrough(new TextDecoderStream("utf-8", { ignoreBOM: true }))) {
    text += part;
    if (text.length > most) break;
  }
  return text;
};

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
  outside: Outside,
  callback: string,
  intent: Intent,
  challenge: string,
): Promise<Answer> => {
  try {
    if ((await outside.check(callback)) !== undefined) return "disagrees";
    const response = await reach(outside, withParameters(callback, questionOf(intent, challenge)));
    if (response.ok) return (await readStart(response, MOST_READ)) === challenge ? "agrees" : "disagrees";
    await response.body?.cancel();
    return response.status >= 500 || response.status === 429 ? "does not answer" : "disagrees";
  } catch {
    return "does not answer";
  }
};

/** Tells a subscriber that it is none, or none any longer (§5.2). It need not answer. */
export const deny = async (outside: Outside, callback: string, topic: string, reason: string): Promise<void> => {
  try {
    if ((await outside.check(callback)) !== undefined) return;
    const parameters = { "hub.mode": "denied", "hub.topic": topic, "hub.reason": reason };
    const response = await reach(outside, withParameters(callback, parameters));
    await response.body?.cancel();
  } catch (error) {
    console.log(`a callback could not be told that ${topic} is denied: ${String(error)}`);
  }
};
