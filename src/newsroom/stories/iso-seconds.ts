import type { Instant } from "../../model/instant.ts";

/** An instant as front matter has it, without its fraction of a second. */
export const toIsoSeconds = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
