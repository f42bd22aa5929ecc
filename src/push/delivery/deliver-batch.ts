import type { BoundedCache } from "../../lib/bounded-cache.ts";
import { mapConcurrently } from "../../outbound/concurrency.ts";
import type { Outbound } from "../../outbound/outbound.ts";
import type { DeliveryMessage, Shard } from "../rpc.ts";
import { CONCURRENCY, checkTimeoutMs, type HubSettings } from "../settings.ts";
import { deliver, type Outcome, type Payload } from "./deliver.ts";

/** What delivering works with. */
export interface DeliveryContext {
  readonly settings: HubSettings;
  readonly shard: (name: string) => Shard;
  readonly outbound: Outbound;
  /** By shard: most batches of one come to the same isolate. */
  readonly payloads: BoundedCache<Payload>;
  /** Milliseconds. */
  readonly now: () => number;
}

const MAX_TRIES = 3;

/** What a shard says, in a few tries: it answers the same to who asks twice, or nothing. */
const persist = async <Value>(ask: () => Promise<Value>): Promise<Value> => {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries >= MAX_TRIES) throw error;
    }
  }
};

const work = async ({ shard, batch }: DeliveryMessage, context: DeliveryContext): Promise<void> => {
  const { settings, outbound, payloads, now } = context;
  // Nothing is begun that could end after the claim, nor long after the body was handed out: it may be an old one by then.
  const limit = Math.min(
    settings.claimMs - settings.timeoutMs - checkTimeoutMs(settings.claimMs),
    2 * settings.timeoutMs,
  );
  const deadline = now() + limit;
  const known = payloads.get(shard);
  const job = await persist(() => context.shard(shard).take(batch, known?.etag));
  if (job === undefined) return;
  const payload = job.payload ?? known;
  if (payload === undefined) throw new Error(`${shard} gave no payload`);
  if (job.payload !== undefined) payloads.set(shard, payload);
  const outcomes = await mapConcurrently(
    job.recipients,
    async (recipient): Promise<Outcome> =>
      now() < deadline ? deliver(outbound, payload, recipient) : { id: recipient.id, kind: "not begun" },
    { concurrency: CONCURRENCY },
  );
  await persist(() => context.shard(shard).report(batch, payload.etag, outcomes));
};

/**
 * Makes the deliveries of a message of the queue. What it does not get done, its shard hands out anew: so it never fails, and
 * the message need not come again.
 */
export const deliverBatch = async (message: DeliveryMessage, context: DeliveryContext): Promise<void> => {
  try {
    await work(message, context);
  } catch (error) {
    console.error("a batch of deliveries failed:", error);
  }
};
