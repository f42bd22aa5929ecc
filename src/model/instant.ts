/**
 * Milliseconds since 1970-01-01T00:00:00Z. Dates of stories are whole seconds, because the dates of RSS (RFC 822) and
 * HTTP carry no fractions.
 */
export type Instant = number;

/**
 * Stands for the date of a draft that has none yet: the last instant that RFC 3339 can write. Nobody can write it in a
 * story, as those have whole seconds; and since it lies ahead, such a draft is hidden by its date as well.
 */
export const NO_DATE: Instant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Milliseconds in a day. */
export const DAY_MS = 86_400_000;
