import { cpuSeconds } from "../serve/cpu-time.ts";
import { type Arrivals, now, type Sink } from "./sink.ts";

/** What one edition measured that was delivered once to every subscriber. */
export interface DeliveryRun {
  /** Deliveries per second, from the first to the last. */
  readonly rate: number;
  /** Microseconds of workerd's CPU time per delivery; NaN if it is not known. */
  readonly cpu: number;
  /** Milliseconds from the start to the first and to the last delivery. */
  readonly first: number;
  readonly last: number;
  readonly arrivals: Arrivals;
}

/** Our hub, or the bare worker. */
export interface Deliverer {
  /** Of workerd; undefined if the system does not say. */
  readonly pid: number | undefined;
  /** Resolves when all that belongs to the delivery is done. */
  readonly deliver: () => Promise<void>;
}

/** Has an edition delivered to so many subscribers, each of which waits for `delay` milliseconds before it answers. */
export const runDelivery = async (
  sink: Sink,
  { pid = 0, deliver }: Deliverer,
  count: number,
  delay = 0,
): Promise<DeliveryRun> => {
  await sink.expect({ count, delay });
  const before = await cpuSeconds(pid);
  const start = now();
  await deliver();
  const arrivals = await sink.arrivals();
  const cpu = (((await cpuSeconds(pid)) - before) * 1e6) / count;
  const { first, last } = arrivals;
  return { rate: (count / (last - first)) * 1000, cpu, first: first - start, last: last - start, arrivals };
};
