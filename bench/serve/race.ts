import { type Random, shuffled } from "../input/random.ts";
import type { Order } from "./connection.ts";
import { cpuSeconds } from "./cpu-time.ts";
import type { Load } from "./load.ts";
import type { Workerd } from "./workerd.ts";

/** What one slice of load did to one server. */
export interface Lap {
  /** Requests per second. */
  readonly rate: number;
  /** Microseconds of the server's CPU time per request; NaN where it is not known. */
  readonly cpu: number;
  /** Share of the time in which the load generator was busy. */
  readonly busy: number;
}

/** A server and its laps, one a round. */
export interface Runner {
  readonly name: string;
  readonly laps: readonly Lap[];
}

/** How hard to push, and for how long. */
export interface Course {
  readonly rounds: number;
  readonly milliseconds: number;
  readonly warmUpMilliseconds: number;
  readonly connections: number;
}

/** A server at the start. */
export interface Entrant {
  readonly name: string;
  readonly server: Workerd;
}

/** Lets servers answer the same request in turn; who comes first in a round is left to chance. */
export const race = async (
  load: Load,
  entrants: readonly Entrant[],
  order: Omit<Order, "port">,
  course: Course,
  random: Random,
): Promise<readonly Runner[]> => {
  const lap = async ({ port, pid }: Workerd, milliseconds: number): Promise<Lap> => {
    const before = await cpuSeconds(pid);
    const { answers, seconds, busy } = await load.slice({
      ...order,
      port,
      connections: course.connections,
      milliseconds,
    });
    const cpu = ((await cpuSeconds(pid)) - before) * 1e6;
    return { rate: answers / seconds, cpu: cpu / answers, busy };
  };
  for (const { server } of entrants) await lap(server, course.warmUpMilliseconds);
  const runners = entrants.map(({ name, server }) => ({ name, server, laps: new Set<Lap>() }));
  for (let round = 0; round < course.rounds; round++) {
    for (const { server, laps } of shuffled(runners, random)) laps.add(await lap(server, course.milliseconds));
  }
  return runners.map(({ name, laps }) => ({ name, laps: [...laps] }));
};
