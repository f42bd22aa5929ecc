import { rfc822 } from "../formats/dates.ts";
import { MEDIA_NAMESPACE } from "../formats/modules/media-rss.ts";
import { element, emptyElement, textElement } from "../formats/xml.ts";
import type { BareFeed } from "../model/feed.ts";
import { createRssDialect } from "./rss-dialect.ts";

/** Bytes that SmartNews recommends at most; its check refuses a larger feed. */
const MAX_FEED_BYTES = 1_000_000;

/** Pixels of `snf:logo`. */
const LOGO = { width: 700, height: 100 };

/** The picture of the publication that has the size of a logo, if one has. */
const renderLogo = ({ channel: { image, icon } }: BareFeed): string => {
  const logo = [image, icon].find((one) => one?.width === LOGO.width && one.height === LOGO.height);
  return logo === undefined ? "" : element("snf:logo", {}, textElement("url", logo.url));
};

/**
 * The status of a story as an attribute, as Media RSS has it, and as text, where SmartNews reads it: "change the <media:status>
 * value … to deleted".
 */
const renderStatus = (state: "active" | "deleted"): string => textElement("media:status", state, { state });

/**
 * SmartFormat 2.1, SmartNews's RSS (https://publishers.smartnews.com/hc/en-us/articles/56500436151065). A story is taken again if
 * its `pubDate` is another one: it is the last change of the story, and of a withdrawn one the withdrawal
 * (https://publishers.smartnews.com/hc/en-us/articles/360021354914).
 */
export const smartnews = createRssDialect({
  name: "smartnews",
  label: "SmartNews",
  maxFeedBytes: MAX_FEED_BYTES,
  namespaces: { media: MEDIA_NAMESPACE, snf: "http://www.smartnews.be/snf" },
  renderChannel: (feed) =>
    textElement("pubDate", feed.updated > 0 ? rfc822(feed.updated) : undefined) + renderLogo(feed),
  renderDetails: ({ updated, image }) =>
    `<pubDate>${rfc822(updated)}</pubDate>\n${image === undefined ? "" : emptyElement("media:thumbnail", { url: image.url })}${renderStatus("active")}`,
  renderMark: ({ at }) => `<pubDate>${rfc822(at)}</pubDate>\n${renderStatus("deleted")}`,
});
