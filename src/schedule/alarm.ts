/** After how long work of an alarm that failed is tried again. */
export const RETRY_AFTER_FAILURE_MS = 10_000;

/** A Durable Object has one alarm. */
type AlarmStorage = Pick<DurableObjectStorage, "getAlarm" | "setAlarm">;

/**
 * Has a Durable Object's alarm called at `time` or sooner. With null or Infinity there is nothing to wait for, and the
 * alarm stays as it is. Times in milliseconds since 1970.
 */
export const setAlarmBy = async (storage: AlarmStorage, time: number | null, now: number): Promise<void> => {
  if (time === null || time === Number.POSITIVE_INFINITY) return;
  const set = await storage.getAlarm();
  // One that is overdue may have been lost with the process that was to call it.
  if (set !== null && set > now && set <= time) return;
  // Never the very millisecond for which one is being called: that one would be lost.
  await storage.setAlarm(Math.max(Math.ceil(time), now + 1));
};

/**
 * Does the work of an alarm. Never rejects, as the platform gives up an alarm that has failed six times in a row: work
 * that fails is logged, with the name of the object that it belongs to, and tried again after `RETRY_AFTER_FAILURE_MS`.
 */
export const runAlarm = async (
  storage: AlarmStorage,
  objectName: string,
  now: () => number,
  work: () => Promise<void>,
): Promise<void> => {
  try {
    await work();
  } catch (error) {
    console.error(`${objectName} failed, and will try again`, error);
    await setAlarmBy(storage, now() + RETRY_AFTER_FAILURE_MS, now());
  }
};
