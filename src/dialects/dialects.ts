import type { Dialect } from "./dialect.ts";
import { flipboard } from "./flipboard.ts";
import { msn } from "./msn.ts";
import { newsbreak } from "./newsbreak.ts";
import { smartnews } from "./smartnews.ts";

/** The dialects, in the order of their names. */
export const dialects: readonly Dialect[] = [flipboard, msn, newsbreak, smartnews];

/** The dialect with this name. */
export const dialectByName = (name: string): Dialect | undefined => dialects.find((dialect) => dialect.name === name);
