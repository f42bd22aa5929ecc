import type { BoundedCache } from "../lib/bounded-cache.ts";
import type { SignatureMethod } from "../model/signature-method.ts";
import type { HangTracker } from "../outbound/hang-tracker.ts";
import type { Outbound } from "../outbound/outbound.ts";
import type { Payload } from "./protocol/protocol.ts";
import type { Shard } from "./rpc.ts";
import type { HubSettings } from "./settings.ts";

/** What the consumer of the queue works with. */
export interface ConsumerContext {
  readonly settings: HubSettings;
  /** The shard of a name. */
  readonly shard: (name: string) => Shard;
  readonly outbound: Outbound;
  readonly signature: SignatureMethod;
  /** By shard: most batches of one come to the same isolate, so that each need not bring its payload. */
  readonly payloads: BoundedCache<Payload>;
  /** Who hung lately, whatever topic it was about. */
  readonly hangs: HangTracker;
  /** Who did, though it had the whole time-out. */
  readonly patientHangs: HangTracker;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
