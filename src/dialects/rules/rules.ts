import { flipboardRules } from "./flipboard.ts";
import { msnRules } from "./msn.ts";
import { newsbreakRules } from "./newsbreak.ts";
import { ninjsRules } from "./ninjs.ts";
import type { DialectRules } from "./rule.ts";
import { smartnewsRules } from "./smartnews.ts";

/** What the dialects ask of stories, in the order of their names. */
export const dialectRules: readonly DialectRules[] = [
  flipboardRules,
  msnRules,
  newsbreakRules,
  ninjsRules,
  smartnewsRules,
];
