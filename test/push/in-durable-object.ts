/// <reference types="@cloudflare/vitest-plugin/types" />
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { SchedulerObject } from "../../src/schedule/scheduler.ts";

/** Where the clock of these tests starts: so far ahead that no alarm goes off by itself. */
export const NOW = Date.parse("2126-03-01T12:00:00Z");

let count = 0;

/** Runs a test inside a Durable Object of its own, with its real storage. Only that is used, so any class will do. */
export const inDurableObject = async (test: (state: DurableObjectState) => Promise<void>): Promise<void> => {
  const namespace: DurableObjectNamespace<SchedulerObject> | undefined = env.SCHEDULER;
  if (namespace === undefined) throw new Error("the tests have no Durable Objects");
  await runInDurableObject(namespace.getByName(`test ${count++}`), (_, state) => test(state));
};

/** Calls an object's alarm as the platform does: when it is called, it is not set any longer. */
export const fireAlarm = async (
  { storage }: DurableObjectState,
  object: { readonly alarm: () => Promise<void> },
): Promise<void> => {
  await storage.deleteAlarm();
  await object.alarm();
};
