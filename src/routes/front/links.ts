import type { Format } from "../../formats/format.ts";

/** A value of the Link header (RFC 8288). */
export const link = (url: string, rel: string, type?: string): string =>
  `<${url}>; rel="${rel}"${type === undefined ? "" : `; type="${type}"`}`;

/** A link to a feed in a format; `base` is the feed's. */
export const formatLink = (base: string, rel: string, { fileName, mediaType }: Format): string =>
  link(base + fileName, rel, mediaType);
