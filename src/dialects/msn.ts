import { rfc822, rfc3339 } from "../formats/dates.ts";
import { MEDIA_NAMESPACE, renderImage } from "../formats/modules/media-rss.ts";
import { DCTERMS_NAMESPACE } from "../formats/rss-item.ts";
import { textElement } from "../formats/xml.ts";
import type { Instant } from "../model/instant.ts";
import { createRssDialect } from "./rss-dialect.ts";
import { shortTitleOf } from "./short-title.ts";

/** For how long a story is on MSN at most; the page of the metadata says "less than". */
const MAX_AGE_DAYS = 365;

const MAX_FEED_BYTES = 10_000_000;

/** Both elements, as MSN names two and others read `dcterms:valid`. */
const renderExpiry = (instant: Instant): string => {
  const date = rfc3339(instant);
  return textElement("dcterms:valid", date) + textElement("mi:expirationDate", date);
};

/**
 * MSN's RSS for articles
 * (https://support.microsoft.com/en-us/msn/partner-hub/feed-content-specifications-in-msn-partner-hub). What was ingested is taken
 * again if `dcterms:modified` is newer, and taken down if it has also expired
 * (https://support.microsoft.com/en-us/msn/partner-hub/msn-content-expiration-and-takedown-rules). Of media only the picture is in
 * it: sound is not taken, and other files make an article invalid.
 */
export const msn = createRssDialect({
  name: "msn",
  label: "MSN",
  maxAgeDays: MAX_AGE_DAYS,
  maxFeedBytes: MAX_FEED_BYTES,
  isOfOneLanguage: true,
  wantsFullText: true,
  namespaces: {
    dcterms: DCTERMS_NAMESPACE,
    media: MEDIA_NAMESPACE,
    mi: "http://schemas.ingestion.microsoft.com/common/",
  },
  // "No HTML is supported."
  hasPlainDescriptions: true,
  renderDetails: ({ title, published, updated, expires, image }) => {
    let written = `<pubDate>${rfc822(published)}</pubDate>\n`;
    if (updated > published) written += `<dcterms:modified>${rfc3339(updated)}</dcterms:modified>\n`;
    if (expires !== undefined) written += renderExpiry(expires);
    written += textElement("mi:shortTitle", shortTitleOf(title));
    return image === undefined ? written : written + renderImage(image);
  },
  renderMark: ({ published, at }) =>
    `<pubDate>${rfc822(published)}</pubDate>\n<dcterms:modified>${rfc3339(at)}</dcterms:modified>\n${renderExpiry(at)}`,
});
