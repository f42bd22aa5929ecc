import type { Dialect } from "./dialect.ts";
import { flipboard } from "./flipboard.ts";
import { msn } from "./msn.ts";
import { newsbreak } from "./newsbreak.ts";
import { newsmlG2 } from "./newsml-g2.ts";
import { ninjs } from "./ninjs.ts";
import { smartnews } from "./smartnews.ts";

/** The dialects, in the order of their names. */
export const dialects: readonly Dialect[] = [flipboard, msn, newsbreak, newsmlG2, ninjs, smartnews];

/** The dialect with this name. */
export const dialectByName = (name: string): Dialect | undefined => dialects.find((dialect) => dialect.name === name);
