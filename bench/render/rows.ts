import type { Sample, Timing } from "../measure/alternate.ts";
import { type Spread, spreadOf } from "../measure/statistics.ts";
import { kilobytes, range, threeDigits } from "../report/numbers.ts";
import { FLOOR, PEER } from "./contenders.ts";

const clockOf = ({ clock }: Sample): number => clock;
const cpuOf = ({ cpu }: Sample): number => cpu;

/** Round by round, so that what slowed a whole round does not show. */
const ratiosOf = ({ samples }: Timing, other: Timing, of: (sample: Sample) => number): Spread =>
  spreadOf(
    samples.flatMap((sample, round) => {
      const beside = other.samples[round];
      return beside === undefined ? [] : [of(sample) / of(beside)];
    }),
  );

/** The cells that compare one timing with another: median and range of the clock's ratios. */
const compare = (timing: Timing, other: Timing | undefined): readonly [median: string, range: string] => {
  if (other === undefined) return ["", ""];
  if (timing === other) return ["1", ""];
  const ratios = ratiosOf(timing, other, clockOf);
  return [threeDigits(ratios.median), range(ratios)];
};

const cpuRatio = (timing: Timing, other: Timing): number =>
  timing === other ? 1 : ratiosOf(timing, other, cpuOf).median;

/** How many times as fast, as a fraction: 1/57. */
const fraction = (ratio: number): string => (ratio < 1 ? `1/${(1 / ratio).toFixed(1)}` : "");

const peerOf = (timings: readonly Timing[]): Timing => {
  const peer = timings.find(({ name }) => name === PEER);
  if (peer === undefined) throw new Error(`${PEER} was not measured.`);
  return peer;
};

const bytesAndTimes = (what: string, { name, bytes, samples }: Timing): readonly string[] => {
  const clock = spreadOf(samples.map(clockOf));
  return [`${what}: ${name}`, kilobytes(bytes), threeDigits(clock.median), range(clock)];
};

const medianCpu = ({ samples }: Timing): string => threeDigits(spreadOf(samples.map(cpuOf)).median);

/** What the columns of `coldRows` hold. */
export const COLD_HEAD = [
  "format: writer",
  "bytes",
  "median ms",
  "min–max",
  "ratio to feed",
  "min–max",
  "CPU ms",
  "CPU ratio",
  "ratio to floor",
] as const;

/** All who wrote a whole feed, beside the `feed` package, and in JSON beside the floor as well. */
export const coldRows = (what: string, timings: readonly Timing[]): readonly (readonly string[])[] => {
  const peer = peerOf(timings);
  const floor = timings.find(({ name }) => name === FLOOR);
  return timings.map((timing) => [
    ...bytesAndTimes(what, timing),
    ...compare(timing, peer),
    medianCpu(timing),
    timing === peer ? "1" : threeDigits(cpuRatio(timing, peer)),
    compare(timing, floor)[0],
  ]);
};

/** What the columns of `againRows` hold. */
export const AGAIN_HEAD = [
  "format: writer",
  "bytes",
  "median ms",
  "min–max",
  "ratio to feed",
  "min–max",
  "as a fraction",
  "CPU ms",
  "CPU ratio",
  "as a fraction",
] as const;

/** The same after one new story, where the ratios are small: fractions beside them say how many times as fast. */
export const againRows = (what: string, timings: readonly Timing[]): readonly (readonly string[])[] => {
  const peer = peerOf(timings);
  return timings.map((timing) => [
    ...bytesAndTimes(what, timing),
    ...compare(timing, peer),
    timing === peer ? "" : fraction(ratiosOf(timing, peer, clockOf).median),
    medianCpu(timing),
    timing === peer ? "1" : threeDigits(cpuRatio(timing, peer)),
    fraction(cpuRatio(timing, peer)),
  ]);
};
