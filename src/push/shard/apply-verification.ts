import { retryDelayMs } from "../../outbound/retry.ts";
import type { ShardDependencies } from "./dependencies.ts";
import type { Subscriptions } from "./subscriptions.ts";
import type { PendingVerification, VerificationQueue } from "./verification-queue.ts";
import type { Answer } from "./verify-subscriber.ts";

/** How often a callback that does not answer is asked whether it meant it. */
const MAX_ATTEMPTS = 2;

/** What answers are written down in. */
interface ApplyContext extends Pick<ShardDependencies, "now" | "random" | "settings"> {
  readonly verifications: VerificationQueue;
  readonly subscriptions: Subscriptions;
}

/** Does what a callback has agreed to, or asks once more where it does not answer. No answer: it was only told something. */
export const applyVerification = (
  verification: PendingVerification,
  answer: Answer | undefined,
  { verifications, subscriptions, settings, now, random }: ApplyContext,
): void => {
  const { callback, protocol, address, mode, secret, lease, attempts } = verification;
  if (answer === "does not answer" && attempts + 1 < MAX_ATTEMPTS) {
    verifications.retryAt(verification, now() + retryDelayMs(settings.retry, attempts + 1, random));
    return;
  }
  if (!verifications.end(verification) || answer !== "agrees") return;
  if (mode === "subscribe") subscriptions.save({ callback, protocol, address, secret, expires: now() + lease }, now());
  else subscriptions.remove(callback);
};
