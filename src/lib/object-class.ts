import type { DurableObject } from "cloudflare:workers";

/** A class of Durable Objects whose methods are those of `Methods`. */
export type ObjectClass<Bindings, Methods> = new (
  state: DurableObjectState,
  env: Bindings,
) => DurableObject<Bindings> & Methods;

/** What the platform calls when an object's alarm is due. */
export interface AlarmHandler {
  alarm(): Promise<void>;
}
