import type { DialectRules } from "./rule.ts";

/** What the dialects ask of stories, in the order of their names. */
export const dialectRules: readonly DialectRules[] = [];
