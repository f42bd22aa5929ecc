import type { Item } from "./item.ts";

/** Sorts surrogates after all other code units, because they encode the code points above U+FFFF. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/** Compares texts by code points, as SQLite does; `<` compares the code units of UTF-16. */
export const compareText = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
};

/**
 * Orders stories as feeds do: the newest first and, within a second, by id, so that every store gives the same order.
 */
export const newestFirst = (a: Pick<Item, "id" | "published">, b: Pick<Item, "id" | "published">): number =>
  b.published - a.published || compareText(b.id, a.id);
