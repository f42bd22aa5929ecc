import type { RenderedDocument } from "../../editions/find-edition.ts";
import type { Format } from "../../formats/format.ts";
import { formats } from "../../formats/formats.ts";
import { licenseLinks, rightsFields } from "../../formats/rights-fields.ts";
import type { Feed } from "../../model/feed.ts";
import { rightsOfAll } from "../../model/rights.ts";
import { renderFeedPage } from "../../pages/feed-page.ts";
import { scriptedPageHeaders } from "../../pages/page-headers.ts";
import { textDocument } from "../serve-document.ts";
import { sourcePath } from "../url-map.ts";
import { formatLink } from "./links.ts";
import { scriptUrl } from "./script.ts";

/**
 * The page of a feed in a format. Programs that navigate as browsers do find the feed by its links, in the header and in the page.
 */
export const feedPageDocument = (
  feed: Feed,
  format: Format,
  headers: RenderedDocument["headers"],
): RenderedDocument => {
  const { channel, items, view, base } = feed;
  const rights = rightsOfAll(channel, items);
  const links = formats.map((one) => formatLink(base, "alternate", one));
  const text = renderFeedPage(feed, format, {
    source: channel.url + sourcePath(view, format),
    script: scriptUrl(channel.url),
  });
  const document = textDocument(text, "text/html; charset=utf-8", items, {
    ...scriptedPageHeaders,
    ...rightsFields(rights, [...links, ...licenseLinks(channel, rights)]),
  });
  return { ...document, headers: { ...document.headers, ...headers } };
};
