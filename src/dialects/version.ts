import type { Instant } from "../model/instant.ts";

/**
 * The number of a story's version for dialects that count versions: the seconds from its publication to its last change, and 1. It
 * grows with every update, correction and withdrawal, and needs no memory.
 */
export const versionOf = (published: Instant, lastChange: Instant): number =>
  Math.max(0, Math.floor((lastChange - published) / 1000)) + 1;
