/// <reference types="@cloudflare/vitest-plugin/types" />
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { SchedulerObject } from "../../../src/schedule/scheduler.ts";

/** The clock of these tests begins here: so far ahead that no alarm goes off by itself. */
export const NOW = Date.parse("2126-03-01T12:00:00Z");

let count = 0;

/** Runs a test in a Durable Object of its own, with its real storage. Any class will do: only the storage is used. */
export const onStage = async (play: (state: DurableObjectState) => Promise<void>): Promise<void> => {
  const namespace: DurableObjectNamespace<SchedulerObject> | undefined = env.SCHEDULER;
  if (namespace === undefined) throw new Error("the tests have no Durable Objects");
  await runInDurableObject(namespace.getByName(`stage ${count++}`), (_, state) => play(state));
};

/** Calls an object's alarm, as the platform does: it is not set any longer then. */
export const ringAlarm = async (
  { storage }: DurableObjectState,
  object: { readonly alarm: () => Promise<void> },
): Promise<void> => {
  await storage.deleteAlarm();
  await object.alarm();
};
