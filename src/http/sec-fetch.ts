// Fetch metadata: https://www.w3.org/TR/fetch-metadata/

/** The field by which a browser says what it makes a request for. */
export const SEC_FETCH_DEST = "Sec-Fetch-Dest";

/**
 * Whether a browser navigates a window to the address (https://www.w3.org/TR/fetch-metadata/#sec-fetch-dest-header): no script,
 * no feed reader and no subresource has the destination `document`, so that Sec-Fetch-Mode need not be read, nor named by Vary.
 */
export const isNavigation = (headers: Headers): boolean => headers.get("sec-fetch-dest") === "document";
