/** Milliseconds until what failed by itself is tried again. */
export const RETRY_AFTER_FAILURE_MS = 10_000;

/** The one alarm of a Durable Object. */
type Alarm = Pick<DurableObjectStorage, "getAlarm" | "setAlarm">;

/** Has the alarm called at `time` or before; null or Infinity: there is nothing to wait for. Times in milliseconds since 1970. */
export const setAlarmBy = async (alarm: Alarm, time: number | null, now: number): Promise<void> => {
  if (time === null || time === Number.POSITIVE_INFINITY) return;
  const set = await alarm.getAlarm();
  // One that is overdue may have been lost with the process that was to call it.
  if (set !== null && set > now && set <= time) return;
  // Never the very moment for which one is being called: that one would be lost.
  await alarm.setAlarm(Math.max(Math.ceil(time), now + 1));
};

/** Does the work of an alarm. One that fails six times in a row is never called again, so this does not fail: it tries again. */
export const runAlarm = async (
  alarm: Alarm,
  whose: string,
  now: () => number,
  work: () => Promise<void>,
): Promise<void> => {
  try {
    await work();
  } catch (error) {
    console.error(`${whose} failed, and will try again`, error);
    await setAlarmBy(alarm, now() + RETRY_AFTER_FAILURE_MS, now());
  }
};
