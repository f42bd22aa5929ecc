import { PLACEHOLDER_ORIGIN } from "../../model/address.ts";

/**
 * Whether a text holds the origin that stands for the site's own in compiled content. The store puts the real
 * one in its place wherever it stands, so a writer's own words must not hold it.
 */
export const containsPlaceholderOrigin = (text: string): boolean => text.includes(PLACEHOLDER_ORIGIN);

/** What to tell the writer of such words. */
export const PLACEHOLDER_ORIGIN_RESERVED = `${PLACEHOLDER_ORIGIN} is reserved by Feedwright: the site's own address would be put in its place. Write another one.`;
