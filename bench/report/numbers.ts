import type { Spread } from "../measure/statistics.ts";

/** A number with three significant digits, and with commas if it is large; a dash for NaN. */
export const threeDigits = (value: number): string =>
  Number.isNaN(value)
    ? "–"
    : value.toLocaleString("en-US", { maximumSignificantDigits: 3, minimumSignificantDigits: value < 1000 ? 3 : 1 });

/** The range of a spread. */
export const range = ({ min, max }: Spread): string => `${threeDigits(min)}–${threeDigits(max)}`;

/** Bytes as kB (1,000 bytes). */
export const kilobytes = (bytes: number): string => `${threeDigits(bytes / 1000)} kB`;
