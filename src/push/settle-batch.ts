import type { Outcome } from "./delivery.ts";
import { type HubSettings, retryDelay } from "./settings.ts";
import type { Subscriptions } from "./shard-subscriptions.ts";

/** What has to be known to settle deliveries. Times in milliseconds. */
export interface Settling {
  readonly subscriptions: Subscriptions;
  readonly settings: HubSettings;
  readonly now: number;
  readonly random: () => number;
  /** Whether there is a later edition than the one that was delivered. */
  readonly isOutdated: boolean;
  /** Ends a subscription, and tells why. */
  readonly end: (callback: string, reason: string) => void;
}

const settleFailure = (
  batch: number,
  { id, reason, retryAfter = 0 }: Outcome & { readonly kind: "failed" },
  { subscriptions, settings, now, random, end }: Settling,
): void => {
  const failure = subscriptions.failed(id, batch, reason, now);
  if (failure === undefined) return;
  const { callback, attempts, since } = failure;
  if (now - since < settings.giveUpAfter) {
    subscriptions.retryAt(id, now + Math.max(retryDelay(settings, attempts, random), retryAfter));
    return;
  }
  const when = `since ${new Date(since).toISOString()}, ${attempts} times`;
  end(callback, `Nothing could be delivered ${when}: ${reason}.`);
};

/** Writes down what became of a batch: each delivery is done, will be tried again, or ends the subscription. */
export const settleBatch = (batch: number, outcomes: readonly Outcome[], settling: Settling): void => {
  const { subscriptions, settings, now, isOutdated } = settling;
  const taken = outcomes.filter(({ kind }) => kind === "taken").map(({ id }) => id);
  subscriptions.taken(taken, batch, isOutdated ? now : null);
  for (const outcome of outcomes) {
    if (outcome.kind === "gone") subscriptions.gone(outcome.id, batch, now);
    if (outcome.kind === "untried") subscriptions.postpone(outcome.id, batch, now + settings.retryAfter);
    if (outcome.kind === "failed") settleFailure(batch, outcome, settling);
  }
};
