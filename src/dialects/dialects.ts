import type { Dialect } from "./dialect.ts";

/** The dialects, in the order of their names. */
export const dialects: readonly Dialect[] = [];

/** The dialect with this name. */
export const dialectByName = (name: string): Dialect | undefined => dialects.find((dialect) => dialect.name === name);
