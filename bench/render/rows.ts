import type { Sample, Timing } from "../measure/alternate.ts";
import { type Spread, spreadOf } from "../measure/statistics.ts";
import { kilobytes, range, threeDigits } from "../report/numbers.ts";
import { FEED_PACKAGE, JSON_FLOOR } from "./contenders.ts";

const clockOf = ({ clock }: Sample): number => clock;
const cpuOf = ({ cpu }: Sample): number => cpu;

/** The ratios to another timing round by round, so that what slows down a whole round cancels out. */
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

const feedPackageOf = (timings: readonly Timing[]): Timing => {
  const feedPackage = timings.find(({ name }) => name === FEED_PACKAGE);
  if (feedPackage === undefined) throw new Error(`${FEED_PACKAGE} was not measured.`);
  return feedPackage;
};

const bytesAndTimes = (what: string, { name, bytes, samples }: Timing): readonly string[] => {
  const clock = spreadOf(samples.map(clockOf));
  return [`${what}: ${name}`, kilobytes(bytes), threeDigits(clock.median), range(clock)];
};

const medianCpu = ({ samples }: Timing): string => threeDigits(spreadOf(samples.map(cpuOf)).median);

/** The columns of `coldRows`. */
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

/** A row for each that rendered a whole feed, compared with the `feed` package, and in JSON with the floor as well. */
export const coldRows = (what: string, timings: readonly Timing[]): readonly (readonly string[])[] => {
  const feedPackage = feedPackageOf(timings);
  const floor = timings.find(({ name }) => name === JSON_FLOOR);
  return timings.map((timing) => [
    ...bytesAndTimes(what, timing),
    ...compare(timing, feedPackage),
    medianCpu(timing),
    timing === feedPackage ? "1" : threeDigits(cpuRatio(timing, feedPackage)),
    compare(timing, floor)[0],
  ]);
};

/** The columns of `warmRows`. */
export const WARM_HEAD = [
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

/** The same after one new story: the ratios are small, so fractions tell how many times as fast it is. */
export const warmRows = (what: string, timings: readonly Timing[]): readonly (readonly string[])[] => {
  const feedPackage = feedPackageOf(timings);
  return timings.map((timing) => [
    ...bytesAndTimes(what, timing),
    ...compare(timing, feedPackage),
    timing === feedPackage ? "" : fraction(ratiosOf(timing, feedPackage, clockOf).median),
    medianCpu(timing),
    timing === feedPackage ? "1" : threeDigits(cpuRatio(timing, feedPackage)),
    fraction(cpuRatio(timing, feedPackage)),
  ]);
};
