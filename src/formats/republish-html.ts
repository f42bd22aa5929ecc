import type { Item } from "../model/item.ts";
import { partnerHtml } from "../model/partners/partner-item.ts";

/** The text of a story as others may take it over: without the pictures that must not leave the site. */
export const republishHtml = (item: Item): string => partnerHtml(item, { format: "partner", text: "full" });
