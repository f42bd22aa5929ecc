import { element, emptyElement, textElement, XML_DECLARATION } from "./xml.ts";

/** The media type by which feed readers offer to import it; it is registered nowhere. */
export const OPML_MEDIA_TYPE = "text/x-opml";

/** A feed in a list for feed readers. */
export interface OpmlFeed {
  readonly title: string;
  /** Of the feed, in RSS. */
  readonly url: string;
  /** Of a page for people. */
  readonly page: string;
}

/** Feeds that readers show in a folder. */
export interface OpmlFolder {
  readonly title: string;
  readonly feeds: readonly OpmlFeed[];
}

const renderFeed = ({ title, url, page }: OpmlFeed): string =>
  emptyElement("outline", { text: title, title, type: "rss", version: "RSS2", xmlUrl: url, htmlUrl: page });

/**
 * Renders a subscription list as OPML 2.0 (http://opml.org/spec2.opml): feeds, and folders of feeds.
 */
export const renderOpml = (title: string, feeds: readonly OpmlFeed[], folders: readonly OpmlFolder[]): string => {
  const head = textElement("title", title) + textElement("docs", "http://opml.org/spec2.opml");
  const outlines =
    feeds.map(renderFeed).join("") +
    folders
      .filter((folder) => folder.feeds.length > 0)
      .map((folder) =>
        element("outline", { text: folder.title, title: folder.title }, folder.feeds.map(renderFeed).join("")),
      )
      .join("");
  return (
    XML_DECLARATION + element("opml", { version: "2.0" }, element("head", {}, head) + element("body", {}, outlines))
  );
};
