/**
 * Milliseconds since 1970-01-01T00:00:00Z. Dates of stories are whole seconds, because the dates of RSS (RFC 822) and
 * HTTP carry no fractions.
 */
export type Instant = number;

/** Milliseconds in a day. */
export const DAY_MS = 86_400_000;
