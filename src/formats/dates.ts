import type { Instant } from "../model/instant.ts";

/** RFC 822 with a four-digit year, in GMT: RSS. */
export const rfc822 = (instant: Instant): string => new Date(instant).toUTCString();

/** RFC 3339 in UTC, with capital T and Z: Atom and JSON Feed. */
export const rfc3339 = (instant: Instant): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;
