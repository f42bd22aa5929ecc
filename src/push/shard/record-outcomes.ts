import { retryDelayMs } from "../../outbound/retry.ts";
import type { DeliveryOutcome } from "../rpc.ts";
import type { HubSettings } from "../settings.ts";
import type { Subscriptions } from "./subscriptions.ts";

/** What outcomes are written to, and what deciding about them takes. */
export interface OutcomeContext {
  readonly subscriptions: Subscriptions;
  readonly settings: HubSettings;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Whether there is a later edition than the one that was delivered. */
  readonly isOutdated: boolean;
  /** Ends the subscription of a callback, and tells it why. */
  readonly endSubscription: (callback: string, reason: string) => void;
}

/**
 * The time of the first delay is cut into so many slots: retries are put off to the end of theirs, and made together.
 */
const RETRY_SLOTS = 6;

const recordFailure = (
  batch: number,
  outcome: DeliveryOutcome & { readonly kind: "failed" | "unchecked" },
  { subscriptions, settings, now, random, endSubscription }: OutcomeContext,
): void => {
  const isTried = outcome.kind === "failed";
  const reason = isTried ? outcome.reason : "nobody can tell where the callback leads";
  const failure = subscriptions.recordFailure(outcome.id, batch, reason, isTried ? 1 : 0, now);
  if (failure === undefined) return;
  const { callback, attempts, since } = failure;
  if (now - since >= settings.giveUpAfterMs) {
    const when = `since ${new Date(since).toISOString()}, ${attempts} times`;
    endSubscription(callback, `Nothing could be delivered ${when}: ${reason}.`);
    return;
  }
  const delayMs = isTried
    ? Math.max(retryDelayMs(settings.retry, attempts, random), outcome.retryAfterMs ?? 0)
    : settings.retry.firstMs;
  // Each retry by itself would take a message of the queue and an alarm by itself.
  const slotMs = settings.retry.firstMs / RETRY_SLOTS;
  subscriptions.retryAt(outcome.id, Math.ceil((now + delayMs) / slotMs) * slotMs);
};

/** Records what became of a batch: each delivery is done, will be tried again, or ends the subscription. */
export const recordOutcomes = (batch: number, outcomes: readonly DeliveryOutcome[], context: OutcomeContext): void => {
  const { subscriptions, now, isOutdated } = context;
  const delivered = outcomes.filter((outcome) => outcome.kind === "delivered");
  for (const isSlow of [false, true]) {
    const ids = delivered.filter((outcome) => (outcome.isSlow === true) === isSlow).map(({ id }) => id);
    if (ids.length > 0) subscriptions.recordDelivered(ids, batch, isSlow, isOutdated ? now : null);
  }
  for (const outcome of outcomes) {
    if (outcome.kind === "gone") subscriptions.recordGone(outcome.id, batch, now);
    if (outcome.kind === "slow") subscriptions.recordSlow(outcome.id, batch, now);
    if (outcome.kind === "not started") subscriptions.postpone(outcome.id, batch, now);
    if (outcome.kind === "failed" || outcome.kind === "unchecked") recordFailure(batch, outcome, context);
  }
};
