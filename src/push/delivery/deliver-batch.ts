import { mapInTurns } from "../../lib/map-in-turns.ts";
import { partyOf } from "../../outbound/party.ts";
import type { ConsumerContext } from "../consumer-context.ts";
import type { DeliveryOutcome, Patience, QueueMessage, Recipient } from "../rpc.ts";
import { CONCURRENCY, checkTimeoutMs, type HubSettings } from "../settings.ts";
import { withRetries } from "../with-retries.ts";
import { deliver } from "./deliver.ts";

/**
 * For how long deliveries of a batch may be started. None may end after the claim, when the shard hands the batch out
 * again; nor be started long after the payload was handed out, which may be outdated by then.
 */
const timeToStartMs = ({ claimMs, timeoutMs }: HubSettings): number =>
  Math.min(claimMs - timeoutMs - checkTimeoutMs(claimMs), 2 * timeoutMs);

const timeoutFor = (patience: Patience, { timeoutMs, quickTimeoutMs, provenTimeoutMs }: HubSettings): number =>
  ({ patient: timeoutMs, proven: provenTimeoutMs, unproven: quickTimeoutMs })[patience];

const deliverAll = async ({ shard: name, batch }: QueueMessage, context: ConsumerContext): Promise<void> => {
  const { settings, signature, payloads, hangs, now } = context;
  const cached = payloads.get(name);
  const start = now();
  const taken = await withRetries(() => context.shard(name).takeBatch(batch, cached?.etag));
  if (taken === undefined) return;
  const { recipients, patience } = taken;
  const payload = taken.payload ?? cached;
  if (payload === undefined) throw new Error(`${name} gave no payload`);
  if (taken.payload !== undefined) payloads.set(name, payload);
  const outbound = { ...context.outbound, timeoutMs: timeoutFor(patience, settings) };
  const deadline = start + timeToStartMs(settings);

  // Whose domain and network a subscriber shares says nothing of it once it has accepted a delivery.
  const counts = patience === "proven" ? "host" : "all";
  const deliverInTime = async (recipient: Recipient): Promise<DeliveryOutcome> => {
    const { id, callback, address } = recipient;
    const party = partyOf(callback, address);
    if (now() >= deadline) return { id, kind: "not started" };
    if (patience !== "patient" && hangs.isSlow(party, counts, now())) return { id, kind: "slow" };
    const begin = now();
    const outcome = await deliver(outbound, payload, recipient, signature);
    const hasHung = outcome.kind === "failed" && outcome.isTimeout === true;
    hangs.record(party, !hasHung, now());
    if (hasHung && patience !== "patient") return { id, kind: "slow" };
    const isDeliveredLate = outcome.kind === "delivered" && now() - begin > settings.provenTimeoutMs;
    return isDeliveredLate ? { ...outcome, isSlow: true } : outcome;
  };

  const outcomes = await mapInTurns(recipients, (one) => [new URL(one.callback).host], deliverInTime, {
    max: CONCURRENCY,
  });
  await withRetries(() => context.shard(name).reportOutcomes(batch, payload.etag, outcomes));
};

/**
 * Makes the deliveries of a message of the queue, to different hosts first. Never rejects, and the message need not
 * come again: what is not reported, its shard hands out once more.
 */
export const deliverBatch = async (message: QueueMessage, context: ConsumerContext): Promise<void> => {
  try {
    await deliverAll(message, context);
  } catch (error) {
    console.error("a batch of deliveries failed:", error);
  }
};
