import { performance } from "node:perf_hooks";
import { randomFrom, shuffled } from "../input/random.ts";

/** A piece of work that is timed beside others. */
export interface Contender {
  readonly name: string;
  /** Prepares one run, which is not timed. The run does the work once and returns the bytes that it made. */
  readonly prepare: () => () => Uint8Array;
}

/** How long one run took, in milliseconds. */
export interface Sample {
  readonly clock: number;
  /** CPU time of all threads, so that garbage collection counts. Other programs hardly change it. */
  readonly cpu: number;
}

/** All samples of one contender. */
export interface Timing {
  readonly name: string;
  /** Bytes that a run returns. */
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
 * Times all contenders in turn, round after round, so that a slow phase of the machine affects them all. The order within
 * a round is random: in a fixed order, one contender would always collect the garbage of the same other.
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
