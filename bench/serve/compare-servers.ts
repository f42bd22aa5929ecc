import { type Random, shuffled } from "../input/random.ts";
import type { LoadTarget } from "./connection.ts";
import { cpuSeconds } from "./cpu-time.ts";
import type { LoadGenerator } from "./load-generator.ts";
import type { Workerd } from "./workerd.ts";

/** What one run of the load generator measured of one server. */
export interface LoadSample {
  /** Requests per second. */
  readonly rate: number;
  /** Microseconds of the server's CPU time per request; NaN if it is not known. */
  readonly cpu: number;
  /** Share of the time in which the load generator was busy. */
  readonly busy: number;
}

/** A server, and its samples by round. */
export interface ServerSamples {
  readonly name: string;
  readonly samples: readonly LoadSample[];
}

/** How much load, and for how long. */
export interface LoadEffort {
  readonly rounds: number;
  readonly milliseconds: number;
  readonly warmUpMilliseconds: number;
  readonly connections: number;
}

/** A server that has been started. */
export interface NamedServer {
  readonly name: string;
  readonly server: Workerd;
}

/** Lets servers answer the same request in turn, round after round. Which one is first in a round is random. */
export const compareServers = async (
  load: LoadGenerator,
  servers: readonly NamedServer[],
  target: Omit<LoadTarget, "port">,
  effort: LoadEffort,
  random: Random,
): Promise<readonly ServerSamples[]> => {
  const { connections } = effort;
  const sample = async ({ port, pid }: Workerd, milliseconds: number): Promise<LoadSample> => {
    const before = await cpuSeconds(pid);
    const { responses, seconds, busy } = await load.run({ ...target, port, connections, milliseconds });
    const cpu = ((await cpuSeconds(pid)) - before) * 1e6;
    return { rate: responses / seconds, cpu: cpu / responses, busy };
  };
  for (const { server } of servers) await sample(server, effort.warmUpMilliseconds);
  const measured = servers.map(({ name, server }) => ({ name, server, samples: new Set<LoadSample>() }));
  for (let round = 0; round < effort.rounds; round++) {
    for (const { server, samples } of shuffled(measured, random)) {
      samples.add(await sample(server, effort.milliseconds));
    }
  }
  return measured.map(({ name, samples }) => ({ name, samples: [...samples] }));
};
