import type { Item } from "./item.ts";

/** Surrogates stand for characters that come after all others. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/** Orders texts by code points, as databases do; `<` orders them by the units of UTF-16. */
const compareText = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
};

/** The order of feeds: by date and, for stories of the same second, by id, so that it is the same everywhere. */
export const newestFirst = (a: Item, b: Item): number => b.published - a.published || compareText(b.id, a.id);
