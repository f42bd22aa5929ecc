import { DurableObject } from "cloudflare:workers";
import type { Instant } from "../model/instant.ts";
import type { Store } from "../store/store.ts";
import { runAlarm } from "./alarm.ts";
import { findTransitions, type OnTransitions } from "./find-transitions.ts";

/** What the scheduler works with. */
export interface Watch {
  readonly store: Store;
  readonly onTransitions: OnTransitions;
  /** Milliseconds. */
  readonly now: () => Instant;
}

const LAST_CHECK = "looked";

/** However quiet it is: a story may have come in by another way. */
const MAX_WAIT_MS = 3_600_000;

/**
 * Notices embargoes that lift and stories that expire, at the very minute: one object for the whole site, with an alarm for the
 * next of those moments. `watch` gives it what it works with.
 */
export const createScheduler = <Bindings>(watch: (bindings: Bindings) => Watch) =>
  class Scheduler extends DurableObject<Bindings> {
    /** Announces what has happened since the last look, and sets the alarm for what comes next. One look at a time. */
    check(): Promise<void> {
      return this.ctx.blockConcurrencyWhile(() => this.#check());
    }

    async #check(): Promise<void> {
      const { store, onTransitions, now } = watch(this.env);
      const { storage } = this.ctx;
      await runAlarm(storage, "the scheduler", now, async () => {
        const time = now();
        const last = (await storage.get<Instant>(LAST_CHECK)) ?? time;
        const { items, next } = await findTransitions(store, last, time);
        await onTransitions(items);
        await storage.put(LAST_CHECK, time);
        await storage.setAlarm(Math.min(next, time + MAX_WAIT_MS));
      });
    }

    override alarm(): Promise<void> {
      return this.check();
    }
  };

/** An instance of the Durable Object, as a namespace names it. */
export type SchedulerObject = InstanceType<ReturnType<typeof createScheduler>>;
