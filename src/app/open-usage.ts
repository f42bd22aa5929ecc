import { createUsageCounter, type UsageCounter } from "../usage/counter.ts";
import { usageOf } from "../usage/usage.ts";
import type { Env } from "./environment.ts";
import type { Platform } from "./platform.ts";

/** Opens the counter of what partners take; undefined, and nothing is counted, if USAGE is not bound. */
export const openUsage = (env: Env, { now, waitUntil }: Platform): UsageCounter | undefined =>
  env.USAGE === undefined
    ? undefined
    : createUsageCounter({
        now,
        waitUntil,
        // A stub belongs to the request in which it was made.
        add: async (batch) => usageOf(env)?.add(batch),
        wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        newId: () => crypto.randomUUID(),
      });
