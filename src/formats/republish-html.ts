import type { Item } from "../model/item.ts";

/** The text of a story as others may take it over. */
export const republishHtml = ({ html }: Item): string => html;
