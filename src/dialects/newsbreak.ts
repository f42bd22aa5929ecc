import { rfc822 } from "../formats/dates.ts";
import { MEDIA_NAMESPACE, renderImage } from "../formats/modules/media-rss.ts";
import { renderEnclosure } from "../formats/rss-item.ts";
import { createRssDialect } from "./rss-dialect.ts";

/**
 * RSS for NewsBreak, as far as its FAQ says what that is (https://support.newsbreak.com/publisher-faq): full text, pictures, ids
 * that are the same in all feeds. NewsBreak gives its specification to its partners only, so there is nothing of its own in it.
 * What is withdrawn leaves the feed.
 */
export const newsbreak = createRssDialect({
  name: "newsbreak",
  label: "NewsBreak",
  wantsFullText: true,
  namespaces: { media: MEDIA_NAMESPACE },
  renderDetails: ({ updated, image }) =>
    `<pubDate>${rfc822(updated)}</pubDate>\n${renderEnclosure(image)}${image === undefined ? "" : renderImage(image)}`,
});
