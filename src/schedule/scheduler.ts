import { DurableObject } from "cloudflare:workers";
import type { Instant } from "../model/instant.ts";
import type { Store } from "../store/store.ts";
import { keepAlarm } from "./alarm.ts";
import { lookAround, type OnLook } from "./find-transitions.ts";

/** What the scheduler works with. */
export interface Watch {
  readonly store: Store;
  readonly onLook: OnLook;
  /** Milliseconds. */
  readonly now: () => Instant;
}

const LOOKED = "looked";

/** However quiet it is: a story may have come in by another way. */
const MOST_WAIT = 3_600_000;

/**
 * Notices embargoes that lift and stories that expire, at the very minute: one object for the whole site, with an alarm for the
 * next of those moments. `watch` gives it what it works with.
 */
export const createScheduler = <Bindings>(watch: (bindings: Bindings) => Watch) =>
  class Scheduler extends DurableObject<Bindings> {
    /** Announces what has happened since the last look, and sets the alarm for what comes next. One look at a time. */
    look(): Promise<void> {
      return this.ctx.blockConcurrencyWhile(() => this.#look());
    }

    async #look(): Promise<void> {
      const { store, onLook, now } = watch(this.env);
      const { storage } = this.ctx;
      await keepAlarm(storage, "the scheduler", now, async () => {
        const time = now();
        const last = (await storage.get<Instant>(LOOKED)) ?? time;
        const { items, next } = await lookAround(store, last, time);
        await onLook(items);
        await storage.put(LOOKED, time);
        await storage.setAlarm(Math.min(next, time + MOST_WAIT));
      });
    }

    override alarm(): Promise<void> {
      return this.look();
    }
  };
