import { type Spread, spreadOf } from "./statistics.ts";

/** Something that is timed beside others. */
export interface Contender {
  readonly name: string;
  /** Does the work once; the bytes it made are proof that it did. */
  readonly run: () => Uint8Array;
}

/** How long one run took, and how many bytes it made. */
export interface Timing {
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds for one run, by round. */
  readonly rounds: readonly number[];
  readonly spread: Spread;
}

/** How often to measure: each sample is the mean of `repetitions` runs, and the first `warmUp` rounds do not count. */
export interface Effort {
  readonly rounds: number;
  readonly warmUp: number;
  readonly repetitions: number;
}

const sample = ({ run }: Contender, repetitions: number): number => {
  const start = performance.now();
  for (let done = 0; done < repetitions; done++) run();
  return (performance.now() - start) / repetitions;
};

interface Samples {
  readonly contender: Contender;
  readonly rounds: number[];
}

/** Times all contenders in turn, round after round (A B C A B C …), so that a slow moment of the machine meets them all. */
export const alternate = (contenders: readonly Contender[], effort: Effort): readonly Timing[] => {
  const samples = contenders.map((contender): Samples => ({ contender, rounds: [] }));
  for (let round = -effort.warmUp; round < effort.rounds; round++) {
    for (const { contender, rounds } of samples) {
      const time = sample(contender, effort.repetitions);
      if (round >= 0) rounds.push(time);
    }
  }
  return samples.map(({ contender, rounds }) => ({
    name: contender.name,
    bytes: contender.run().byteLength,
    rounds,
    spread: spreadOf(rounds),
  }));
};
