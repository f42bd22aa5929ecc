import { DurableObject } from "cloudflare:workers";
import type { AlarmHandler, ObjectClass } from "../lib/object-class.ts";
import { applySchemaSteps } from "../lib/schema-steps.ts";
import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { Store } from "../store/store.ts";
import { runAlarm, setAlarmBy } from "./alarm.ts";
import { findTransitions } from "./find-transitions.ts";
import { LAST_CHECK, SCHEDULER_SCHEMA } from "./schema.ts";

/** What the scheduler works with. */
export interface SchedulerDependencies {
  readonly store: Store;
  /**
   * Is called at every check with the stories that appeared or left by themselves. There may be none: something else
   * may have changed all the same.
   */
  readonly onTransitions: (items: readonly Item[]) => Promise<void>;
  /** Does a step of compiling stories again; resolves to whether there was anything to do. */
  readonly recompile?: () => Promise<boolean>;
  /** Milliseconds since 1970. */
  readonly now: () => Instant;
}

/** What a scheduler does when it is asked. */
export interface Checks {
  /** Announces what has happened since the last check, and sets the alarm for what comes next. One check at a time. */
  check(): Promise<void>;
}

/** It checks at least this often: a story may have come in by another way than the publish API. */
const MAX_WAIT_MS = 3_600_000;

/** Between two steps of compiling stories again: readers' queries share the database with them. */
const STEP_INTERVAL_MS = 1000;

/**
 * Makes the class of the Durable Object `Scheduler`, of which there is one for the whole site. It notices embargoes
 * that lift and stories that expire when that happens: its alarm is set to the next of these moments. While there are
 * stories to compile again, each check does a step of that.
 */
export const createScheduler = <Bindings>(
  dependenciesOf: (bindings: Bindings) => SchedulerDependencies,
): ObjectClass<Bindings, Checks & AlarmHandler> =>
  class Scheduler extends DurableObject<Bindings> {
    /**
     * Announces what has happened since the last check, and sets the alarm for what comes next. One check at a time.
     */
    check(): Promise<void> {
      return this.ctx.blockConcurrencyWhile(() => this.#check());
    }

    async #check(): Promise<void> {
      const { store, onTransitions, recompile, now } = dependenciesOf(this.env);
      const { storage } = this.ctx;
      await runAlarm(storage, "the scheduler", now, async () => {
        applySchemaSteps(storage, "Scheduler", SCHEDULER_SCHEMA);
        const time = now();
        const last = (await storage.get<Instant>(LAST_CHECK)) ?? time;
        const { items, next } = await findTransitions(store, last, time);
        await onTransitions(items);
        await storage.put(LAST_CHECK, time);
        await storage.setAlarm(Math.min(next, time + MAX_WAIT_MS));
        // The check after a step announces what it changed, as it does with every change.
        if (await recompile?.()) await setAlarmBy(storage, now() + STEP_INTERVAL_MS, now());
      });
    }

    override alarm(): Promise<void> {
      return this.check();
    }
  };

/** An instance of the Durable Object, as a namespace names it. */
export type SchedulerObject = InstanceType<ReturnType<typeof createScheduler>>;
