import type { Delivered } from "./delivery.ts";
import { type HubSettings, retryDelay } from "./settings.ts";
import type { Subscriptions } from "./shard-subscriptions.ts";

/** What has to be known to settle a delivery. Times in milliseconds. */
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

/** Writes down what became of a delivery: it is done, will be tried again, or ends the subscription. */
export const settleDelivery = (
  batch: number,
  outcome: Delivered,
  { subscriptions, settings, now, random, isOutdated, end }: Settling,
): void => {
  const { id } = outcome;
  if (outcome.kind === "taken") {
    subscriptions.taken(id, batch, isOutdated ? now : null);
    return;
  }
  if (outcome.kind === "gone") {
    subscriptions.gone(id, batch);
    return;
  }
  const failure = subscriptions.failed(id, batch, outcome.reason, now);
  if (failure === undefined) return;
  const { callback, attempts, since } = failure;
  if (now - since < settings.giveUpAfter) {
    subscriptions.wait(id, now + Math.max(retryDelay(settings, attempts, random), outcome.retryAfter ?? 0));
    return;
  }
  const when = `since ${new Date(since).toISOString()}, ${attempts} times`;
  end(callback, `Nothing could be delivered ${when}: ${outcome.reason}.`);
};
