import { retryDelayMs } from "../../outbound/retry.ts";
import type { ShardDependencies } from "./dependencies.ts";
import type { Subscriptions } from "./subscriptions.ts";
import type { PendingVerification, VerificationQueue } from "./verification-queue.ts";
import type { VerificationAnswer } from "./verify-subscriber.ts";

/** How often a callback that does not answer is asked to confirm a request. */
const MAX_ATTEMPTS = 2;

/** What answers are written to, and what deciding about them takes. */
export interface VerificationContext extends Pick<ShardDependencies, "now" | "random" | "settings"> {
  readonly verifications: VerificationQueue;
  readonly subscriptions: Subscriptions;
}

/**
 * Does what a callback has confirmed, and has it asked once more if it did not answer. Without an `answer` it was only
 * told something, which is done now.
 */
export const applyVerification = (
  verification: PendingVerification,
  answer: VerificationAnswer | undefined,
  { verifications, subscriptions, settings, now, random }: VerificationContext,
): void => {
  const { callback, protocol, address, mode, secret, leaseMs, attempts } = verification;
  if (answer === "no answer" && attempts + 1 < MAX_ATTEMPTS) {
    verifications.retryAt(verification, now() + retryDelayMs(settings.retry, attempts + 1, random));
    return;
  }
  if (!verifications.finish(verification) || answer !== "confirmed") return;
  if (mode === "subscribe")
    subscriptions.save({ callback, protocol, address, secret, expires: now() + leaseMs }, now());
  else subscriptions.remove(callback);
};
