import { cpuSeconds } from "../serve/cpu-time.ts";
import { type Arrived, now, type Sink } from "./sink.ts";

/** An edition that was delivered to everybody once. */
export interface Lap {
  /** Deliveries per second, from the first to the last. */
  readonly rate: number;
  /** Microseconds of workerd's CPU time per delivery; NaN where it is not known. */
  readonly cpu: number;
  /** Milliseconds from the start to the first and to the last. */
  readonly first: number;
  readonly last: number;
  readonly arrived: Arrived;
}

/** Who delivers. */
export interface Runner {
  /** Of workerd; nothing where the system does not say. */
  readonly pid: number | undefined;
  /** Resolves when all that belongs to it is done. */
  readonly deliver: () => Promise<void>;
}

/** Lets somebody deliver to so many subscribers, of whom each waits for `delay` milliseconds before it answers. */
export const runLap = async (sink: Sink, { pid = 0, deliver }: Runner, count: number, delay = 0): Promise<Lap> => {
  await sink.expect({ count, delay });
  const before = await cpuSeconds(pid);
  const start = now();
  await deliver();
  const arrived = await sink.arrived();
  const cpu = (((await cpuSeconds(pid)) - before) * 1e6) / count;
  const { first, last } = arrived;
  return { rate: (count / (last - first)) * 1000, cpu, first: first - start, last: last - start, arrived };
};
