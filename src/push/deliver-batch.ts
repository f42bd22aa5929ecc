import type { BoundedCache } from "../memory/bounded-cache.ts";
import type { Outside } from "./ask-subscriber.ts";
import { deliver, type Payload } from "./delivery.ts";
import { inParallel } from "./in-parallel.ts";
import { AT_ONCE, type HubSettings } from "./settings.ts";
import type { DeliveryMessage, Shard } from "./stubs.ts";

/** What a payload is kept under, in the isolate: that of a shard's latest edition. */
export interface KnownPayload {
  readonly etag: string;
  readonly payload: Payload;
}

/** What delivering works with. */
export interface Courier {
  readonly settings: HubSettings;
  readonly shard: (name: string) => Shard;
  readonly outside: Outside;
  /** By shard: most batches of one come to the same isolate. */
  readonly payloads: BoundedCache<KnownPayload>;
  /** Milliseconds. */
  readonly now: () => number;
}

const work = async ({ shard, batch }: DeliveryMessage, courier: Courier): Promise<void> => {
  const { settings, outside, payloads, now } = courier;
  const outbox = courier.shard(shard);
  const deadline = now() + settings.claim - settings.timeOut;
  const known = payloads.get(shard);
  const job = await outbox.take(batch, known?.etag);
  if (job === undefined) return;
  const payload = job.payload ?? known?.payload;
  if (payload === undefined) throw new Error(`${shard} gave no payload`);
  if (job.payload !== undefined) payloads.set(shard, { etag: job.etag, payload });
  const outcomes = await inParallel(job.recipients, AT_ONCE, async (recipient) =>
    now() < deadline ? deliver(outside, payload, recipient) : undefined,
  );
  await outbox.report(
    batch,
    job.etag,
    outcomes.filter((outcome) => outcome !== undefined),
  );
};

/**
 * Makes the deliveries of a message of the queue. What it does not get done, its shard hands out anew: so it never fails, and
 * the message need not come again.
 */
export const deliverBatch = async (message: DeliveryMessage, courier: Courier): Promise<void> => {
  try {
    await work(message, courier);
  } catch (error) {
    console.error("a batch of deliveries failed:", error);
  }
};
