import type { Instant } from "../model/instant.ts";

/** RFC 822 with a year of four digits, in GMT, as RSS writes dates (Best Practices Profile §3.2). */
export const rfc822 = (instant: Instant): string => new Date(instant).toUTCString();

/** RFC 3339 in UTC with capital T and Z, as Atom (RFC 4287 §3.3) and JSON Feed write dates. */
export const rfc3339 = (instant: Instant): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;
