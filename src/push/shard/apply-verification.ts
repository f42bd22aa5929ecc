import { retryDelayMs } from "../../outbound/retry.ts";
import type { VerificationOutcome } from "../rpc.ts";
import type { ShardDependencies } from "./dependencies.ts";
import type { Subscriptions } from "./subscriptions.ts";
import type { VerificationQueue } from "./verification-queue.ts";

/** How often a callback that does not answer is asked to confirm a request, the short first time not counted. */
const MAX_ATTEMPTS = 2;

/** What answers are written to, and what deciding about them takes. */
export interface VerificationContext extends Pick<ShardDependencies, "now" | "random" | "settings"> {
  readonly verifications: VerificationQueue;
  readonly subscriptions: Subscriptions;
}

/**
 * Does what a callback has confirmed, and has it asked once more if it did not answer; if it only did not answer in the
 * short time that it gets at first, or is known to hang, soon and with patience. What is outdated has no effect.
 */
export const applyVerification = (
  { callback, challenge, answer }: VerificationOutcome,
  { verifications, subscriptions, settings, now, random }: VerificationContext,
): void => {
  const pending = verifications.underWay(callback, challenge);
  if (pending === undefined) return;
  const { protocol, address, mode, secret, leaseMs, attempts, isPatient } = pending;
  if (answer === "not asked") {
    verifications.postpone(pending, now());
    return;
  }
  const hasHung = answer === "hung" || answer === "slow";
  if (mode !== "denied" && hasHung && !isPatient && attempts < MAX_ATTEMPTS) {
    verifications.retryAt(pending, attempts, now());
    return;
  }
  if ((hasHung || answer === "no answer") && mode !== "denied" && attempts + 1 < MAX_ATTEMPTS) {
    verifications.retryAt(pending, attempts + 1, now() + retryDelayMs(settings.retry, attempts + 1, random));
    return;
  }
  verifications.finish(pending);
  if (answer !== "confirmed") return;
  if (mode === "subscribe")
    subscriptions.save({ callback, protocol, address, secret, expires: now() + leaseMs }, now());
  else subscriptions.remove(callback);
};
