import { rfc822 } from "../formats/dates.ts";
import { renderEnclosure } from "../formats/rss-item.ts";
import type { Item } from "../model/item.ts";
import type { View } from "../model/view.ts";
import { createRssDialect } from "./rss-dialect.ts";

/** Characters (UTF-16 units) that a description should have. */
export const MIN_DESCRIPTION_LENGTH = 300;

/**
 * The description of a story: its summary, which goes on with the beginning of the text where it is shorter than Flipboard
 * wants and the partner may have the text.
 */
const describeItem = ({ summary, opening = "" }: Item, text: View["text"]): string => {
  if (summary.length >= MIN_DESCRIPTION_LENGTH || opening === "" || text === "summary") return summary;
  // A summary that nobody wrote is itself the beginning of the text.
  return opening.startsWith(summary.replace(/…$/, "")) ? opening : `${summary} ${opening}`;
};

/**
 * Flipboard's RSS (https://about.flipboard.com/rss-spec). What is withdrawn leaves the feed: Flipboard says nothing of
 * withdrawals.
 */
export const flipboard = createRssDialect({
  name: "flipboard",
  label: "Flipboard",
  namespaces: {},
  describe: describeItem,
  // "The excerpt for the article."
  hasPlainDescriptions: true,
  renderDetails: ({ updated, image }) => `<pubDate>${rfc822(updated)}</pubDate>\n${renderEnclosure(image)}`,
});
