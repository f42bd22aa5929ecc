import { retryDelayMs } from "../../outbound/retry.ts";
import type { Outcome } from "../delivery/deliver.ts";
import type { HubSettings } from "../settings.ts";
import type { Subscriptions } from "./subscriptions.ts";

/** What has to be known to settle deliveries. Times in milliseconds. */
export interface RecordingContext {
  readonly subscriptions: Subscriptions;
  readonly settings: HubSettings;
  readonly now: number;
  readonly random: () => number;
  /** Whether there is a later edition than the one that was delivered. */
  readonly isOutdated: boolean;
  /** Ends a subscription, and tells why. */
  readonly end: (callback: string, reason: string) => void;
}

/** Those that would be tried again within this share of the first wait are tried at the same time, at its end. */
const RETRIES_TOGETHER = 6;

const recordFailure = (
  batch: number,
  outcome: Outcome & { readonly kind: "failed" | "untried" },
  { subscriptions, settings, now, random, end }: RecordingContext,
): void => {
  const isTried = outcome.kind === "failed";
  const reason = isTried ? outcome.reason : "nobody can tell where the callback leads";
  const failure = subscriptions.failed(outcome.id, batch, reason, isTried ? 1 : 0, now);
  if (failure === undefined) return;
  const { callback, attempts, since } = failure;
  if (now - since >= settings.giveUpAfterMs) {
    const when = `since ${new Date(since).toISOString()}, ${attempts} times`;
    end(callback, `Nothing could be delivered ${when}: ${reason}.`);
    return;
  }
  const wait = isTried
    ? Math.max(retryDelayMs(settings.retry, attempts, random), outcome.retryAfterMs ?? 0)
    : settings.retry.firstMs;
  // Together with others: who comes back alone takes a message of the queue, and an alarm, alone.
  const grain = settings.retry.firstMs / RETRIES_TOGETHER;
  subscriptions.retryAt(outcome.id, Math.ceil((now + wait) / grain) * grain);
};

/** Writes down what became of a batch: each delivery is done, will be tried again, or ends the subscription. */
export const recordOutcomes = (batch: number, outcomes: readonly Outcome[], context: RecordingContext): void => {
  const { subscriptions, now, isOutdated } = context;
  const taken = outcomes.filter(({ kind }) => kind === "taken").map(({ id }) => id);
  subscriptions.taken(taken, batch, isOutdated ? now : null);
  for (const outcome of outcomes) {
    if (outcome.kind === "gone") subscriptions.gone(outcome.id, batch, now);
    if (outcome.kind === "not begun") subscriptions.postpone(outcome.id, batch, now);
    if (outcome.kind === "failed" || outcome.kind === "untried") recordFailure(batch, outcome, context);
  }
};
