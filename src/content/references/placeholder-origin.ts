import { PLACEHOLDER_ORIGIN } from "../../model/address.ts";

/**
 * Whether a text contains the origin that stands for the site's own in compiled content. The store replaces it
 * wherever it stands, so a writer's own words must not contain it.
 */
export const containsPlaceholderOrigin = (text: string): boolean => text.includes(PLACEHOLDER_ORIGIN);

/** The message for a text that contains it. */
export const PLACEHOLDER_ORIGIN_RESERVED = `${PLACEHOLDER_ORIGIN} is reserved by Feedwright: the site's own address would be put in its place. Write another one.`;
