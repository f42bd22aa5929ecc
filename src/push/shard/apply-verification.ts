import { retryDelay } from "../settings.ts";
import type { ShardParts } from "./dependencies.ts";
import type { Subscriptions } from "./subscriptions.ts";
import type { Errand, Errands } from "./verification-queue.ts";
import type { Answer } from "./verify-subscriber.ts";

/** How often a callback that does not answer is asked whether it meant it. */
const MOST_ATTEMPTS = 2;

/** What answers are written down in. */
interface Heeding extends Pick<ShardParts, "now" | "random" | "settings"> {
  readonly errands: Errands;
  readonly subscriptions: Subscriptions;
}

/** Does what a callback has agreed to, or asks once more where it does not answer. No answer: it was only told something. */
export const heedAnswer = (
  errand: Errand,
  answer: Answer | undefined,
  { errands, subscriptions, settings, now, random }: Heeding,
): void => {
  const { callback, protocol, address, mode, secret, lease, attempts } = errand;
  if (answer === "does not answer" && attempts + 1 < MOST_ATTEMPTS) {
    errands.retryAt(errand, now() + retryDelay(settings, attempts + 1, random));
    return;
  }
  if (!errands.end(errand) || answer !== "agrees") return;
  if (mode === "subscribe") subscriptions.save({ callback, protocol, address, secret, expires: now() + lease }, now());
  else subscriptions.remove(callback);
};
