import { performance } from "node:perf_hooks";
import { randomFrom, shuffled } from "../input/random.ts";

/** Something that is timed beside others. */
export interface Contender {
  readonly name: string;
  /** Sets one run up, outside of the clock. The run does the work once; the bytes it made are proof that it did. */
  readonly prepare: () => () => Uint8Array;
}

/** Milliseconds that one run took: on the clock, and of the processor, which other programs hardly change. */
export interface Sample {
  readonly clock: number;
  /** All threads, so that collecting garbage counts. */
  readonly cpu: number;
}

/** All that was measured of one contender. */
export interface Timing {
  readonly name: string;
  readonly bytes: number;
  /** By round. */
  readonly samples: readonly Sample[];
}

/** How often to measure: each sample is the mean of `repetitions` runs, and the first `warmUp` rounds do not count. */
export interface Effort {
  readonly rounds: number;
  readonly warmUp: number;
  readonly repetitions: number;
}

const measure = ({ prepare }: Contender, repetitions: number): Sample => {
  const runs = Array.from({ length: repetitions }, prepare);
  const before = process.cpuUsage();
  const start = performance.now();
  for (const run of runs) run();
  const clock = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { clock: clock / repetitions, cpu: (user + system) / 1000 / repetitions };
};

/**
 * Times all contenders in turn, round after round, so that a slow moment of the machine meets them all. Chance
 * decides who comes first in a round: in a fixed order, one would always collect the same other's garbage.
 */
export const alternate = (contenders: readonly Contender[], effort: Effort): readonly Timing[] => {
  const random = randomFrom(1);
  const timed = contenders.map((contender) => ({ contender, samples: new Set<Sample>() }));
  for (let round = -effort.warmUp; round < effort.rounds; round++) {
    for (const { contender, samples } of shuffled(timed, random)) {
      const sample = measure(contender, effort.repetitions);
      if (round >= 0) samples.add(sample);
    }
  }
  return timed.map(({ contender: { name, prepare }, samples }) => ({
    name,
    bytes: prepare()().byteLength,
    samples: [...samples],
  }));
};
