import pMap from "p-map";
import type { BoundedCache } from "../../lib/bounded-cache.ts";
import type { SignatureMethod } from "../../model/signature-method.ts";
import type { Outbound } from "../../outbound/outbound.ts";
import type { Payload } from "../protocol/protocol.ts";
import type { DeliveryMessage, DeliveryOutcome, Recipient, Shard } from "../rpc.ts";
import { CONCURRENCY, checkTimeoutMs, type HubSettings } from "../settings.ts";
import { deliver } from "./deliver.ts";

/** What delivering works with. */
export interface DeliveryContext {
  readonly settings: HubSettings;
  /** The shard of a name. */
  readonly shard: (name: string) => Shard;
  readonly outbound: Outbound;
  readonly signature: SignatureMethod;
  /** By shard: most batches of one come to the same isolate, so that each need not bring its payload. */
  readonly payloads: BoundedCache<Payload>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const MAX_TRIES = 3;

/**
 * Calls a shard, again if that fails: its methods have no further effect when they are called twice. `call` gets the
 * shard anew each time, as the stub of a Durable Object may be unusable after an error.
 */
const withRetries = async <Value>(call: () => Promise<Value>): Promise<Value> => {
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (error) {
      if (tries >= MAX_TRIES) throw error;
    }
  }
};

/**
 * For how long deliveries of a batch may be started. None may end after the claim, when the shard hands the batch out
 * again; nor be started long after the payload was handed out, which may be outdated by then.
 */
const timeToStartMs = ({ claimMs, timeoutMs }: HubSettings): number =>
  Math.min(claimMs - timeoutMs - checkTimeoutMs(claimMs), 2 * timeoutMs);

const deliverAll = async ({ shard: name, batch }: DeliveryMessage, context: DeliveryContext): Promise<void> => {
  const { settings, outbound, signature, payloads, now } = context;
  const deadline = now() + timeToStartMs(settings);
  const cached = payloads.get(name);
  const taken = await withRetries(() => context.shard(name).takeBatch(batch, cached?.etag));
  if (taken === undefined) return;
  const payload = taken.payload ?? cached;
  if (payload === undefined) throw new Error(`${name} gave no payload`);
  if (taken.payload !== undefined) payloads.set(name, payload);
  const deliverInTime = async (recipient: Recipient): Promise<DeliveryOutcome> =>
    now() < deadline ? deliver(outbound, payload, recipient, signature) : { id: recipient.id, kind: "not started" };
  const outcomes = await pMap(taken.recipients, deliverInTime, { concurrency: CONCURRENCY });
  await withRetries(() => context.shard(name).reportOutcomes(batch, payload.etag, outcomes));
};

/**
 * Makes the deliveries of a message of the queue. Never rejects, and the message need not come again: what is not
 * reported, its shard hands out once more.
 */
export const deliverBatch = async (message: DeliveryMessage, context: DeliveryContext): Promise<void> => {
  try {
    await deliverAll(message, context);
  } catch (error) {
    console.error("a batch of deliveries failed:", error);
  }
};
