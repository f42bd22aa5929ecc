import type { Spread } from "../measure/statistics.ts";

/** A number with three digits that count, and with commas where it is large; a dash where it is not known. */
export const threeDigits = (value: number): string =>
  Number.isNaN(value)
    ? "–"
    : value.toLocaleString("en-US", { maximumSignificantDigits: 3, minimumSignificantDigits: value < 1000 ? 3 : 1 });

/** The least and the most of a spread. */
export const range = ({ least, most }: Spread): string => `${threeDigits(least)}–${threeDigits(most)}`;

/** Bytes as kB (1,000 bytes). */
export const kilobytes = (bytes: number): string => `${threeDigits(bytes / 1000)} kB`;
