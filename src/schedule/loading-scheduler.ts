import { DurableObject } from "cloudflare:workers";
import type { AlarmHandler, ObjectClass } from "../lib/object-class.ts";
import { applySchemaSteps } from "../lib/schema-steps.ts";
import type { Instant } from "../model/instant.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { createLoading, type Loading } from "../store/loaded/load-publication.ts";
import type {
  PublicationAnswer,
  PublicationLoader,
  PublicationSource,
  ServedPublication,
} from "../store/loaded/publication-source.ts";
import { runAlarm, setAlarmBy } from "./alarm.ts";
import type { Checks } from "./scheduler.ts";
import { SCHEDULER_SCHEMA } from "./schema.ts";
import { openStoredPublication } from "./stored-publication.ts";

/** What a scheduler that loads the publication works with. */
export interface LoadingSchedulerDependencies {
  readonly source: PublicationSource;
  /** The path below which the site lies; empty if that is the root of its origin. */
  readonly basePath: string;
  /** Identifies the version of the worker, and whatever else changes what is served of a publication. */
  readonly deployment: string;
  /** The state of a publication at `now`. */
  readonly snapshotOf: (publication: ServedPublication, now: Instant) => Snapshot | Promise<Snapshot>;
  /** Is called when readers get anything new. */
  readonly onChange: (publication: ServedPublication) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => Instant;
}

/** Key of the object's storage: what was announced last. */
const ANNOUNCED = "announced";

/**
 * Makes the class of the Durable Object `Scheduler` of a publication that is loaded while the worker runs. There is one for the whole
 * site: it alone loads and compiles, at its alarms, and stores the last good publication. Readers never wait for a load but for the
 * first one.
 */
export const createLoadingScheduler = <Bindings>(
  dependenciesOf: (bindings: Bindings) => LoadingSchedulerDependencies,
): ObjectClass<Bindings, Checks & PublicationLoader & AlarmHandler> =>
  class LoadingScheduler extends DurableObject<Bindings> {
    readonly #dependencies = dependenciesOf(this.env);
    #opened: Loading | undefined;

    /** Opened by the first call, and not by the constructor: of an alarm that fails there the platform gives up. */
    get #loading(): Loading {
      if (this.#opened === undefined) {
        applySchemaSteps(this.ctx.storage, "Scheduler", SCHEDULER_SCHEMA);
        this.#opened = createLoading({
          ...this.#dependencies,
          storage: openStoredPublication(this.ctx.storage),
          waitUntil: (work) => this.ctx.waitUntil(work),
        });
      }
      return this.#opened;
    }

    async publication(knownId?: string): Promise<PublicationAnswer | undefined> {
      const served = await this.#loading.current();
      const { storage } = this.ctx;
      // After a time without readers, and where the alarm was lost.
      await setAlarmBy(storage, this.#loading.due(), this.#dependencies.now());
      if (served === undefined) return undefined;
      const { text, ...rest } = served;
      return rest.id === knownId ? rest : { ...rest, text };
    }

    /** What readers see now; undefined as long as there is nothing. */
    async #state(): Promise<{ readonly name: string; readonly until: Instant } | undefined> {
      const served = this.#loading.served();
      if (served === undefined) return undefined;
      const { since, until } = await this.#dependencies.snapshotOf(served, this.#dependencies.now());
      return { name: `${served.id} ${since}`, until };
    }

    /** Loads the publication if that is due, and announces what has changed for readers since the last time. */
    check(): Promise<void> {
      const { storage } = this.ctx;
      const { now, onChange } = this.#dependencies;
      return runAlarm(storage, "the scheduler", now, async () => {
        const announced = (await storage.get<string>(ANNOUNCED)) ?? (await this.#state())?.name;
        await this.#loading.refresh();
        await storage.setAlarm(Math.max(this.#loading.due(), now() + 1));
        const state = await this.#state();
        const served = this.#loading.served();
        if (state === undefined || served === undefined) return;
        await setAlarmBy(storage, state.until, now());
        if (announced !== undefined && announced !== state.name) await onChange(served);
        await storage.put(ANNOUNCED, state.name);
      });
    }

    override alarm(): Promise<void> {
      return this.check();
    }
  };
