import type { Item } from "./item.ts";
import { shorten } from "./shorten.ts";

/** UTF-16 units. */
const MAX_LENGTH = 80;

/**
 * What names a story where a name is needed: in lists, in the title of its page and of its own feed. Its title, or the first
 * words of its summary, which are those of its text; never empty.
 */
export const headlineOf = ({ title, summary }: Pick<Item, "title" | "summary">): string =>
  title === "" ? shorten(summary, MAX_LENGTH) : title;
